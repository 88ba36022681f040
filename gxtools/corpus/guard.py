"""Documents are read here where that is plainly cheap, else in a process apart that is ended at its limits.

No document takes more than five seconds or 1 GB, whatever it holds. Small web pages and texts are read in the calling
process: their readers need time and memory in proportion to their size. Everything else (PDF, Word, web archives, large
files) is read in a process apart. The limit of memory needs Linux. The limit of time is the processor's, on Windows the
clock's.
"""

from __future__ import annotations

import hashlib
import pickle
from contextlib import suppress
from typing import cast

from gxtools.corpus import guarded
from gxtools.corpus.apart import Ended, Process, borrowed
from gxtools.corpus.chunks import Chunk, read_bytes, read_chunk
from gxtools.corpus.rows import Rows, error_row, no_rows
from gxtools.documents import bytes_of
from gxtools.documents.signatures import kind_of
from gxtools.errors import UnreadableDocument
from gxtools.forms import Forms
from gxtools.grids import Document
from gxtools.reading import Reading

_SMALL = 300_000


def read_guarded(data: bytes, name: str, forms: Forms) -> tuple[Document, Reading]:
    """Read one document: here, or apart where it is large or has to be unpacked.

    Raises ``UnreadableDocument``, also for one beyond a limit, and ``FormError``.
    """
    kind = kind_of(data)
    if len(data) <= _SMALL and (kind is None or kind.reader is None):
        return read_bytes(data, name, forms)
    found = pickle.loads(_apart(data, name, forms.folder))
    if isinstance(found, Exception):
        raise found
    return cast("tuple[Document, Reading]", found)


def _apart(data: bytes, name: str, forms: str, attempt: int = 0) -> bytes:
    try:
        with borrowed(new=attempt > 0) as process:
            return process.ask(guarded.read_one, (data, name, forms), 1)
    except Ended as ended:
        if ended.guilty(attempt):
            raise _beyond(ended, name) from None
    return _apart(data, name, forms, attempt + 1)


def _beyond(ended: Ended, name: str) -> UnreadableDocument:
    wrong = {
        "time": "reading it takes more than 5 seconds and was stopped.",
        "memory": "reading it takes more than 1 GB of memory and was stopped.",
    }.get(ended.why, f"it broke the process that read it ({ended.why}): it may be damaged, or take more than 1 GB.")
    return UnreadableDocument(
        name, wrong, "Open it in its program, save the report alone as a web page or text, and read that."
    )


def chunk_here(chunk: Chunk) -> Rows:
    """Read a chunk of documents, each as ``read_guarded`` does. Raises ``FormError``."""
    return read_chunk(chunk, lambda: None, read_guarded)


class Readers:
    """Reads chunks in processes apart, as many at a time as threads ask, until it is stopped."""

    def __init__(self) -> None:
        self._busy: set[Process] = set()
        self._stopped = False

    def read(self, chunk: Chunk, attempt: int = 0) -> list[bytes]:
        """The rows of a chunk's documents, pickled, in one or more parts.

        A document that ends its process has its row with its error, and the others are read again. ``attempt`` counts
        the new processes that were asked for the first document.
        """
        if not chunk.documents:
            return []
        try:
            with borrowed(new=attempt > 0) as process:
                return [self._ask(process, chunk)]
        except Ended as ended:
            if self._stopped:
                raise
            before, ending, after = _parted(chunk, ended.index)
            if ended.guilty(attempt):
                return [*self.read(before), pickle.dumps(_error(ending, ended)), *self.read(after)]
            rest = chunk._replace(documents=ending.documents + after.documents)
            return [*self.read(before), *self.read(rest, attempt + 1 if ended.index == 0 else 1)]

    def _ask(self, process: Process, chunk: Chunk) -> bytes:
        self._busy.add(process)
        try:
            if self._stopped:
                process.kill()
            return process.ask(guarded.rows_of_chunk, (chunk,), len(chunk.documents))
        finally:
            self._busy.discard(process)

    def stop(self) -> None:
        """End the processes that are reading for this one, whose threads then raise."""
        self._stopped = True
        for process in list(self._busy):
            process.kill()


def _parted(chunk: Chunk, index: int) -> tuple[Chunk, Chunk, Chunk]:
    at = slice(index), slice(index, index + 1), slice(index + 1, None)
    before, this, after = (chunk._replace(documents=chunk.documents[part]) for part in at)
    return before, this, after


def _error(chunk: Chunk, ended: Ended) -> Rows:
    """The row of the one document of a chunk, which ended its process."""
    (file,) = chunk.documents
    sha256 = None
    with suppress(OSError, UnreadableDocument):
        sha256 = hashlib.sha256(bytes_of(file.path, file.name, chunk.max_bytes)).hexdigest()
    rows = no_rows()
    rows["reports"].append(error_row(0, file.name, sha256, str(_beyond(ended, file.name))))
    return rows
