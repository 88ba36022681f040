"""Damages pages in every way met in the wild and counts what the reader makes of each cell.

    python benchmarks/mutations.py --documents 2000 --seed 1

A cell is right where it holds the figure that stands at its labels, flagged where it is null or another figure and a
row of ``problems`` names it by cell, line, column or table, silently wrong where it holds another figure unflagged.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]

from pages import consistent_values

import gxtools as gx
from gxtools import writing
from gxtools.forms import forms

Key = tuple[str, str, str]
_PLACE = re.compile(r"table (\d+), row (\d+), column (\d+)")


@dataclass
class Page:
    """A page under damage: its tree, where each cell of the form stands, and the figure that must be read there.

    ``truth`` maps to the figure, to null where none may be read; a key that is not in it may be anything but silent.
    """

    tree: HtmlElement
    cells: dict[Key, HtmlElement]
    truth: dict[Key, float | None]
    damaged: set[Key] = field(default_factory=set)

    def table_of(self, table: str) -> list[Key]:
        return [key for key in self.cells if key[0] == table]

    def row(self, key: Key) -> HtmlElement:
        return self.cells[key].getparent()


def set_up(rng: random.Random) -> Page:
    """A sound page in a random look."""
    form = rng.choice([forms().by_id("2019"), forms().by_id("2021")])
    values = consistent_values(form, rng, large=rng.random() < 0.7)
    content = writing.content_of(
        form.id, "江苏省宿迁市人民政府", rng.choice([2019, 2020]) if form.id == "2019" else 2022, values
    )
    layout = writing.HtmlLayout(
        markup=rng.choice(list(writing.Markup)[:3]),
        groups=rng.choice(list(writing.GroupsAs)),
        table_a_block=rng.random() < 0.4,
        inside_tables=rng.random() < 0.3,
        furniture=rng.random() < 0.3,
    )
    page = writing.set_page(content, layout)
    report = gx.read(page.encode(), name="sound.html")
    tree = lxml.html.document_fromstring(page)
    tables = [t for t in tree.iter("table") if not t.xpath(".//table")]
    cells: dict[Key, HtmlElement] = {}
    by_place = _places(tables)
    for row in report.cells.iter_rows(named=True):
        match = _PLACE.fullmatch(row["where"] or "")
        assert match, (row, "a sound page must be read in full")
        cells[row["table"], row["line"], row["column"]] = by_place[tuple(int(g) for g in match.groups())]
    truth = {key: float(value) for key, value in values.items()}  # type: ignore[arg-type]
    got = {(r["table"], r["line"], r["column"]): r["value"] for r in report.cells.iter_rows(named=True)}
    assert got == truth, "a sound page must be read right"
    assert report.problems.filter(~report.problems["rule"].is_in(["repeated_figure"])).is_empty(), report.problems
    return Page(tree, cells, truth)


def _places(tables: list[HtmlElement]) -> dict[tuple[int, int, int], HtmlElement]:
    found: dict[tuple[int, int, int], HtmlElement] = {}
    for number, table in enumerate(tables, 1):
        taken: set[tuple[int, int]] = set()
        for r, tr in enumerate(table.iter("tr")):
            c = 0
            for td in tr:
                if td.tag not in ("td", "th"):
                    continue
                while (r, c) in taken:
                    c += 1
                rows, cols = int(td.get("rowspan", 1)), int(td.get("colspan", 1))
                taken |= {(r + i, c + j) for i in range(rows) for j in range(cols)}
                found[number, r + 1, c + 1] = td
                c += cols
    return found


def _text(td: HtmlElement, text: str) -> None:
    for child in list(td):
        td.remove(child)
    td.text = text


def _lose(page: Page, keys: list[Key]) -> None:
    """These cells can no longer be read for certain: null, or their figure, but never another one unflagged."""
    page.damaged.update(keys)


def _line(page: Page, key: Key) -> list[Key]:
    return [other for other in page.cells if other[:2] == key[:2]]


Mutation = Callable[[Page, random.Random], None]


def _pick(page: Page, rng: random.Random, *tables: str) -> Key:
    return rng.choice([key for key in page.cells if not tables or key[0] in tables])


def change_digit(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng)
    value = float(rng.randint(0, 5000))
    unit = "万元" if key[2] == "amount" and key[1] == "procurement" else ""
    _text(page.cells[key], f"{value:g}{unit}")
    page.truth[key] = value


def drop_row(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng, "requests", "proactive")
    row = page.row(key)
    _repair_spans(row, -1)
    for other in [k for k in page.cells if page.row(k) is row]:
        page.truth[other] = None
    row.getparent().remove(row)
    _lose(page, page.table_of(key[0]) if _has_group(row) else [])


def _has_group(row: HtmlElement) -> bool:
    return any(int(td.get("rowspan", 1)) > 1 for td in row)


def _repair_spans(row: HtmlElement, by: int) -> None:
    """What an editor does when a row goes: the cells that span it from above span one row less."""
    rows = list(row.getparent().iter("tr"))
    index = rows.index(row)
    for r, tr in enumerate(rows[:index]):
        for td in tr:
            span = int(td.get("rowspan", 1))
            if r + span > index:
                td.set("rowspan", str(span + by))


def double_row(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng, "requests", "proactive")
    row = page.row(key)
    if _has_group(row):
        return
    _repair_spans(row, 1)
    twin = copy.deepcopy(row)
    row.addnext(twin)
    if rng.random() < 0.5:
        index = list(row).index(page.cells[key])
        value = float(rng.randint(0, 500))
        _text(list(twin)[index], f"{value:g}")
        if value != page.truth[key] or key[2] == "amount":
            page.truth[key] = None


def swap_rows(page: Page, rng: random.Random) -> None:
    first, second = _two_lines(page, rng)
    if first is None or second is None:
        return
    a, b = page.row(first), page.row(second)
    if _has_group(a) or _has_group(b) or len(a) != len(b):
        return
    mark = lxml.html.Element("tr")
    a.addprevious(mark)
    b.addprevious(a)
    mark.addprevious(b)
    mark.getparent().remove(mark)


def swap_row_labels(page: Page, rng: random.Random) -> None:
    first, second = _two_lines(page, rng)
    if first is None or second is None:
        return
    one, other = _line(page, first), _line(page, second)
    if [k[2] for k in one] != [k[2] for k in other]:
        return
    for a, b in zip(one, other, strict=True):
        page.truth[a], page.truth[b] = page.truth[b], page.truth[a]
        ta, tb = page.cells[a].text_content(), page.cells[b].text_content()
        _text(page.cells[a], tb)
        _text(page.cells[b], ta)


def _two_lines(page: Page, rng: random.Random) -> tuple[Key | None, Key | None]:
    first = _pick(page, rng, "requests")
    others = [k for k in page.table_of("requests") if k[1] != first[1]]
    return (first, rng.choice(others)) if others else (None, None)


def drop_cell(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng)
    row = page.row(key)
    behind = _behind(page, key)
    row.remove(page.cells[key])
    _lose(page, [k for k in page.cells if k[:2] == key[:2] or (k[0] == key[0] == "disputes")])
    if rng.random() < 0.5:
        # The row is whole again and every figure behind stands under its neighbour's label: that is what the page says.
        row.append(lxml.html.fragment_fromstring("<td></td>"))
        stood = [page.truth[k] for k in behind]
        for k, value in zip(behind, [*stood[1:], None], strict=True):
            page.truth[k] = value
    else:
        page.truth[key] = None


def _behind(page: Page, key: Key) -> list[Key]:
    """The cells of a row from one to its end."""
    same = [k for k in page.cells if page.row(k) is page.row(key) or k == key]
    return same[same.index(key) :]


def drop_column(page: Page, rng: random.Random) -> None:
    """A column of table three goes with its header."""
    column = rng.choice([k[2] for k in page.table_of("requests") if k[2] != "total"])
    header = _header(page, column)
    if header is None:
        return
    group = _header_text(page, "法人或其他组织")
    if column != "natural_person" and group is not None:
        group.set("colspan", str(int(group.get("colspan", 1)) - 1))
    above = _header_text(page, "申请人情况")
    if above is not None:
        above.set("colspan", str(int(above.get("colspan", 1)) - 1))
    header.getparent().remove(header)
    for key in page.table_of("requests"):
        if key[2] == column:
            page.row(key).remove(page.cells[key])
            page.truth[key] = None


def drop_column_keep_header(page: Page, rng: random.Random) -> None:
    column = rng.choice([k[2] for k in page.table_of("requests")])
    for key in page.table_of("requests"):
        if key[2] == column:
            page.row(key).remove(page.cells[key])
    _lose(page, page.table_of("requests"))


def drop_header_cell(page: Page, rng: random.Random) -> None:
    column = rng.choice(
        ["natural_person", "business", "research", "public_interest", "legal_service", "other_organization", "total"]
    )
    header = _header(page, column)
    if header is not None:
        header.getparent().remove(header)
    _lose(page, page.table_of("requests"))


def blank_header_cell(page: Page, rng: random.Random) -> None:
    column = rng.choice(
        ["natural_person", "business", "research", "public_interest", "legal_service", "other_organization", "total"]
    )
    header = _header(page, column)
    if header is not None:
        _text(header, "")
    _lose(page, [k for k in page.table_of("requests") if k[2] == column])


def swap_header_cells(page: Page, rng: random.Random) -> None:
    """The document then says another thing, and that is what must be read."""
    one, other = rng.sample(["business", "research", "public_interest", "legal_service"], 2)
    a, b = _header(page, one), _header(page, other)
    if a is None or b is None:
        return
    ta, tb = a.text_content(), b.text_content()
    _text(a, tb)
    _text(b, ta)
    for key in page.table_of("requests"):
        if key[2] == one:
            twin = (key[0], key[1], other)
            page.truth[key], page.truth[twin] = page.truth[twin], page.truth[key]


def lose_header(page: Page, rng: random.Random) -> None:
    """All header rows of one table go."""
    table = rng.choice(["requests", "disputes", "proactive"])
    first = page.row(page.table_of(table)[0])
    body = first.getparent()
    for row in list(body.iter("tr")):
        if row is first:
            break
        body.remove(row)
    _lose(page, page.table_of(table))


def lose_header_row(page: Page, rng: random.Random) -> None:
    table = rng.choice(["requests", "disputes"])
    first = page.row(page.table_of(table)[0])
    rows = []
    for row in first.getparent().iter("tr"):
        if row is first:
            break
        rows.append(row)
    row = rng.choice(rows)
    row.getparent().remove(row)
    _lose(page, page.table_of(table))


def blank_cell(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng)
    _text(page.cells[key], rng.choice(["", "\xa0", "-", "/", "*", "见附件"]))
    page.truth[key] = None


def blank_label(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng, "requests", "proactive")
    label = _label_cell(page, key)
    if label is None:
        return
    _text(label, "")
    for k in _line(page, key):
        page.truth[k] = None


def drop_label(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng, "requests", "proactive")
    label = _label_cell(page, key)
    if label is None:
        return
    label.getparent().remove(label)
    for k in _line(page, key):
        page.truth[k] = None


def _label_cell(page: Page, key: Key) -> HtmlElement | None:
    first = page.cells[_line(page, key)[0]]
    index = list(page.row(key)).index(first)
    return list(page.row(key))[index - 1] if index else None


def merge_cells(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng, "requests", "disputes")
    row = list(page.row(key))
    index = row.index(page.cells[key])
    if index + 1 >= len(row):
        return
    after = row[index + 1]
    page.cells[key].set("colspan", "2")
    page.row(key).remove(after)
    _lose(page, [key])
    page.truth[key] = None
    for k, td in page.cells.items():
        if td is after:
            page.truth[k] = None


def move_cell(page: Page, rng: random.Random) -> None:
    """A figure slips into its neighbour's place: the page says so, and sums must speak."""
    key = _pick(page, rng, "requests")
    row = list(page.row(key))
    index = row.index(page.cells[key])
    if index + 1 >= len(row):
        return
    after = next(k for k, td in page.cells.items() if td is row[index + 1])
    _text(page.cells[after], page.cells[key].text_content())
    page.truth[after] = page.truth[key]
    _text(page.cells[key], "")
    page.truth[key] = None


