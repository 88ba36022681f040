"""Sets a report as a web page in the look of a government site."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from gxtools.forms import Forms
from gxtools.writing.content import Content
from gxtools.writing.layouts import HtmlLayout, Markup
from gxtools.writing.markup import WORD_STYLE, cell_html
from gxtools.writing.sections import sections_of
from gxtools.writing.tables import set_tables

_DEFAULT = HtmlLayout()


def set_page(content: Content, layout: HtmlLayout = _DEFAULT, known: Forms | None = None) -> str:
    """The report as HTML; the caller encodes it. ``known`` holds the forms, the shipped ones where not given.

    Raises ``ValueError`` for a cell or section that the form has not, or a line of which some cells are lacking.
    """
    parts = [
        (section, set_tables(section.table, content, layout.groups, layout.table_a_block) if section.table else [])
        for section in sections_of(content, known)
    ]
    return _template().render(
        content=content,
        layout=layout,
        parts=parts,
        inside=lambda text: cell_html(text, layout.markup),
        style=WORD_STYLE if layout.markup is Markup.WORD else "",
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("gxtools.writing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")
