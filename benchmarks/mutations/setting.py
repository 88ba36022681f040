"""The looks in which pages are set, and what each of them shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from benchmarks.mutations import text_files, web_files, word_files
from benchmarks.mutations.model import COLUMN, FIGURE, Page
from benchmarks.mutations.parts import parts_of
from benchmarks.mutations.sound_pages import draw
from benchmarks.mutations.standing import Shown
from gxtools.writing import Content, GroupsAs, HtmlLayout, Markup

_WEB: dict[str, Callable[[Content, HtmlLayout], Callable[[Page], bytes]]] = {
    "web": web_files.web_setter,
    "json": web_files.json_setter,
    "mhtml": web_files.mhtml_setter,
    "pdf": web_files.pdf_setter,
}
LOOKS = (*_WEB, "word", *text_files.LOOKS)
ENDINGS = {"web": "html", "pdf": "pdf", "word": "docx", "json": "json", "mhtml": "mht"}


class Look(NamedTuple):
    """How a page is set, and what is kept of its tables then."""

    name: str
    set_bytes: Callable[[Page], bytes]
    shown: Shown = Shown()


def draw_sound(rng: random.Random, name: str) -> tuple[Page, Look]:
    """A sound page and a look of that name for it."""
    groups, block = rng.choice(list(GroupsAs)), rng.random() < 0.3
    content, page = draw(rng, groups, block)
    if name in text_files.LOOKS:
        cells = [cell for table in page.tables() for row in table.rows for cell in row]
        for cell in cells if name not in text_files.WITH_SPANS else ():
            # A copy in text has one field for a cell, however many columns it covers on the page.
            cell.across = 1 if cell.kind in (COLUMN, FIGURE) else cell.across
        setter = text_files.text_setter(parts_of(content, page), name, rng)
        return page, Look(name, setter, text_files.shown(name))
    if name == "word":
        return page, Look(name, word_files.word_setter(parts_of(content, page)), Shown(drawn=True))
    layout = HtmlLayout(
        markup=rng.choices(list(Markup), [5, 3, 2, 1])[0],
        groups=groups,
        table_a_block=block,
        inside_tables=rng.random() < 0.3,
        furniture=rng.random() < 0.3,
    )
    return page, Look(name, _WEB[name](content, layout), Shown(drawn=name == "pdf"))
