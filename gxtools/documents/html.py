"""Web pages to grids and paragraphs."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from turbohtml import Axis, Element, parse
from turbohtml import Document as Tree

from gxtools.documents.html_above import Above
from gxtools.documents.html_flow import leave_lines, lines_of
from gxtools.documents.html_head import read_head
from gxtools.documents.html_limits import check_lines, parsable
from gxtools.documents.html_tables import Rows, Spans, TableTooWide, read_rows
from gxtools.documents.html_visible import keep_visible
from gxtools.documents.text import check_size, grid_of_rows
from gxtools.documents.text_rows import Line
from gxtools.documents.text_tables import split_tables
from gxtools.errors import UnreadableDocument
from gxtools.grids import Block, Document, Grid, Note, TextLine

_MARK = "\0"  # no page holds one: the decoder and the parser both put U+FFFD in its place
_OF_ONE_LINE = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"))


def read_html(source: str, name: str, notes: tuple[Note, ...] = ()) -> Document:
    """A page's tables and paragraphs in reading order, both numbered from 1.

    Every table of data is a grid; a table that only lays out the page (it holds another table, a single cell, or
    hardly anything but long text) is walked as text. Text in ``<pre>`` is read as a text file is.
    """
    tree = parse(parsable(source, name), positions=False)
    head = read_head(tree, source)
    framed = tree.find_all("frame", src=True) + tree.find_all("iframe", src=True)
    body = tree.find("body")  # a page of frames has none
    blocks: tuple[Block, ...] = ()
    wide = 0
    if body is not None:
        notes += keep_visible(tree, body)
        blocks, wide = _blocks(tree, body, name)
    if not blocks:
        raise UnreadableDocument(name, *_nothing_shown(bool(framed)))
    if framed and not any(isinstance(block, Grid) for block in blocks):
        places = ", ".join(element.attr("src") or "" for element in framed[:3])
        notes += (
            Note(
                f"The page shows no table but holds frames, where its tables may be: {places}.",
                f"页面没有表格，但含有框架，表格可能在其中：{places}。",
            ),
        )
    if wide:
        notes += (
            Note(
                f"{wide} of the page's tables have over a thousand columns and were read as text.",
                f"页面有{wide}张表格超过一千列，已按文字读取。",
            ),
        )
    return Document("html", blocks, head.titles, head.published, head.address, notes)


def _nothing_shown(framed: bool) -> tuple[str, str]:
    if framed:
        return "the page holds no text of its own, only frames.", "Open the frame alone in a browser and save that."
    return (
        "the page holds no text; perhaps a script draws it.",
        "Open it in a browser, wait until the text shows, save the page and read that.",
    )


class _Table(NamedTuple):
    captions: list[str]
    rows: Rows


def _blocks(tree: Tree, body: Element, name: str) -> tuple[tuple[Block, ...], int]:
    """The blocks of the page, and how many tables were too wide to be tables."""
    preformatted = _preformatted(tree)
    grids, wide = _data_tables(tree, name)
    # Each of them becomes a mark, so that all lines of the page can be had at once, in order.
    standing: dict[str, _Table | str] = {}
    for element, rows in grids.items():
        _put(standing, element, _Table(_captions(element), rows))
    in_files = [element.text for element in preformatted]
    check_lines(sum(text.count("\n") for text in in_files), name)
    for element, text in zip(preformatted, in_files, strict=True):
        _put(standing, element, text)
    leave_lines(body)
    lines = lines_of(body)
    made = _Blocks()
    begin = 0
    for place in [place for place, line in enumerate(lines) if line[0] == _MARK]:
        made.add_paragraphs(lines[begin:place])
        begin = place + 1
        piece = standing[lines[place]]
        if isinstance(piece, str):
            made.add_preformatted(piece)
        else:
            made.add_paragraphs(piece.captions)
            made.add_grid(piece.rows)
    made.add_paragraphs(lines[begin:])
    check_lines(len(made.blocks), name)
    return tuple(made.blocks), wide


def _put(standing: dict[str, _Table | str], element: Element, piece: _Table | str) -> None:
    mark = f"{_MARK}{len(standing)}"
    standing[mark] = piece
    element.set_text(mark)


class _Blocks:
    """The blocks of a page in the making, tables and paragraphs both numbered from 1."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._tables = self._paragraphs = 0

    def add_paragraphs(self, lines: list[str]) -> None:
        for line in lines:
            if not line.isspace():
                self._paragraphs += 1
                # As a named tuple's own constructor does after sorting its arguments: a page has hundreds of lines.
                self.blocks.append(tuple.__new__(TextLine, (line, self._paragraphs, "paragraph")))

    def add_grid(self, rows: Rows) -> None:
        self._tables += 1
        self.blocks.append(Grid(self._tables, rows))

    def add_preformatted(self, text: str) -> None:
        """A browser shows a text file as a page with one ``<pre>``, and saves it so."""
        for part in split_tables(Line(0, line) for line in text.split("\n")):
            if isinstance(part, Line):
                self.add_paragraphs([part.text])
            else:
                self._tables += 1
                self.blocks.append(grid_of_rows(self._tables, part, in_lines=False))


