"""A chunk of documents -> rows of the frames. Whatever a document holds, it gives its rows or one with its error."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from typing import NamedTuple

from gxtools.corpus.rows import Rows, add_reading, error_row, no_rows, report_row
from gxtools.documents import bytes_of, inside, open_document
from gxtools.errors import FormError, UnreadableDocument
from gxtools.forms import Forms, load_forms
from gxtools.grids import Document
from gxtools.reading import Reading, read_document

Read = Callable[[bytes, str, Forms], tuple[Document, Reading]]


class File(NamedTuple):
    """A document to be read: its path as it is opened, its path as it is told, and its address where known."""

    path: str
    name: str
    address: str | None


class Chunk(NamedTuple):
    """Documents that are read one after another, the folder of the forms to read them with, and the limit of size."""

    documents: tuple[File, ...]
    forms: str
    max_bytes: int


def read_chunk(chunk: Chunk, started: Callable[[], None], read: Read) -> Rows:
    """Read every document of a chunk, calling ``started`` before each; ``report`` is a document's place in the chunk.

    Raises nothing but ``FormError`` and ``MemoryError``.
    """
    forms = load_forms(chunk.forms)
    rows = no_rows()
    for number, file in enumerate(chunk.documents):
        started()
        for name, found in _rows_of(number, file, chunk.max_bytes, forms, read).items():
            rows[name] += found
    return rows


def read_bytes(data: bytes, name: str, forms: Forms) -> tuple[Document, Reading]:
    """Read one document in this process. Raises ``UnreadableDocument`` and ``FormError``."""
    document, _ = open_document(data, name, len(data))
    return document, read_document(document, name, forms)


def _rows_of(number: int, file: File, max_bytes: int, forms: Forms, read: Read) -> Rows:
    """Everything that one document gives, or its row with its error."""
    rows = no_rows()
    name, sha256 = file.name, None
    try:
        _require_document(file)
        data = bytes_of(file.path, name, max_bytes)
        sha256 = hashlib.sha256(data).hexdigest()
        _, reading = read(data, name, forms)
        add_reading(rows, reading, number)
        rows["reports"].append(report_row(reading, number, name, sha256, file.address))
        return rows
    except UnreadableDocument as unreadable:
        error = str(unreadable)
    except OSError as failed:
        error = f"{name}: {failed.strerror or failed}. Check that it is there and may be read."
    except (FormError, MemoryError):
        raise
    except Exception as fault:
        # A fault of ours on one document must not cost the others; it is told with that document.
        error = f"{name}: reading it failed with an error of ours, {type(fault).__name__}: {fault}. Report it to us."
    rows = no_rows()
    rows["reports"].append(error_row(number, name, sha256, error))
    return rows


def _require_document(file: File) -> None:
    """A pipe would be waited for. Folders are left to fail as the system says, an archive that was given as it is."""
    if inside(file.path) is not None:
        return
    mode = os.stat(file.path).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UnreadableDocument(
            file.name, "it is a pipe, a socket or a device, no document.", "Save what it gives to a file."
        )
