"""Pages nested or repeated without end: work that grows with their length and no faster, or a sentence that refuses."""

from __future__ import annotations

import pytest
from turbohtml import Element, parse

from gxtools.documents import open_document
from gxtools.documents.html_above import Above
from gxtools.errors import UnreadableDocument
from gxtools.grids import Grid


def refused(source: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        open_document(source.encode(), name="page.html")
    return str(caught.value)


def test_the_way_up_is_gone_once() -> None:
    depth = 2_000
    tree = parse("<p>" + "<span><i>x</i>" * depth)
    asked = 0

    def wanted(element: Element) -> bool:
        nonlocal asked
        asked += 1
        return element.tag == "p"

    above = Above(wanted)
    elements = tree.find_all("i")
    assert len(elements) == depth
    assert all(above(element) is tree.find("p") for element in elements)
    # Each once for the element that first gets there, and once more for the one that finds it known.
    assert asked <= 3 * depth


def test_nothing_above_is_known_too() -> None:
    tree = parse("<div><i>1</i></div><div><p><b><i>2</i></b></p></div>")
    above = Above(lambda element: element.tag == "p")
    first, second = tree.find_all("i")
    assert above(first) is None
    assert above(first) is None
    assert above(second) is tree.find("p")


@pytest.mark.parametrize(
    ("opening", "printed"),
    [
        ("<sup>", "^"),
        ("<sub>", "_"),
        ("<del>", "~~"),
        ("<s style='text-decoration:line-through'>", "~~"),
        ("<span style='text-decoration:line-through'>", "~~"),
    ],
)
def test_marks_in_marks(opening: str, printed: str) -> None:
    depth = 300  # the parser itself nests no deeper than some five hundred
    (line,) = open_document(("<body><p>x" + opening * depth + "1").encode(), name="page.html")[0].blocks
    assert not isinstance(line, Grid)
    ends = printed * depth if printed == "~~" else ""
    assert line.text == "x" + printed * depth + "1" + ends


def test_struck_tables_in_struck_tables() -> None:
    depth = 100
    markup = "<table style=text-decoration:line-through><tr style=text-decoration:line-through><td>x<td>5<td>"
    document = open_document((markup * depth).encode(), name="page.html")[0]
    told = "".join(cell.text for grid in document.grids() for row in grid.rows for cell in row)
    told += "".join(line.text for line in document.lines())
    # Each filled cell once, whatever stands around it: two in each table, and the third that holds the next table.
    assert told.count("~~5~~") == depth
    assert told.count("~~") == 2 * (3 * depth - 1)


def test_text_files_in_each_other() -> None:
    depth = 5_000
    document = open_document(("<pre>规章\t1\n" * depth).encode(), name="page.html")[0]
    assert sum(len(grid.rows) for grid in document.grids()) == depth


@pytest.mark.parametrize("markup", ["<p>1", "1<br>", "<caption>1"])
def test_too_many_lines(markup: str) -> None:
    page = "<table>" + markup * 100_001 + "<tr><td>1<td>2"
    assert "lines of text, over the limit of 100,000" in refused(page)


def test_too_many_lines_of_a_text_file() -> None:
    assert "100,002 lines of text, over the limit of 100,000" in refused("<body><pre>" + "规\t1\n" * 100_002)


def test_too_many_tags() -> None:
    assert "500,001 tags, over the limit of 500,000" in refused("<body>" + "<i>" * 500_000)
