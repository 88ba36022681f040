"""Damaged labels: read where the words are all there, and never taken for another label of the table."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxtools.forms import forms, label_keys, loading, plain, printed_number, simplified, year_in_words

DATA = loading.SHIPPED
# Every label of every table, official or met in print, with what it means there.
Known = tuple[str, str, str, str, str]  # form, table, axis, id, label
# Label of refusal and of consent differ by one character: where that is lost without a trace no label tells, and the
# label then stands twice.
ONE_CHARACTER_APART = {("answered_denied", "answered_granted")}


def known_labels() -> Iterator[Known]:
    for form in forms().all:
        for table in form.tables:
            for axis, items in (
                ("line", table.lines),
                ("column", table.columns),
                ("group", table.groups),
                ("column_group", table.column_groups),
            ):
                for item in items:
                    yield form.id, table.id, axis, item.id, getattr(item, "label", item.zh)
    with (DATA / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in forms().all:
                has = any(table.id == row["table"] for table in form.tables)
                if row["form"] in ("*", form.id) and has and row["axis"] != "corner":
                    yield form.id, row["table"], row["axis"], row["id"], row["label"]


KNOWN = list(dict.fromkeys(known_labels()))


def meanings(form: str, table: str, axis: str, text: str) -> set[str]:
    """What a text means on one axis of a table: that of the first spelling that means anything in the table."""
    for key in label_keys(text):
        found = [m for m in forms().labels.get(key, ()) if (m.form, m.table) == (form, table)]
        if found:
            return {m.id for m in found if m.axis == axis}
    return set()


SAME = {(form, table, axis, label): meanings(form, table, axis, label) for form, table, axis, _, label in KNOWN}


def wrong(damage: dict[Known, list[str]]) -> list[tuple[str, str, set[str]]]:
    """The damaged labels that mean what the whole label does not."""
    return [
        (label, text, found)
        for (form, table, axis, id, label), texts in damage.items()
        for text in texts
        if not (found := meanings(form, table, axis, text)) <= SAME[form, table, axis, label]
        and not {(id, other) for other in found} & ONE_CHARACTER_APART
    ]


def unread(damage: dict[Known, list[str]]) -> list[tuple[str, str]]:
    """The damaged labels that lost their meaning."""
    return [
        (label, text)
        for (form, table, axis, _, label), texts in damage.items()
        for text in texts
        if meanings(form, table, axis, text) != SAME[form, table, axis, label]
    ]


def test_every_label_means_what_its_row_says() -> None:
    assert [known for known in KNOWN if known[3] not in SAME[known[0], known[1], known[2], known[4]]] == []


def test_no_variant_is_what_a_broken_label_leaves() -> None:
    """A line of text may end inside a label: what is left of it must be no other label, but where official ones are."""
    official = {(form, table, axis, id): label for form, table, axis, id, label in reversed(KNOWN)}
    left = [
        (label, other)
        for form, table, axis, id, label in KNOWN
        for (its_form, its_table, its_axis, its_id), other in official.items()
        if (form, table) == (its_form, its_table) and (axis, id) != (its_axis, its_id)
        if label not in official.values() and axis == its_axis
        if (key := label_keys(label)[-1]) in label_keys(other)[0] and its_id not in SAME[form, table, axis, label]
        if key != label_keys(other)[0]
    ]
    assert left == []


def test_a_mark_for_a_lost_character_never_makes_another_label() -> None:
    marks = "?？\ufffd□\ue123*"
    damage = {
        known: [known[4][:i] + mark * count + known[4][i + count :] for i in range(len(known[4])) for mark in marks]
        for known in KNOWN
        for count in (1, 2)
    }
    assert sum(map(len, damage.values())) > 10_000
    assert wrong(damage) == []


def test_a_character_lost_doubled_or_exchanged_never_makes_another_label() -> None:
    damage = {}
    for known in KNOWN:
        label = known[4]
        lost = [label[:i] + label[i + 1 :] for i in range(len(label))]
        doubled = [label[:i] + label[i] * 2 + label[i + 1 :] for i in range(len(label))]
        exchanged = [label[:i] + label[i + 1] + label[i] + label[i + 2 :] for i in range(len(label) - 1)]
        damage[known] = [*lost, *doubled, *exchanged]
    assert wrong(damage) == []


def test_numbers_of_all_shapes_even_wrong_ones_leave_the_words() -> None:
    shapes = (
        "{}、",
        "（{}）",
        "({})",
        "{}.",
        "{}．",
        "{} ",
        "[{}]",
        "{}:",
        "其中：{}.",
        "■（{}）",
        "\u200b{}、",
        "?{}?",
    )
    numbers = [*"一二三四五六七八九十", *"123456789", "10", "２"]
    damage = {}
    for known in KNOWN:
        bare = re.sub(r"^(?:（.）|.、|\d\.|其中：)", "", known[4])
        texts = [shape.format(number) + bare for shape, number in itertools.product(shapes, numbers)]
        damage[known] = [text for text in texts if not re.match(r"\?\d|\?１|\?２", text)]
        damage[known] += [mark + bare for mark in ("①", "⑵", "⒊", "㈣", "Ⅴ.", "◆", "—", "*")]
    assert unread(damage) == []


@pytest.mark.parametrize(("bytes_of", "read_as"), [("gbk", "latin-1"), ("utf-8", "cp1252"), ("utf-8", "gb18030")])
def test_garbled_numbers_are_passed_by(bytes_of: str, read_as: str) -> None:
    damage = {}
    for known in KNOWN:
        match = re.match(r"^((?:（.）|.、))(.+)$", known[4])
        if match:
            damage[known] = [match[1].encode(bytes_of).decode(read_as, "replace") + match[2]]
    assert len(damage) > 30
    assert unread(damage) == []


def test_traditional_characters_pinyin_and_noise() -> None:
    with (DATA / "traditional.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(row["simplified"], row["traditional"]) for row in csv.DictReader(file)]
    old: dict[str, list[str]] = {}
    for new, traditional in pairs:
        if len(traditional) == 1:
            old.setdefault(new, []).append(traditional)
    damage = {}
    for known in KNOWN:
        label = known[4]
        first = "".join(old.get(c, [c])[0] for c in label)
        last = "".join(old.get(c, [c])[-1] for c in label)
        pinyin = "".join(f"{old[c][0]}(zhǔn)" if c in old else c for c in label)
        noise = label[:1] + "\u200b" + label[1:2] + "\xa0" + label[2:] + "■"
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in label)
        apart = "\n".join(label)
        damage[known] = [first, last, pinyin, noise, wide, apart, label[:2] + label[2:].replace("、", "")]
    assert unread(damage) == []


def test_words_of_another_glossary() -> None:
    assert meanings("2021", "proactive", "line", "行政規範性檔案") == {"normative_documents"}
    assert meanings("2021", "requests", "line", "本年新收政府資訊公開申請數量") == {"received"}
    assert meanings("2019", "proactive", "column", "上一年專案數量") == {"items_last_year"}
    assert simplified("檔案室") == "文件室"
    assert simplified("规范性文件、乾县") == "规范性文件、乾县"


def test_the_table_of_characters_touches_no_label_and_no_name() -> None:
    assert [label for *_, label in KNOWN if simplified(label) != label] == []
    dated = (Path(loading.__file__).parents[1] / "bodies" / "dated.csv").read_text(encoding="utf-8")
    assert simplified(dated) == dated


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("行政处罚（上年）", ("行政处罚上年",)),
        ("本年处理决定数量（累计）", ("本年处理决定数量累计",)),
        ("行政处罚（同比）", ("行政处罚同比",)),
        ("行政处罚（含简易程序）", ("行政处罚含简易程序", "行政处罚")),
        ("本年收费金额（元）", ("本年收费金额元", "本年收费金额")),
        ("第二十条第（五）项", ("第二十条第五项",)),
        ("规\ufffd章", ("规?章",)),
        ("**企业", ("??企业",)),
        ("行政许可*", ("行政许可",)),
        ("三(一)予以公开", ("予以公开",)),
        ("？？", ()),
        ("——", ()),
    ],
)
def test_spellings(text: str, keys: tuple[str, ...]) -> None:
    assert label_keys(text) == keys


def test_numbers_and_plain_spelling() -> None:
    assert [printed_number(text) for text in ("（六）3.其他", "３．其他", "(3)其他", "其他")] == ["3", "3", "3", None]
    assert plain(" 單位 ：萬(wàn)元") == "单位:万元"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021年制发件数", "本年制发件数"),
        ("本年(2021)制发件数", "本年(本年)制发件数"),
        ("2020年度结转", "上年结转"),
        ("结转2022年继续办理", "结转下年继续办理"),
        ("2019年", None),
        ("国办〔2021〕30号", "国办〔本年〕30号"),
        ("120212", "120212"),
        ("制发件数", "制发件数"),
    ],
)
def test_years_in_words(text: str, said: str | None) -> None:
    assert year_in_words(text, 2021) == said


@pytest.mark.parametrize("shape", ["{0}\n{1}", "{0} {1}", "{0}（{1}）", "{0}({1})", "{0} / {1}", "{1}\n{0}"])
def test_labels_beside_their_translation(shape: str) -> None:
    for words in ("Total", "(7) Total", "1. New requests received this year", "Fees (10,000 yuan)", "Others’ data"):
        assert unread({known: [shape.format(known[4], words)] for known in KNOWN}) == []
    assert printed_number("(7) Total\n（七）总计") == printed_number("（七）总计 (7) Total") == "七"


@pytest.mark.parametrize(
    ("table", "axis", "text", "id"),
    [
        ("proactive", "column", "本年度制发数", "made"),
        ("proactive", "column", "本年废止文件数", "repealed"),
        ("requests", "group", "三、本年办理结果", "outcomes"),
        ("requests", "line", "二、上年度结转申请数量", "carried_in"),
        ("requests", "line", "4.保护第三方权益", "denied_third_party"),
        ("disputes", "line", "未经行政复议直接提起诉讼", "litigation_direct"),
        ("disputes", "column", "维持结果", "upheld"),
    ],
)
def test_printed_variants(table: str, axis: str, text: str, id: str) -> None:
    assert meanings("2021", table, axis, text) == {id}


def test_a_label_speaks_for_one_table() -> None:
    """A label of two tables tells neither, and what has no other loses the table: only totals stand in several."""
    tables = {key: {meaning.table for meaning in found} for key, found in forms().labels.items()}
    assert {key for key, found in tables.items() if len(found) > 1} == {"总计", "合计"}


def test_a_few_letters_are_no_translation() -> None:
    assert label_keys("其他 APP") == ("其他APP",)
    assert label_keys("APP申请数") == ("APP申请数",)
    assert label_keys("其他WeChat") == ("其他WeChat",)
    assert label_keys("Total") == ("Total",)
