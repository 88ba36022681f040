"""Names of WordprocessingML, and the values of its attributes."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

BODY, PARAGRAPH, RUN, TEXT, TABLE, ROW, CELL = (W + name for name in ("body", "p", "r", "t", "tbl", "tr", "tc"))
OF_PARAGRAPH, OF_RUN, OF_ROW, OF_CELL = (W + name for name in ("pPr", "rPr", "trPr", "tcPr"))
EMBEDDED = W + "altChunk"
VALUE = W + "val"

_OFF = ("0", "false", "off", "none")


def value(parent: etree._Element | None, name: str) -> str | None:
    """The value of a property that is a child of ``parent``; None where it is not there."""
    element = parent.find(W + name) if parent is not None else None
    found: str | None = element.get(VALUE) if element is not None else None
    return found


def number(text: str | None, default: int) -> int:
    """A whole number as an attribute holds it; ``default`` for anything else."""
    try:
        return int(text or "")
    except ValueError:
        return default


def is_on(element: etree._Element) -> bool:
    """Whether a property that is switched on by being there is on."""
    return element.get(VALUE, "1") not in _OFF