def _preformatted(tree: Tree) -> list[Element]:
    """The parts of a page that are read as a text file is; one that is all of a paragraph is a line like any."""
    found: list[Element] = []
    if not (candidates := tree.find_all("pre")):
        return found
    parted = _around(candidates)
    item_of = Above(lambda element: element.tag in _OF_ONE_LINE)
    whole: dict[Element, bool] = {}
    within: set[Element] = set()
    for element in candidates:
        if element in within or element in parted:
            continue
        item = item_of(element)
        if item is not None and item not in whole:
            whole[item] = len([*islice(item.strings, 2)]) < 2
        if item is None or not whole[item]:
            found.append(element)
            within.update(element.find_all("pre"))
    return found


def _around(candidates: list[Element]) -> set[Element]:
    """The elements around whatever parts the text inside some elements, which stand in the order of the page."""
    around: set[Element] = set()
    within: set[Element] = set()
    for element in candidates:
        if element not in within:
            within.update(element.find_all("pre"))
            for tag in ("table", "p", "div", "br"):
                for part in element.find_all(tag):
                    above = part.parent
                    while isinstance(above, Element) and above not in around:
                        around.add(above)
                        above = above.parent
    return around


def _data_tables(tree: Tree, name: str) -> tuple[dict[Element, Rows], int]:
    """The rows of every table that holds data, and how many tables had too many columns."""
    for cell in tree.find_all("th"):  # a head is told by what it says, not by its tag
        cell.tag = "td"
    check_size(name, len(tree.find_all("td")), len(tree.find_all("tr")))
    outer = set(_outer_tables(tree))
    spans = Spans(tree, name)
    grids: dict[Element, Rows] = {}
    wide = 0
    for table in tree.find_all("table"):
        if table in outer:
            continue
        try:
            rows = read_rows(table, spans)
        except TableTooWide:
            wide += 1
            continue
        if rows is not None:
            grids[table] = rows
    return grids, wide


def _outer_tables(tree: Tree) -> list[Element]:
    """The tables that hold tables. An inner one of a single cell is only a box around text and becomes plain text."""
    if not (inside := tree.select("table table")):
        return []
    for inner in reversed(inside):  # the innermost first
        if inner.select_one("table") is None and len(inner.select("td")) < 2:
            for part in inner.iter_elements(("table", "thead", "tbody", "tfoot", "tr", "td"), include_self=True):
                part.tag = "div"
    return tree.select("table:has(table)")


def _captions(table: Element) -> list[str]:
    captions = table.find_all("caption", axis=Axis.CHILDREN)
    for caption in captions:
        leave_lines(caption)
    return [line for caption in captions for line in lines_of(caption)]
