"""The second engine, pdf_oxide, which shares no code with the first: which digits it sees where on a page."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, NamedTuple

if find_spec("pdf_oxide") is None:
    # Told at once, not only where a page is doubtful: what is read may not depend on what is installed.
    raise ModuleNotFoundError("No module named 'pdf_oxide'", name="pdf_oxide")


class Digit(NamedTuple):
    """A digit and where it stands on the page, in points."""

    char: str
    x: float
    y: float


class SecondOpinion:
    """A document open in the second engine. Where that fails on it, no page has a digit."""

    def __init__(self, data: bytes) -> None:
        # It takes as long to import as to read a report, and most have no doubtful page.
        from pdf_oxide import PdfDocument, disable_logging

        disable_logging()
        self._document = _guarded(PdfDocument.from_bytes, data)

    def digits(self, number: int) -> list[Digit]:
        """The digits of a page, which counts from 0."""
        characters = _guarded(self._document.extract_chars, number) if self._document is not None else None
        return [Digit(c.char, c.origin_x, c.origin_y) for c in characters or () if c.char.isdecimal()]


def _guarded(call: Any, *arguments: Any) -> Any:
    """What the engine answers; nothing where it fails. A panic of its own code is no ``Exception``."""
    try:
        return call(*arguments)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        return None