def wrong_span(page: Page, rng: random.Random) -> None:
    table = rng.choice(["requests", "disputes", "proactive"])
    root = page.row(page.table_of(table)[0]).getparent()
    cells = [td for tr in root.iter("tr") for td in tr if td.tag in ("td", "th")]
    td = rng.choice(cells)
    attribute = rng.choice(["colspan", "rowspan"])
    span = int(td.get(attribute, 1))
    td.set(attribute, str(max(1, span + rng.choice([-1, 1, 2]))))
    _lose(page, page.table_of(table))


def drop_group_label(page: Page, rng: random.Random) -> None:
    root = page.row(page.table_of("requests")[0]).getparent()
    groups = [td for tr in root.iter("tr") for td in tr if int(td.get("rowspan", 1)) > 1]
    if not groups:
        return
    td = rng.choice(groups)
    td.getparent().remove(td)
    _lose(page, page.table_of("requests"))


def foreign_table(page: Page, rng: random.Random) -> None:
    foreign = rng.choice(
        [
            "<table><tr><td>索引号</td><td>01430/2021-0002</td><td>分类</td><td>规章</td></tr><tr><td>文号</td><td>12</td><td>有效性</td><td>3</td></tr></table>",
            "<table><tr><th>项目</th><th>数量</th></tr><tr><td>行政许可</td><td>77</td></tr><tr><td>门户网站</td><td>88</td></tr></table>",
            "<table><tr><td>总计</td><td>5</td></tr><tr><td>其他</td><td>6</td></tr></table>",
        ]
    )
    body = page.tree.find("body")
    table = page.row(_pick(page, rng)).getparent()
    while table.tag != "table":
        table = table.getparent()
    element = lxml.html.fragment_fromstring(foreign)
    table.addprevious(element) if rng.random() < 0.5 else body.append(element)


