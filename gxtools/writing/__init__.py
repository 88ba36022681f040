"""Sets a report's cells as an official-looking page or text: the exact inverse of reading. Knows no reader."""

from gxtools.writing.content import Content, Key, content_of
from gxtools.writing.docx import WordLayout, set_docx
from gxtools.writing.layouts import CellsAs, GroupsAs, HtmlLayout, LinesAs, Markup, TextLayout
from gxtools.writing.pages import set_page
from gxtools.writing.texts import set_text
from gxtools.writing.wrapped import set_answer, set_archive

__all__ = [
    "CellsAs",
    "Content",
    "GroupsAs",
    "HtmlLayout",
    "Key",
    "LinesAs",
    "Markup",
    "TextLayout",
    "WordLayout",
    "content_of",
    "set_answer",
    "set_archive",
    "set_docx",
    "set_page",
    "set_text",
]
