"""Damage to rows and to the labels of lines."""

from __future__ import annotations

import copy
import random
import re

from benchmarks.mutations import choosing
from benchmarks.mutations.model import FIGURE, GROUP, LINE, Cell, Page, PageTable, line_of, printed

_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?")
_STRANGE = ("其他主动公开文件", "9.属于其他情形", "行政检查", "小计", "备注")
_EXTRA = (*_STRANGE[:3], "9.其他")
_TRADITIONAL = str.maketrans(
    "规范许处罚强费结转开护执办关请总计数据业织机构会务终维复讼诉经",
    "規範許處罰強費結轉開護執辦關請總計數據業織機構會務終維復訟訴經",
)
_PINYIN = {"章": "zhāng", "许": "xǔ", "罚": "fá", "秘": "mì", "法": "fǎ", "政": "zhèng", "总": "zǒng", "公": "gōng"}
_MORE_WORDS = ("以外的其他事项", "撤销数", "的平均数")


def _row(page: Page, rng: random.Random) -> tuple[PageTable, int] | None:
    table = choosing.table(page, rng, "requests", "proactive", "statistics")
    rows = choosing.line_rows(table) if table else []
    return (table, rng.choice(rows)) if table and rows else None


def _lengthen(table: PageTable, y: int, by: int) -> None:
    """What an editor does when a row comes or goes: the cells that reach into it from above reach further or less."""
    for cell in choosing.spans_from_above(table, y):
        cell.down += by


def drop_row(page: Page, rng: random.Random) -> None:
    """A row goes with its label; an editor mends the spans."""
    if found := _row(page, rng):
        table, y = found
        _lengthen(table, y, -1)
        del table.rows[y]


def drop_row_alone(page: Page, rng: random.Random) -> None:
    """A row goes and the spans stay as they were."""
    if found := _row(page, rng):
        table, y = found
        del table.rows[y]


def empty_row(page: Page, rng: random.Random) -> None:
    """A row's figures go, its label stays: blank cells, or none."""
    if found := _row(page, rng):
        table, y = found
        if rng.random() < 0.5:
            for cell in table.rows[y]:
                if cell.kind == FIGURE:
                    cell.say("")
        else:
            table.rows[y][:] = [cell for cell in table.rows[y] if cell.kind != FIGURE]


def double_row(page: Page, rng: random.Random) -> None:
    """A row stands twice, with the same figures or with one that differs."""
    found = _row(page, rng)
    if not found or choosing.begins_group(found[0].rows[found[1]]):
        return
    table, y = found
    twin = [copy.copy(cell) for cell in table.rows[y]]
    _lengthen(table, y, 1)
    table.rows.insert(y + 1, twin)
    if rng.random() < 0.5:
        figure = rng.choice([cell for cell in twin if cell.kind == FIGURE] or [Cell("")])
        value = float(rng.randint(0, 500))
        figure.say(printed(value), value)


def double_label(page: Page, rng: random.Random) -> None:
    """A row bears the label of another line, which so stands twice."""
    one, other = _two_labels(page, rng)
    if one and other:
        one.text, one.id, one.worn = other.text, other.id, other.worn


def swap_rows(page: Page, rng: random.Random) -> None:
    """Two rows change places with their labels."""
    table = choosing.table(page, rng, "requests", "proactive", "statistics")
    rows = [y for y in choosing.line_rows(table) if not choosing.begins_group(table.rows[y])] if table else []
    if table and len(rows) > 1:
        a, b = rng.sample(rows, 2)
        labels = [label.id or "" for y in (a, b) if (label := line_of(table.rows[y]))]
        if len(table.rows[a]) == len(table.rows[b]) and not _heads_or_headed(page, table, *labels):
            table.rows[a], table.rows[b] = table.rows[b], table.rows[a]


def swap_labels(page: Page, rng: random.Random) -> None:
    """Two labels change places and their figures do not: the page then says another thing."""
    one, other = _two_labels(page, rng)
    if one and other:
        one.exchange(other)


def swap_figures_of_rows(page: Page, rng: random.Random) -> None:
    """The figures of two rows change places and their labels do not."""
    table = choosing.table(page, rng, "requests", "proactive")
    rows = choosing.line_rows(table) if table else []
    if table and len(rows) > 1:
        a, b = ([cell for cell in table.rows[y] if cell.kind == FIGURE] for y in rng.sample(rows, 2))
        if len(a) == len(b):
            for one, other in zip(a, b, strict=True):
                one.exchange(other)


def blank_label(page: Page, rng: random.Random) -> None:
    """A label is empty."""
    if spot := choosing.label(page, rng):
        spot.cell.blot()


def drop_label(page: Page, rng: random.Random) -> None:
    """A label's cell goes, and the row is one short."""
    spot = choosing.label(page, rng)
    if spot and spot.table.table != "disputes":
        del spot.row[spot.index]


def strange_label(page: Page, rng: random.Random) -> None:
    """Words that no form knows stand where a label was: the row is another one now."""
    if spot := choosing.label(page, rng):
        spot.cell.blot(rng.choice(_STRANGE))


def longer_label(page: Page, rng: random.Random) -> None:
    """A label goes on with words that give it another meaning: the row is another one now."""
    if spot := choosing.label(page, rng):
        spot.cell.blot(spot.cell.text + rng.choice(_MORE_WORDS))


