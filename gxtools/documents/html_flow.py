"""The text of a part of a page, line by line as a browser breaks it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from turbohtml import Element, Node, Text

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_OF_ONE_LINE = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"))  # and most often no longer
_SPACE = " \t\n\r\f"  # what markup may be laid out with; other spaces are characters that were printed
_RUN_OF_SPACE = re.compile(r"[ \t\n\r\f]+")


def is_tidy(text: str) -> bool:
    """Whether a text that neither begins nor ends with ASCII white space has no run of it inside."""
    return not ("\n" in text or "  " in text or "\t" in text or "\f" in text)


def tidy(text: str) -> str:
    """A run of ASCII white space is one space and none stands at the ends; &nbsp; and full-width spaces are kept."""
    text = text.strip(_SPACE)
    return text if is_tidy(text) else _RUN_OF_SPACE.sub(" ", text)


def cell_text(cell: Element) -> str:
    """The text of a table's cell. Inline markup parts nothing, blocks and ``<br>`` part lines with ``\\n``.

    Lines of nothing but spaces are left out, unless there is no other: then the first one is the text.
    """
    lines = [line for line in flow(cell) if isinstance(line, str)]
    if len(lines) > 1:
        lines = [line for line in lines if not line.isspace()] or lines[:1]
    return "\n".join(lines)


def flow(root: Element, whole: Container[Node] = ()) -> Iterator[str | Element]:
    """Lines of text that are not empty, and the elements of ``whole`` as they come, in reading order.

    An element of ``whole`` must hold several pieces of text when it stands in a paragraph, or it is taken as text.
    """
    run: list[str] = []
    stack: list[tuple[Iterator[Node], bool]] = [(iter(root), True)]
    while stack:
        nodes, is_block = stack[-1]
        for node in nodes:
            if isinstance(node, Text):
                run.append(node.data)
            elif isinstance(node, Element):
                tag = node.tag
                breaks = tag in _BLOCKS
                if run and (breaks or tag == "br" or tag == "hr"):
                    if line := tidy("".join(run)):
                        yield line
                    run.clear()
                if node in whole:
                    yield node
                    continue
                if tag in _OF_ONE_LINE:  # looking ahead is much faster than going down and up again
                    strings = node.strings
                    line = tidy(next(strings, ""))
                    if next(strings, None) is None:
                        if line:
                            yield line
                        continue
                stack.append((iter(node), breaks))
                break
        else:
            stack.pop()
            if is_block and run:
                if line := tidy("".join(run)):
                    yield line
                run.clear()
