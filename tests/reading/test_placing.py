"""What is remembered of a document's tables: never a figure, never more than its labels and their places decide."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools import writing
from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from gxtools.forms import forms
from gxtools.grids import Document, Grid, GridCell
from gxtools.reading import counting, placing, read_document
from gxtools.reading.lexicon import lexicon
from gxtools.reading.memory import Memory
from gxtools.reading.skeletons import kind_of, skeleton_of
from tests.strategies import html_layouts, reports, text_layouts

DOCUMENTS = Path(__file__).parent / "documents"
BARE = [
    "0",
    "1",
    "7",
    "12",
    "2022",
    "99999999999",
    "1,234",
    "12.5",
    "0.25",
    "-3",
    "+4",
    "999,999,999.9999",
    "-0",
    "1.0",
]


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    placing.forget()
    yield
    placing.forget()


def _read(document: Document) -> Any:
    """Everything that reading gives."""
    try:
        reading = read_document(document, "document", forms())
    except UnreadableDocument as unreadable:
        return str(unreadable)
    places, values, raws = reading.cells
    return {**vars(reading), "cells": (dataclasses.asdict(places), values, raws)}


def _changed(document: Document, change: dict[tuple[int, int, int], GridCell]) -> Document:
    """The document with other cells in some places: number of the table, row and column."""
    blocks = tuple(
        dataclasses.replace(
            block,
            rows=tuple(
                tuple(change.get((block.number, cell.row, cell.column), cell) for cell in row) for row in block.rows
            ),
        )
        if isinstance(block, Grid)
        else block
        for block in document.blocks
    )
    return dataclasses.replace(document, blocks=blocks)


def _figures(document: Document) -> dict[tuple[int, int, int], GridCell]:
    return {
        (grid.number, cell.row, cell.column): cell
        for grid in document.grids()
        for row in grid.rows
        for cell in row
        if kind_of(cell.text) is not None
    }


def _same_kind(text: str) -> st.SearchStrategy[str]:
    (unit,) = kind_of(text) or ("",)
    if unit in ("", "元", "万元", "亿元"):
        return st.sampled_from(BARE).map(lambda figure: figure + unit)
    return st.integers(1, 99_999_999_999).map(lambda figure: f"{figure}{unit}")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A report in any look of a page or a text."""
    report = draw(reports())
    if draw(st.booleans()):
        return open_document(writing.set_page(report.content, draw(html_layouts())).encode())[0]
    layout = draw(text_layouts(writing.CellsAs.PIPES, writing.CellsAs.TABS, writing.CellsAs.MARKDOWN))
    try:
        return open_document(writing.set_text(report.content, layout).encode())[0]
    except ValueError:  # what no text can show
        return open_document(writing.set_page(report.content).encode())[0]


@given(st.data())
def test_a_document_reads_after_any_other_as_it_does_alone(data: st.DataObject) -> None:
    first = data.draw(documents())
    cells = _figures(first)
    texts = data.draw(st.tuples(*(_same_kind(cell.text) for cell in cells.values())))
    change = {place: cell._replace(text=text) for (place, cell), text in zip(cells.items(), texts, strict=True)}
    other = _changed(first, change)
    placing.forget()
    alone = _read(other)
    placing.forget()
    _read(first)
    assert _read(other) == alone
    assert _read(other) == alone


@given(st.data())
def test_skeletons_differ_where_anything_but_figures_of_one_kind_does(data: st.DataObject) -> None:
    content = data.draw(reports(forms().by_id("2021"), coherent=True)).content
    document = open_document(writing.set_page(content).encode())[0]
    words = lexicon(forms())
    assert len(list(document.grids())) == 3
    place, cell = data.draw(st.sampled_from(sorted(_figures(document).items())))
    no_figures = (
        "",
        " ",
        "-",
        "*",
        "007",
        "１２",
        "1 2",
        "1,23",
        "12.34567",
        "123456789012",
        "总计",
        "5万",
        "--5",
        "0件",
    )
    figures = {"": "31", "件": "31件", "条": "31条", "元": "31元", "万元": "31万元", "亿元": "3.1亿元"}
    texts = [*no_figures, *(figure for unit, figure in figures.items() if (unit,) != kind_of(cell.text))]
    others = [cell._replace(text=text) for text in texts]
    others += [cell._replace(row_span=2), cell._replace(column_span=2)]
    key = skeleton_of(document, words, 2021).key
    for other in others:
        assert skeleton_of(_changed(document, {place: other}), words, 2021).key != key, other
    (unit,) = kind_of(cell.text) or ("",)
    assert skeleton_of(_changed(document, {place: cell._replace(text=figures[unit])}), words, 2021).key == key


def test_a_0_with_a_unit_of_counts_is_of_no_kind() -> None:
    """It is 0 in any unit, where other counts are no amount."""
    assert [kind_of(text) for text in ("0件", "00件", "7件", "0", "0万元")] == [None, None, ("件",), ("",), ("万元",)]


