"""Pages, read back with lxml alone: nothing here knows how the writer works."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from lxml import html

from gxtools.forms import Form, forms, load_forms
from gxtools.forms.loading import SHIPPED
from gxtools.writing import GroupsAs, HtmlLayout, Markup, content_of, set_page
from tests.strategies import DrawnReport, html_layouts, reports
from tests.writing.made import numbered

Grid = list[list[str]]

FORM_TO_COME = """
id = "2027"
extends = "2021"
zh = "2027年格式"
en = "2027 form"
document = "fictional"
first_year = 2027

[[tables.requests.lines]]
id = "withdrawn"
after = "other_other"
number = "4."
zh = "申请人撤回"
en = "Withdrawn"
group = "other"
"""

SINCE_2019 = tuple(form for form in forms().all if form.first_year >= 2019)


def data_tables(page: str) -> list[html.HtmlElement]:
    return [table for table in html.fromstring(page).iter("table") if table.get("class") == "data"]


def expanded(table: html.HtmlElement) -> Grid:
    """The table as a grid in which a cell's text stands wherever it spans; fails on a hole or an overlap."""
    rows = table.xpath("./tbody/tr")
    filled: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.xpath("./td"):
            while (y, x) in filled:
                x += 1
            for down in range(int(cell.get("rowspan", 1))):
                for right in range(int(cell.get("colspan", 1))):
                    assert (y + down, x + right) not in filled
                    filled[y + down, x + right] = cell.text_content()
    width = 1 + max(x for _, x in filled)
    assert len(filled) == width * len(rows)
    return [[filled[y, x] for x in range(width)] for y in range(len(rows))]


def found_at(grid: Grid, text: str) -> tuple[list[str], list[str]]:
    """The texts left of a figure in its row and above it in its column."""
    ((y, x),) = [(y, x) for y, row in enumerate(grid) for x, cell in enumerate(row) if cell == text][:1]
    return grid[y][:x], [row[x] for row in grid[:y]]


@pytest.mark.parametrize("form", forms().all, ids=lambda form: form.id)
@pytest.mark.parametrize("groups", GroupsAs)
@pytest.mark.parametrize("table_a_block", [False, True])
def test_each_figure_stands_under_its_labels(form: Form, groups: GroupsAs, table_a_block: bool) -> None:
    content = numbered(form)
    page = set_page(content, HtmlLayout(groups=groups, table_a_block=table_a_block))
    grids = [expanded(table) for table in data_tables(page)]
    for cell in form.cells:
        raw = content.cells[cell.table, cell.line, cell.column]
        (grid,) = [grid for grid in grids if any(raw in row for row in grid)]
        left, above = found_at(grid, raw)
        table = form.table(cell.table)
        line, column = table.line(cell.line), table.column(cell.column)
        labels = [line.label, *([table.group(line.group).label] if line.group else [])]
        if table.layout == "lines_across":
            assert [text for text in above if text in labels] != []
            assert above[-1] == column.zh
        else:
            assert left[-1] != ""
            assert line.label in left
            heads = [text for text in above if text in {c.zh for c in table.columns}]
            assert heads[-1] == column.zh


@pytest.mark.parametrize("form", SINCE_2019, ids=lambda form: form.id)
def test_group_labels_span_exactly_their_lines(form: Form) -> None:
    grid = next(g for g in map(expanded, data_tables(set_page(numbered(form)))) if "一、" in g[3][0])
    table = form.table("requests")
    for group in table.groups:
        labels = {line.label for line in table.lines if line.id in table.members(group.id)}
        rows = [row for row in grid if group.label in row]
        assert len(rows) == len(labels)
        assert all(labels & set(row) for row in rows)


@given(report=reports(), layout=html_layouts())
def test_every_table_is_whole_and_shows_every_cell(report: DrawnReport, layout: HtmlLayout) -> None:
    page = set_page(report.content, layout)
    tree = html.fromstring(page)
    tables = data_tables(page)
    for table in tables:
        expanded(table)
    shown = [cell.text_content() for table in tables for cell in table.iter("td")]
    raws = sorted(raw for raw in report.content.cells.values())
    assert [raw for raw in raws if raw not in shown] == []
    assert tree.find(".//script") is None
    assert tree.find(".//h1").text == report.content.title
    # The table of 2014 to 2018 stands behind the six sections under a heading of its own.
    assert len(tree.findall(".//h2")) == 6 + (report.content.form == "2014")


@pytest.mark.parametrize("form", SINCE_2019, ids=lambda form: form.id)
def test_word_processor_pages_are_as_big_as_real_ones(form: Form) -> None:
    page = set_page(numbered(form), HtmlLayout(markup=Markup.WORD, furniture=True, inside_tables=True))
    assert 70_000 <= len(page.encode()) <= 100_000


def test_digits_stand_one_a_span() -> None:
    page = set_page(numbered(forms().by_id("2021")), HtmlLayout(markup=Markup.DIGITS))
    assert "<td><span>1</span><span>0</span><span>0</span><span>0</span></td>" in page


def test_a_no_break_space_is_an_entity_and_marks_are_escaped() -> None:
    content = numbered(forms().by_id("2021"))
    key = ("proactive", "rules", "made")
    blank = set_page(replace(content, cells={**content.cells, key: "\xa0"}))
    assert "<td>规章</td><td>&nbsp;</td>" in blank
    hostile = set_page(replace(content, agency='<i>"&', note="<script>", cells={**content.cells, key: "<b>'1"}))
    assert "<script>" not in hostile
    assert "<i>" not in hostile
    assert "<td>&lt;b&gt;&#39;1</td>" in hostile


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", None])
def test_the_charset_is_declared_as_asked(charset: str | None) -> None:
    page = set_page(numbered(forms().by_id("2019")), HtmlLayout(charset=charset))
    assert ("<meta charset" in page) == (charset is not None)
    assert page.encode("gb18030").decode("gb18030") == page


def test_tables_and_lines_without_cells_are_not_set() -> None:
    content = numbered(forms().by_id("2021"))
    cells = {key: raw for key, raw in content.cells.items() if key[0] != "disputes" and key[1] != "granted"}
    page = set_page(replace(content, cells=cells))
    assert "结果维持" not in page
    assert "（一）予以公开" not in page
    assert "四、政府信息公开行政复议、行政诉讼情况" in page
    for table in data_tables(page):
        expanded(table)


def test_a_form_to_come_is_set_from_its_data_alone(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    shutil.copytree(SHIPPED, folder)
    text = (folder / "2021.toml").read_text(encoding="utf-8")
    (folder / "2021.toml").write_text(text.replace("first_year = 2021", "first_year = 2021\nlast_year = 2026"), "utf-8")
    (folder / "2027.toml").write_text(FORM_TO_COME, encoding="utf-8")
    known = load_forms(folder)
    form = known.by_id("2027")
    values = {(cell.table, cell.line, cell.column): 1000 + i for i, cell in enumerate(form.cells)}
    page = set_page(content_of("2027", "某市人民政府", 2027, values, known=known), known=known)
    raw = str(values["requests", "withdrawn", "total"])
    grid = next(g for g in map(expanded, data_tables(page)) if any(raw in row for row in g))
    left, above = found_at(grid, raw)
    assert left[:3] == ["三、本年度办理结果", "（六）其他处理", "4.申请人撤回"]
    assert above[2] == "总计"