def extra_row(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng, "requests", "proactive")
    row = page.row(key)
    if _has_group(row):
        return
    _repair_spans(row, 1)
    twin = copy.deepcopy(row)
    label = list(row).index(page.cells[_line(page, key)[0]]) - 1
    _text(list(twin)[label], rng.choice(["其他主动公开文件", "9.属于其他情形", "行政检查"]))
    row.addnext(twin)


def extra_column(page: Page, rng: random.Random) -> None:
    """A province's own column before 自然人 or after 总计, with its header."""
    header = _header(page, "total")
    above = _header_text(page, "申请人情况")
    if header is None:
        return
    extra = lxml.html.fragment_fromstring(f"<td rowspan='{header.get('rowspan', 1)}'>行政机关总数</td>")
    header.addnext(extra)
    if above is not None:
        above.set("colspan", str(int(above.get("colspan", 1)) + 1))
    for key in page.table_of("requests"):
        if key[2] == "total":
            page.cells[key].addnext(lxml.html.fragment_fromstring(f"<td>{rng.randint(0, 99)}</td>"))


def split_table(page: Page, rng: random.Random) -> None:
    """A page break: the table goes on in another, with or without its header."""
    keys = page.table_of("requests")
    row = page.row(rng.choice(keys))
    body = row.getparent()
    rows = list(body.iter("tr"))
    index = rows.index(row)
    if any(int(td.get("rowspan", 1)) + r > index for r, tr in enumerate(rows[:index]) for td in tr):
        return
    table = body
    while table.tag != "table":
        table = table.getparent()
    fresh = lxml.html.fragment_fromstring("<table></table>")
    table.addnext(fresh)
    if rng.random() < 0.5:
        first = page.row(keys[0])
        for tr in rows[: rows.index(first)]:
            fresh.append(copy.deepcopy(tr))
    for tr in rows[index:]:
        fresh.append(tr)
    _lose(page, keys)


