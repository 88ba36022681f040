"""Sets a report's cells as an official-looking page or text: the exact inverse of reading. Knows no reader."""

from gxtools.writing.content import Content, Key, content_of
from gxtools.writing.layouts import CellsAs, GroupsAs, HtmlLayout, Markup, TextLayout
from gxtools.writing.pages import set_page
from gxtools.writing.texts import set_text

__all__ = [
    "CellsAs",
    "Content",
    "GroupsAs",
    "HtmlLayout",
    "Key",
    "Markup",
    "TextLayout",
    "content_of",
    "set_page",
    "set_text",
]
