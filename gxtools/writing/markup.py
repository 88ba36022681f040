"""What stands inside a cell of a page: the text, escaped, in the elements that a site's editor wraps round it."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup as Html
from markupsafe import escape

from gxtools.writing.layouts import Markup

_NESTED = '<p align="center"><span style="font-family:宋体"><font size="3">', "</font></span></p>"
_WORD = (
    '<p class="MsoNormal" style="margin:0pt;text-align:center;mso-pagination:widow-orphan;">'
    '<span style="font-family:宋体;color:rgb(0,0,0);font-size:10.5pt;mso-font-kerning:0pt;">',
    "</span></p>",
)
WORD_STYLE = "padding:0pt 5.4pt;border:1pt solid windowtext;"


def cell_html(text: str, markup: Markup) -> Html:
    """The inside of a cell; a no-break space becomes ``&nbsp;``, as pages write it."""
    return Html(_INSIDE[markup](text))


def _escaped(text: str) -> str:
    return str(escape(text)).replace("\xa0", "&nbsp;")


def _digits(text: str) -> str:
    parts = re.findall(r"\d|\D+", text)
    return "".join(f"<span>{part}</span>" if part.isdigit() else _escaped(part) for part in parts)


_INSIDE: dict[Markup, Callable[[str], str]] = {
    Markup.PLAIN: _escaped,
    Markup.NESTED: lambda text: _escaped(text).join(_NESTED),
    Markup.DIGITS: _digits,
    Markup.WORD: lambda text: _escaped(text).join(_WORD),
}