def run_together(page: Page, rng: random.Random) -> None:
    """Two figures in one cell, the next cell gone."""
    key = _pick(page, rng, "requests", "disputes")
    row = list(page.row(key))
    index = row.index(page.cells[key])
    if index + 1 >= len(row):
        return
    after = row[index + 1]
    _text(page.cells[key], page.cells[key].text_content() + after.text_content())
    page.row(key).remove(after)
    _lose(page, [k for k in page.cells if k[:2] == key[:2] or (k[0] == key[0] == "disputes")])
    page.truth[key] = None
    for k, td in page.cells.items():
        if td is after:
            page.truth[k] = None


def two_paragraphs(page: Page, rng: random.Random) -> None:
    key = _pick(page, rng)
    td = page.cells[key]
    _text(td, "")
    td.append(lxml.html.fragment_fromstring("<p>1</p>"))
    td.append(lxml.html.fragment_fromstring("<p>2</p>"))
    page.truth[key] = None


def no_damage(page: Page, rng: random.Random) -> None:
    """The control."""


def _header(page: Page, column: str) -> HtmlElement | None:
    form = forms().by_id("2021")
    return _header_text(page, form.table("requests").column(column).zh)


def _header_text(page: Page, text: str) -> HtmlElement | None:
    first = page.row(page.table_of("requests")[0])
    for row in first.getparent().iter("tr"):
        if row is first:
            return None
        for td in row:
            if td.text_content().strip() == text:
                return td
    return None


