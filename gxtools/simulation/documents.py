"""Simulated reports as documents: set by the writer in any of its layouts, each with the mark in title and note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from gxtools.corpus import Corpus
from gxtools.forms import Form, Forms
from gxtools.marks import is_simulated
from gxtools.simulation.framing import NOTE
from gxtools.writing import Content, HtmlLayout, TextLayout, WordLayout, set_docx, set_page, set_text

Layout = HtmlLayout | TextLayout | WordLayout
_ENDINGS: dict[type[Layout], str] = {HtmlLayout: ".html", TextLayout: ".txt", WordLayout: ".docx"}
_REPORTS_AT_ONCE = 1_000


class Document(NamedTuple):
    """A document's file name, which is the report's id with an ending, and its bytes (pages and texts in UTF-8)."""

    name: str
    data: bytes


def documents(corpus: Corpus, layout: Layout | None = None) -> Iterator[Document]:
    """The reports of ``simulate`` one by one, in their order, as pages (by default), texts or Word documents.

    What is printed in each cell is its ``raw``. The agency, and so the title, begins with 模拟, and a note says it in
    both languages. Raises ``ValueError`` for a corpus that is not simulated, for a layout that is none of
    ``HtmlLayout``, ``TextLayout`` and ``WordLayout``, and for what a layout cannot show (a blank in lines of cells).
    """
    chosen = HtmlLayout() if layout is None else layout
    if type(chosen) not in _ENDINGS:
        allowed = ", ".join(known.__name__ for known in _ENDINGS)
        raise ValueError(f"layout: {chosen!r} is no layout; there are {allowed} of gxtools.writing")
    simulated = corpus.reports["simulated"]
    if not simulated.all() or not is_simulated(corpus.reports):
        raise ValueError("corpus: holds reports that are not simulated; only those of gx.simulate are set as documents")
    return _set(corpus, chosen)


def _set(corpus: Corpus, layout: Layout) -> Iterator[Document]:
    for first in range(0, corpus.reports.height, _REPORTS_AT_ONCE):
        reports = corpus.reports.slice(first, _REPORTS_AT_ONCE)
        own = pl.col("report").is_in(reports["report"].implode())
        printed = dict(corpus.cells.filter(own).group_by("report").agg("raw").iter_rows())
        prose = dict(corpus.sections.filter(own).select("report", "text").iter_rows())
        for row in reports.iter_rows(named=True):
            form = corpus.forms.by_id(row["form"])
            content = _content(row, form, printed[row["report"]], prose[row["report"]])
            yield Document(row["report"] + _ENDINGS[type(layout)], _bytes(content, layout, corpus.forms))


def _content(row: dict[str, object], form: Form, printed: list[str], prose: str) -> Content:
    """``printed`` has the characters of the form's cells in printed order."""
    cells = {cell[:3]: raw for cell, raw in zip(form.cells, printed, strict=True)}
    agency, year = row["agency"], row["year"]
    assert isinstance(agency, str)
    assert isinstance(year, int)
    return Content(form.id, agency, year, cells, prose={"overview": (prose,)}, note=NOTE)


def _bytes(content: Content, layout: Layout, forms: Forms) -> bytes:
    if isinstance(layout, WordLayout):
        return set_docx(content, layout, forms)
    if isinstance(layout, TextLayout):
        return set_text(content, layout, forms).encode()
    return set_page(content, layout, forms).encode()
