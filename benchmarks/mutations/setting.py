"""The looks in which pages are set, and what each of them shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.mutations import text_files, web_files, word_files
from benchmarks.mutations.model import COLUMN, FIGURE, Page
from benchmarks.mutations.parts import parts_of
from benchmarks.mutations.sound_pages import draw
from gxtools.writing import Content, GroupsAs, HtmlLayout, Markup

_WEB: dict[str, Callable[[Content, HtmlLayout], Callable[[Page], bytes]]] = {
    "web": web_files.web_setter,
    "json": web_files.json_setter,
    "mhtml": web_files.mhtml_setter,
    "pdf": web_files.pdf_setter,
}
LOOKS = (*_WEB, "word", *text_files.LOOKS)
ENDINGS = {"web": "html", "pdf": "pdf", "word": "docx", "json": "json", "mhtml": "mht"}


@dataclass(frozen=True)
class Look:
    """How a page is set.

    ``spans_shown`` is false for text; ``rows_shown`` for one cell a line and one line, which lose rows and blanks;
    ``drawn`` is true where a row that is too short or too long stands under the heads as it comes.
    """

    name: str
    set_bytes: Callable[[Page], bytes]
    spans_shown: bool = True
    rows_shown: bool = True
    drawn: bool = False


def draw_sound(rng: random.Random, name: str) -> tuple[Page, Look]:
    """A sound page and a look of that name for it."""
    groups, block = rng.choice(list(GroupsAs)), rng.random() < 0.3
    content, page = draw(rng, groups, block)
    if name in text_files.LOOKS:
        for cell in (cell for table in page.tables() for row in table.rows for cell in row):
            # A copy in text has one field for a cell, however many columns it covers on the page.
            cell.across = 1 if cell.kind in (COLUMN, FIGURE) else cell.across
        setter = text_files.text_setter(parts_of(content, page), name, rng)
        return page, Look(name, setter, spans_shown=False, rows_shown=name not in text_files.WITHOUT_ROWS)
    if name == "word":
        return page, Look(name, word_files.word_setter(parts_of(content, page)), drawn=True)
    layout = HtmlLayout(
        markup=rng.choices(list(Markup), [5, 3, 2, 1])[0],
        groups=groups,
        table_a_block=block,
        inside_tables=rng.random() < 0.3,
        furniture=rng.random() < 0.3,
    )
    return page, Look(name, _WEB[name](content, layout), drawn=name == "pdf")
