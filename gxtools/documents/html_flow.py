"""The text of a part of a page, line by line as a browser breaks it."""

from __future__ import annotations

import re

from turbohtml import Element, Node

# What begins and ends a line; the most frequent come first, for each element is compared with one after another.
_PARTING = (
    *("td", "p", "li", "tr", "div", "br", "table", "tbody", "ul", "dd", "dt", "dl", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "th", "thead", "tfoot", "ol", "caption", "section", "article", "header", "footer", "nav", "center", "form"),
    *(
        "address",
        "aside",
        "blockquote",
        "body",
        "details",
        "dialog",
        "dir",
        "fieldset",
        "figcaption",
        "figure",
        "hgroup",
    ),
    *("legend", "main", "menu", "pre", "search", "summary"),
)
# Everything else parts nothing. Taking the usual names out first is three times as fast as one rule for all.
_USUAL_INLINE = "span, a, b, strong, font, i, em, u, img, label"
_INLINE = f":not({', '.join(_PARTING)})"

SPACE = " \t\n\r\f"  # what markup may be laid out with; other spaces are characters that were printed
_RUN_OF_SPACE = re.compile(r"[ \t\n\r\f]+")


def is_tidy(text: str) -> bool:
    """Whether a text that neither begins nor ends with ASCII white space has no run of it inside."""
    # Looking for one character first is much faster than for two where there is none, as in most Chinese text.
    return not ("\n" in text or (" " in text and "  " in text) or "\t" in text or "\f" in text)


def tidy(text: str) -> str:
    """A run of ASCII white space is one space and none stands at the ends; &nbsp; and full-width spaces are kept."""
    text = text.strip(SPACE)
    return text if is_tidy(text) else _RUN_OF_SPACE.sub(" ", text)


def leave_lines(root: Element) -> None:
    """Take out of a tree in place what parts no text, so that each line a browser shows is one piece of text.

    Comments and instructions go; inline elements leave their content where they stood.
    """
    unseen = root.xpath(".//comment() | .//processing-instruction()")
    for node in unseen if isinstance(unseen, list) else ():
        if isinstance(node, Node):
            node.extract()
    root.strip_tags(_USUAL_INLINE)
    root.strip_tags(_INLINE)
    root.normalize()


def lines_of(element: Element) -> list[str]:
    """The lines of text that are not empty, in reading order, after ``leave_lines``."""
    lines = [*element.stripped_strings]
    return lines if is_tidy("".join(lines)) else [tidy(line) for line in lines]


def cell_text(cell: Element) -> str:
    """The text of a table's cell, its lines parted by ``\\n``, after ``leave_lines``.

    Lines of nothing but spaces are left out, unless there is no other: then the first one is the text.
    """
    lines = [tidy(line) for line in cell.stripped_strings]
    if len(lines) > 1:
        lines = [line for line in lines if not line.isspace()] or lines[:1]
    return "\n".join(lines)