def spoil_label(page: Page, rng: random.Random) -> None:
    """A label loses characters to mojibake or to a cut: whose row it is can no longer be told for certain."""
    if spot := choosing.label(page, rng):
        text = spot.cell.text
        half = max(1, len(text) // 2)
        spoilt = [text[:half] + "\ufffd" * 2 + text[half + 2 :], text[:half], "锘\ue21b" + text[half:]]
        spot.cell.text = rng.choice(spoilt)
        spot.cell.worn = True


def renumber_label(page: Page, rng: random.Random) -> None:
    """A label bears no number, or a strange one: its words decide."""
    if spot := choosing.label(page, rng):
        spot.cell.text = rng.choice(["", "8.", "（九）", "①"]) + _NUMBER.sub("", spot.cell.text, count=1)


def swap_numbers(page: Page, rng: random.Random) -> None:
    """Two labels change their numbers: their words decide."""
    one, other = _two_labels(page, rng)
    if one and other and (a := _NUMBER.match(one.text)) and (b := _NUMBER.match(other.text)):
        one.text, other.text = b[0] + one.text[a.end() :], a[0] + other.text[b.end() :]


def respell_label(page: Page, rng: random.Random) -> None:
    """Spaces, breaks or other brackets in a label: it means what it meant."""
    if spot := choosing.label(page, rng):
        text = spot.cell.text
        half = len(text) // 2
        narrow = text.replace("（", "(").replace("）", ")")
        spot.cell.text = rng.choice([text[:half] + " " + text[half:], text[:half] + "\n" + text[half:], narrow])


def traditional_labels(page: Page, rng: random.Random) -> None:
    """All labels of a table in traditional characters, as a copy for other readers has them."""
    if table := choosing.table(page, rng):
        for cell in (cell for row in table.rows for cell in row if cell.kind != FIGURE):
            cell.text = cell.text.translate(_TRADITIONAL)
            cell.worn = True


def pinyin_in_label(page: Page, rng: random.Random) -> None:
    """The sound of a character in brackets behind it."""
    if spot := choosing.label(page, rng):
        for character, sound in _PINYIN.items():
            spot.cell.text = spot.cell.text.replace(character, f"{character}({sound})", 1)


def drop_group(page: Page, rng: random.Random) -> None:
    """The label of a group of lines goes, its cell too or only its words."""
    table = choosing.table(page, rng, "requests", "proactive", "statistics")
    cells = [cell for row in table.rows for cell in row if cell.kind == GROUP] if table else []
    if table and cells:
        cell = rng.choice(cells)
        if rng.random() < 0.5:
            cell.blot()
        else:
            table.rows[table.row_of(cell)].remove(cell)


def swap_groups(page: Page, rng: random.Random) -> None:
    """The labels of two groups change places: lines that bear the same words in both are another's now."""
    table = choosing.table(page, rng, "requests")
    cells = [cell for row in table.rows for cell in row if cell.kind == GROUP] if table else []
    if table and len(cells) > 1:
        one, other = rng.sample(cells, 2)
        one.exchange(other)
        form_table = page.form.table("requests")
        for row in table.rows:
            label = line_of(row)
            if label is not None and label.id and form_table.line(label.id).zh in ("其他", "总计", "其他处理"):
                label.worn = True


def extra_row(page: Page, rng: random.Random) -> None:
    """A province's own line: its figures are extras."""
    found = _row(page, rng)
    if not found or choosing.begins_group(found[0].rows[found[1]]):
        return
    table, y = found
    twin = [copy.copy(cell) for cell in table.rows[y]]
    for cell in twin:
        cell.home = None
        if cell.kind == LINE:
            cell.blot(rng.choice(_EXTRA))
        elif cell.kind == FIGURE:
            cell.say("77", 77.0)
    _lengthen(table, y, 1)
    table.rows.insert(y + 1, twin)


def row_of_notes(page: Page, rng: random.Random) -> None:
    """A row with a remark over all columns."""
    if found := _row(page, rng):
        table, y = found
        width = sum(cell.across for cell in table.rows[y])
        _lengthen(table, y, 1)
        table.rows.insert(y, [Cell("注：以上数据截至2022年12月31日，单位：件", across=width)])


def _two_labels(page: Page, rng: random.Random) -> tuple[Cell | None, Cell | None]:
    table = choosing.table(page, rng)
    labels = [cell for row in table.rows for cell in row if cell.kind == LINE] if table else []
    if table is None or len(labels) < 2:
        return None, None
    one, other = rng.sample(labels, 2)
    if one.id is None or other.id is None or _heads_or_headed(page, table, one.id, other.id):
        return None, None
    lines = page.form.table(table.table)
    return (one, other) if lines.line(one.id).columns == lines.line(other.id).columns else (None, None)


def _heads_or_headed(page: Page, table: PageTable, *ids: str) -> bool:
    """Whether a line is told by the line that heads it, or heads others: their order is part of what labels mean."""
    lines = page.form.table(table.table).lines
    heads = {line.under for line in lines}
    return any(line.id in ids and (line.id in heads or line.under is not None) for line in lines)
