"""Web pages to grids and paragraphs."""

from __future__ import annotations

from turbohtml import Document as Tree
from turbohtml import Element, parse

from gxtools.documents.html_flow import flow
from gxtools.documents.html_head import read_head
from gxtools.documents.html_tables import Rows, TableTooWide, is_layout, read_rows, spans_of
from gxtools.documents.html_visible import keep_visible
from gxtools.documents.text import check_size, grid_of_rows
from gxtools.documents.text_tables import Line, split_tables
from gxtools.errors import UnreadableDocument
from gxtools.grids import Block, Document, Grid, Note, TextLine

# Some editors write a span of 1 on every cell. Selectors of one tag each are much faster than one of several.
_SPANNING = ("td[colspan]:not([colspan='1'])", "td[rowspan]:not([rowspan='1'])")


def read_html(source: str, name: str, notes: tuple[Note, ...] = ()) -> Document:
    """A page's tables and paragraphs in reading order, both numbered from 1.

    Every table of data is a grid; a table that only lays out the page (it holds another table, a single cell, or
    hardly anything but long text) is walked as text. Text in ``<pre>`` is read as a text file is.
    """
    tree = parse(source, positions=False)
    head = read_head(tree, source)
    framed = tree.select("frame[src]") + tree.select("iframe[src]")
    body = tree.find("body")  # a page of frames has none
    blocks: tuple[Block, ...] = ()
    wide = 0
    if body is not None:
        notes += keep_visible(tree, body, source)
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


def _blocks(tree: Tree, body: Element, name: str) -> tuple[tuple[Block, ...], int]:
    """The blocks of the page, and how many tables were too wide to be tables."""
    grids, wide = _data_tables(tree, name)
    texts = set(tree.select("pre:not(:has(table, p, div, br))"))
    blocks: list[Block] = []
    tables = paragraphs = 0
    for piece in flow(body, {*grids, *texts}):
        if isinstance(piece, str):
            if not piece.isspace():
                paragraphs += 1
                blocks.append(TextLine(piece, paragraphs, "paragraph"))
        elif (rows := grids.get(piece)) is not None:
            for caption in _captions(piece):
                paragraphs += 1
                blocks.append(TextLine(caption, paragraphs, "paragraph"))
            tables += 1
            blocks.append(Grid(tables, rows))
        else:
            # A browser shows a text file as a page with one <pre>, and saves it so.
            for part in split_tables(Line(0, line) for line in piece.text.split("\n")):
                if isinstance(part, Line):
                    paragraphs += 1
                    blocks.append(TextLine(part.text, paragraphs, "paragraph"))
                else:
                    tables += 1
                    blocks.append(grid_of_rows(tables, part, in_lines=False))
    return tuple(blocks), wide


def _data_tables(tree: Tree, name: str) -> tuple[dict[Element, Rows], int]:
    """The rows of every table that holds data, and how many tables had too many columns."""
    for cell in tree.select("th"):  # a head is told by what it says, not by its tag
        cell.tag = "td"
    check_size(name, len(tree.select("td")), len(tree.select("tr")))
    outer = set(_outer_tables(tree))
    spans = {cell: spans_of(cell) for selector in _SPANNING for cell in tree.select(selector)}
    grids: dict[Element, Rows] = {}
    wide = 0
    for table in tree.select("table"):
        if table in outer:
            continue
        try:
            rows = read_rows(table, spans)
        except TableTooWide:
            wide += 1
            continue
        if not is_layout(rows):
            grids[table] = rows
    return grids, wide


def _outer_tables(tree: Tree) -> list[Element]:
    """The tables that hold tables. An inner one of a single cell is only a box around text and becomes plain text."""
    if tree.select_one("table:has(table)") is None:
        return []
    for inner in reversed(tree.select("table table")):  # the innermost first
        if inner.select_one("table") is None and len(inner.select("td")) < 2:
            for part in inner.iter_elements(("table", "thead", "tbody", "tfoot", "tr", "td"), include_self=True):
                part.tag = "div"
    return tree.select("table:has(table)")


def _captions(table: Element) -> list[str]:
    return [
        line
        for child in table
        if isinstance(child, Element) and child.tag == "caption"
        for line in flow(child)
        if isinstance(line, str) and not line.isspace()
    ]
