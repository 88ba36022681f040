"""Copies without spans, as programs for data write them: what covered several places stands in each of them."""

from __future__ import annotations

import pytest

import gxtools as gx
from gxtools.documents import open_document
from gxtools.grids import TextLine
from gxtools.reading.layout import lay_out
from tests.corpus.samples import page


def filled(text: str, row_of: str) -> str:
    """A page as rows of text, every place of a cell filled with it."""
    document, _ = open_document(text.encode(), "page.html")
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, TextLine):
            lines.append(block.text)
            continue
        for row in lay_out(block):
            lines.append(row_of.join(cell.text.replace("\n", "") for cell in row.positions if cell is not None))
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("parts", [" | ", "\t", ","])
def test_every_place_filled(year: int, parts: str) -> None:
    text = page(year, requests__received__total=30, proactive__licences__decisions=8)
    columns = ["table", "line", "column", "value", "state"]
    cells = gx.read(text.encode(), name="page.html").cells.select(columns)
    copy = gx.read(filled(text, parts).encode(), name="copy.txt")
    assert copy.cells.select(columns).equals(cells)
    assert copy.problems.filter(rule="uncertain_reading").height == 0


def test_figures_that_differ_under_one_head_are_not_read() -> None:
    text = filled(page(2024, proactive__licences__decisions=8), " | ").replace("8 | 8 | 8", "8 | 9 | 8")
    report = gx.read(text.encode(), name="copy.txt")
    (cell,) = report.cells.filter(table="proactive", line="licences").iter_rows(named=True)
    assert (cell["value"], cell["state"]) == (None, "unreadable")


def test_a_head_that_stands_twice_in_a_table_with_spans_is_one_too_many() -> None:
    text = page(2024, requests__received__research=6, requests__received__business=6, requests__received__total=12)
    report = gx.read(text.replace("商业企业", "科研机构").encode(), name="page.html")
    cells = report.cells.filter(table="requests", line="received")
    assert cells.filter(column="research")["value"].to_list() == [None]