HEADER = "<tr><td></td><td>自然人</td><td>商业企业</td><td>总计</td></tr>"
RECEIVED, CARRIED = "本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量"


def _page(*rows: str) -> Document:
    """A page with one table; each row is given in HTML, or as its texts parted by bars."""
    table = "".join(row if row.startswith("<") else _row(row) for row in rows)
    title = "<h1>宿迁市人民政府2022年政府信息公开工作年度报告</h1>"
    return open_document(f"<html>{title}<table>{table}</table></html>".encode())[0]


def _row(texts: str) -> str:
    return "<tr>" + "".join(f"<td>{text}</td>" for text in texts.split("|")) + "</tr>"


def test_a_doubt_quotes_the_figure_of_its_own_document() -> None:
    """A cell over two columns can be placed in neither."""
    for figure in ("5", "7"):
        row = f"<tr><td>{RECEIVED}</td><td colspan=2>{figure}</td><td>9</td></tr>"
        reading = _read(_page(HEADER, row, f"{CARRIED}|1|2|3"))
        quoted = [problem.message for problem in reading["problems"] if "covers several" in problem.message]
        assert [f"'{figure}'" in message for message in quoted] == [True, True]


def test_a_label_that_stands_twice_is_compared_anew() -> None:
    for figure, value in (("1", 1.0), ("2", None), ("1", 1.0)):
        reading = _read(_page(HEADER, f"{RECEIVED}|1|2|3", f"{RECEIVED}|{figure}|2|3"))
        assert reading["cells"][1][reading["cells"][2].index("1" if value else "1 | 2")] == value


def test_an_extra_has_the_labels_of_its_own_document() -> None:
    """A figure under a figure: a header that names years."""
    for year in ("2021", "2022"):
        header = f"<tr><td></td><td>自然人</td><td>商业企业</td><td>总计</td><td>{year}</td></tr>"
        (extra,) = _read(_page(header, f"{RECEIVED}|1|2|3|4"))["extras"]
        assert (extra.column_label, extra.raw) == (year, "4")


def test_sums_are_done_anew_for_each_document() -> None:
    """Rows that only their sums can place: what held in one document says nothing of another."""
    lost = "<tr><td></td><td></td><td></td><td>总计</td></tr>"
    sound = _page(lost, f"{RECEIVED}|1|2|3|4|5|6|21", f"{CARRIED}|1|0|0|0|0|0|1")
    broken = _page(lost, f"{RECEIVED}|1|2|3|4|5|6|22", f"{CARRIED}|1|0|0|0|0|0|3")
    first = _read(sound)
    assert "count and sums" in first["cells"][0]["evidence"]
    values = _read(broken)["cells"][1]
    assert not any(values)
    assert _read(sound) == first


def test_an_amount_without_a_unit_is_doubted_after_a_0_was_read() -> None:
    content = writing.content_of(
        "2019", "宿迁市人民政府", 2019, {cell[:3]: 0.0 for cell in forms().by_id("2019").cells}
    )
    for amount, value in (("0", 0.0), ("15000000", None), ("0", 0.0)):
        cells = {**content.cells, ("proactive", "procurement", "amount"): amount}
        page = writing.set_page(dataclasses.replace(content, cells=cells))
        reading = read_document(open_document(page.encode())[0], "page", forms())
        index = reading.cells.places.line.index("procurement") + 1
        assert reading.cells.places.column[index] == "amount"
        assert reading.cells.value[index] == value
        assert [problem.column for problem in reading.problems] == ([] if value == 0 else ["amount"])


def test_nothing_is_remembered_where_values_were_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    real = counting.parse
    monkeypatch.setattr(counting, "parse", lambda *arguments: (looked.append(arguments), real(*arguments))[1])
    remembered = weighed = 0
    for path in sorted(DOCUMENTS.iterdir()):
        if path.suffix in (".html", ".txt"):
            looked.clear()
            placing.forget()
            _read(open_document(path)[0])
            held = len(placing._memory(forms()))
            assert not (held and looked), path.name
            remembered, weighed = remembered + held, weighed + bool(looked)
    assert remembered > 20
    assert weighed > 10


def test_memory_keeps_what_was_asked_for_of_late() -> None:
    memory: Memory[int] = Memory(most=100)
    for number in range(200):
        memory.keep(number, number, weight=10)
        assert memory.get("first") in (None, -1)
        if number == 0:
            memory.keep("first", -1, weight=10)
    assert memory.get("first") == -1
    assert memory.get(199) == 199
    assert sum(memory.get(number) is not None for number in range(200)) <= 20
    memory.keep("large", 0, weight=11)
    assert memory.get("large") is None
    memory.forget()
    assert memory.get(199) is None
