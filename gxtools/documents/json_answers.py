"""Answers of web services in JSON, bare or as the argument of a script's function (JSONP)."""

from __future__ import annotations

import json
import re

from gxtools.documents.answers import read_answer
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, Note

_START = re.compile(
    r"""\s*(?:/\*[^*]*\*/\s*)?(?P<script>(?:(?:var|let|const)\s+)?[\w$.]{1,100}\s*[(=]\s*)?(?=[\[{])""", re.ASCII
)
_END = re.compile(r"[\s);]*")
# Nothing but JSON begins so: where it cannot be parsed it is damaged, and must not be read as a page.
_SURELY_JSON = re.compile(r'(?:\[\s*)*\{\s*"[^"\n]*"\s*:')
_MOST_VALUES = 2_000_000
_DECODER = json.JSONDecoder()


def read_json(text: str, name: str, notes: tuple[Note, ...] = ()) -> Document | None:
    """The one article that a JSON answer holds; None where the text is no such answer.

    Raises ``UnreadableDocument`` for a damaged answer, one with more values than any answer has, one without an
    article, and one with several of which none is clearly the one meant.
    """
    start = _START.match(text)
    if start is None:
        return None
    if text.count("{") + text.count("[") + text.count(",") > _MOST_VALUES:
        if not _SURELY_JSON.match(text, start.end()):
            return None
        raise UnreadableDocument(
            name, f"the JSON answer holds over {_MOST_VALUES:,} values.", "Give the answer with the report alone."
        )
    try:
        answer, end = _DECODER.raw_decode(text, start.end())
        wrong = None if _END.fullmatch(text, end) else f"something follows its end at character {end + 1:,}"
    except RecursionError:
        wrong = "it is nested more deeply than any answer is"
    except ValueError as error:
        wrong = f"it breaks off at character {getattr(error, 'pos', start.end()) + 1:,}"
    if wrong is None:
        return read_answer("json", answer, _inner, name, notes)
    if not _SURELY_JSON.match(text, start.end()):
        return None
    raise UnreadableDocument(name, f"the JSON answer of a web service is damaged: {wrong}.", "Fetch it again.")


def _inner(text: str) -> object | None:
    """The answer that a string of an answer is."""
    if not _SURELY_JSON.match(text.lstrip()):
        return None
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found