MUTATIONS: tuple[Mutation, ...] = (
    no_damage, change_digit, drop_row, double_row, swap_rows, swap_row_labels, drop_cell, drop_column,
    drop_column_keep_header, drop_header_cell, blank_header_cell, swap_header_cells, lose_header, lose_header_row,
    blank_cell, blank_label, drop_label, merge_cells, move_cell, wrong_span, drop_group_label, foreign_table, extra_row,
    extra_column, split_table, run_together, two_paragraphs,
)  # fmt: skip


@dataclass
class Tally:
    right: int = 0
    flagged: int = 0
    lost: int = 0
    silent: int = 0
    undamaged: int = 0
    undamaged_read: int = 0


def judge(page: Page, tally: Tally, name: str, shown: list[str]) -> None:
    """Compare what is read with what stands there."""
    data = lxml.html.tostring(page.tree, encoding="utf-8")
    report = gx.read(data, name=f"{name}.html")
    flags = [(r["table"], r["line"], r["column"]) for r in report.problems.iter_rows(named=True) if r["table"]]

    def flagged(key: Key) -> bool:
        return any(t == key[0] and line in (None, key[1]) and c in (None, key[2]) for t, line, c in flags)

    got = {(r["table"], r["line"], r["column"]): r["value"] for r in report.cells.iter_rows(named=True)}
    for key in page.cells:
        value = got.get(key)
        truth = page.truth.get(key)
        if key in page.truth and key not in page.damaged and truth is not None:
            tally.undamaged += 1
            tally.undamaged_read += value == truth
        if key in page.truth and value == truth and (value is not None or flagged(key)):
            tally.right += 1
        elif value is None and flagged(key):
            tally.lost += 1
        elif flagged(key):
            tally.flagged += 1
        elif key in got:
            tally.silent += 1
            if len(shown) < 40:
                shown.append(f"{name}: {'.'.join(key)} read {value}, stands {truth}")


def run(documents: int, seed: int, only: str | None = None) -> tuple[dict[str, Tally], list[str]]:
    """Damage so many pages, each kind of damage in turn; the tallies, and the first silently wrong cells in words."""
    rng = random.Random(seed)
    chosen = [mutation for mutation in MUTATIONS if only in (None, mutation.__name__)]
    tallies = {mutation.__name__: Tally() for mutation in chosen}
    shown: list[str] = []
    for number in range(documents):
        page = set_up(rng)
        mutation = chosen[number % len(chosen)]
        mutation(page, rng)
        judge(page, tallies[mutation.__name__], mutation.__name__, shown)
    return tallies, shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[mutation.__name__ for mutation in MUTATIONS])
    options = parser.parse_args()
    tallies, shown = run(options.documents, options.seed, options.only)
    print(f"{'mutation':26}{'right':>8}{'null':>8}{'flagged':>8}{'silent':>8}{'undamaged read':>16}")
    for name, tally in tallies.items():
        share = tally.undamaged_read / tally.undamaged if tally.undamaged else 1
        print(f"{name:26}{tally.right:8}{tally.lost:8}{tally.flagged:8}{tally.silent:8}{share:16.4f}")
    print("silently wrong:", sum(tally.silent for tally in tallies.values()))
    print(*shown, sep="\n")


if __name__ == "__main__":
    main()
