"""Tables of pages: where each cell stands, what it spans, and which tables are tables at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools.documents import open_document
from gxtools.grids import Document, Grid, TextLine

Place = tuple[str, int, int, int, int]


def read(markup: str) -> Document:
    return open_document(f"<!DOCTYPE html><html><body>{markup}</body></html>".encode())[0]


def places(markup: str) -> list[Place]:
    """Text, row, column, row span, column span of each cell of the only table."""
    (grid,) = read(markup).grids()
    assert all(cell.row == index for index, row in enumerate(grid.rows) for cell in row)
    return [tuple(cell) for row in grid.rows for cell in row]


def outline(document: Document) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


def test_spans_that_change_from_row_to_row() -> None:
    assert places(
        "<table>"
        "<tr><td rowspan=3 colspan=2>申请人情况<td rowspan=3>自然人<td colspan=2>法人<td rowspan=3>总计"
        "<tr><td rowspan=2>商业企业<td>其他"
        "<tr><td>组织"
        "<tr><td rowspan=2>三<td>公开<td>1<td>2<td>3<td>6"
        "<tr><td>部分<td colspan=4>无"
        "</table>"
    ) == [
        ("申请人情况", 0, 0, 3, 2), ("自然人", 0, 2, 3, 1), ("法人", 0, 3, 1, 2), ("总计", 0, 5, 3, 1),
        ("商业企业", 1, 3, 2, 1), ("其他", 1, 4, 1, 1),
        ("组织", 2, 4, 1, 1),
        ("三", 3, 0, 2, 1), ("公开", 3, 1, 1, 1), ("1", 3, 2, 1, 1), ("2", 3, 3, 1, 1), ("3", 3, 4, 1, 1),
        ("6", 3, 5, 1, 1),
        ("部分", 4, 1, 1, 1), ("无", 4, 2, 1, 4),
    ]  # fmt: skip


def test_spans_are_cut_to_what_is_there() -> None:
    assert places("<table><tr><td rowspan=9>a<td colspan=99999>b<tr><td>c<td>d</table>") == [
        ("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1),
    ]  # fmt: skip


def test_a_row_span_ends_with_its_group() -> None:
    assert places(
        "<table><thead><tr><th rowspan=5>h<th>i</thead><tbody><tr><td>1<td rowspan=0>2<tr><td>3</tbody>"
        "<tfoot><tr><td>4<td>5</tfoot></table>"
    ) == [
        ("h", 0, 0, 1, 1), ("i", 0, 1, 1, 1), ("1", 1, 0, 1, 1), ("2", 1, 1, 2, 1), ("3", 2, 0, 1, 1),
        ("4", 3, 0, 1, 1), ("5", 3, 1, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "span"),
    [("2", 2), ("2px", 2), (" 2", 2), ("+2", 2), ("2.9", 2), ("0", 1), ("", 1), ("-2", 1), ("x", 1), ("２", 1)],
)
def test_values_of_a_span(value: str, span: int) -> None:
    assert places(f'<table><tr><td colspan="{value}">a<td>b<tr><td>1<td>2<td>3</table>')[0] == ("a", 0, 0, 1, span)


def test_overlapping_spans_keep_every_cell() -> None:
    assert places("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d</table>") == [
        ("a", 0, 0, 1, 1), ("b", 0, 1, 2, 1), ("c", 1, 0, 1, 2), ("d", 1, 2, 1, 1),
    ]  # fmt: skip


def test_rows_without_cells_count() -> None:
    assert places("<table><tr><td>a<td>b<tr></tr><tr><td>c<td>d</table>")[2:] == [("c", 2, 0, 1, 1), ("d", 2, 1, 1, 1)]


def test_a_table_of_too_many_columns_is_read_as_text() -> None:
    document = read("<table>" + "<tr>" + "<td colspan=1000>5" * 3 + "</table>")
    assert outline(document) == ["5", "5", "5"]
    assert "thousand columns" in document.notes[0].message


spans = st.tuples(st.integers(1, 4), st.integers(1, 4))


@given(st.lists(st.lists(spans, max_size=5), min_size=1, max_size=6))
def test_cells_stand_in_order_and_never_in_a_place_taken_from_above(rows: list[list[tuple[int, int]]]) -> None:
    markup = "".join(
        "<tr>"
        + "".join(f"<td rowspan={down} colspan={right}>x{i}</td>" for i, (down, right) in enumerate(row))
        + "</tr>"
        for row in rows
    )
    document = read(f"<p>x</p><table>{markup}</table>")
    for grid in document.grids():
        assert [len(row) for row in grid.rows] == [len(row) for row in rows]
        taken: set[tuple[int, int]] = set()
        for row in grid.rows:
            assert [cell.column for cell in row] == sorted({cell.column for cell in row})
            for cell in row:
                assert (cell.row, cell.column) not in taken
                assert cell.row + cell.row_span <= len(grid.rows)
                for down in range(cell.row_span):
                    taken.update((cell.row + down, cell.column + right) for right in range(cell.column_span))


def test_tables_in_layout_tables() -> None:
    document = read(
        "<table><tr><td>导航<td><p>标题</p><table><tr><td>规章<td>0</table>一<table><tr><td>许可<td>5</table></table>尾"
    )
    assert outline(document) == ["导航", "标题", [["规章", "0"]], "一", [["许可", "5"]], "尾"]
    assert [grid.number for grid in document.grids()] == [1, 2]


def test_a_box_around_a_figure_is_no_table() -> None:
    document = read("<table><tr><td>规章<td><table><tr><td><table><tr><td>0</table></table><tr><td>许可<td>5</table>")
    assert outline(document) == [[["规章", "0"], ["许可", "5"]]]


def test_long_prose_makes_a_layout_table() -> None:
    prose = "本年度政府信息公开工作扎实推进。" * 30
    document = read(f"<table><tr><td>标题<td>日期<tr><td colspan=2><p>{prose}</p><p>二</p></table>")
    assert outline(document) == ["标题", "日期", prose, "二"]


def test_a_note_below_figures_leaves_a_table() -> None:
    note = "填报说明：本表数据按规定口径统计。" * 25
    rows = "".join(f"<tr><td>{line}、信访举报投诉类申请数量<td>0<td>1" for line in range(8))
    (grid,) = read(f"<table>{rows}<tr><td colspan=3>{note}</table>").grids()
    assert grid.rows[-1][0].text == note


def test_captions_are_text() -> None:
    assert outline(read("<table><caption>申请<br>情况</caption><tr><td>a<td>1</table>")) == [
        "申请",
        "情况",
        [["a", "1"]],
    ]


def test_empty_tables_are_nothing() -> None:
    assert outline(read("<p>x</p><table></table><table><tr><td></table><table><tr><td> <td></table>")) == ["x"]


def test_where_a_cell_stands() -> None:
    grids = list(read("<table><tr><td>a<td>1</table><table><tr><td rowspan=2>b<td>2<tr><td>3</table>").grids())
    grid = grids[1]
    assert isinstance(grid, Grid)
    assert grid.where(grid.rows[1][0]) == "table 2, row 2, column 2"
