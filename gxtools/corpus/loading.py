"""``load``: many documents -> one corpus, in parallel, the same rows in the same order whatever the number of workers.

Chunks of documents are read in processes apart, which return their rows; the calling process makes frames of them while
the next are read. A document that cannot be read, or that ends its process, costs its own row and never the batch.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from typing import TypeVar

from gxtools.checks import check_corpus
from gxtools.corpus.chunks import Chunk, File
from gxtools.corpus.corpus import Corpus
from gxtools.corpus.files import Source, addresses_of, documents_of
from gxtools.corpus.gathering import gathered
from gxtools.corpus.guard import Readers, chunk_here
from gxtools.corpus.progress import Progress, progress_bar
from gxtools.corpus.report import MAX_BYTES
from gxtools.corpus.rows import Rows, printable
from gxtools.corpus.spool import Spool
from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms

# A chunk is full at so many documents, or bytes of them. Towards the end they get smaller, so that all end together.
_CHUNK, _CHUNK_BYTES, _LAST_CHUNKS = 50, 5_000_000, 5
# So many chunks may be under way, or wait for one before them: it bounds the memory that their rows take.
_AHEAD = 64

Answer = TypeVar("Answer")


def load(
    source: Source | Iterable[Source],
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
    max_bytes: int = MAX_BYTES,
    forms: Forms | None = None,
) -> Corpus:
    """Load a folder, a ZIP archive, a glob, or a list of paths.

    Every regular file that is not hidden gives one row in ``reports``, in the order of paths; one that cannot be read,
    or takes more than five seconds or 1 GB, has its ``error`` there. ``workers`` processes read (by default as many as
    there are processors); 1 reads in this process, but for what is large or has to be unpacked; ``executor`` takes any
    ``concurrent.futures.Executor`` instead. ``progress`` is shown on a terminal by default. Memory does not grow with
    the number of documents: large frames lie in temporary files until they are asked for.

    The documents of an archive are read inside it (``source`` is ``reports.zip/2024/a.html``); an archive that lies in
    a folder, or in an archive, is not looked into.

    Raises ``OSError`` for a path that is not there, ``UnreadableDocument`` for an archive over its limits,
    ``ValueError`` for ``workers`` below 1.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    used = forms or shipped_forms()
    files = _files(source if isinstance(source, str | os.PathLike) else list(source))
    workers = workers or _processors()
    chunks = _chunks(files, used.folder, max_bytes, workers)
    shown = sys.stderr.isatty() if progress is None else progress
    bar: AbstractContextManager[Progress] = progress_bar(len(files)) if shown else nullcontext(Progress())
    with bar as counter, closing(_read(chunks, workers, executor)) as parts:
        frames = Spool(gathered(_counted(parts, counter), used))
    # Rules between reports stand behind those within one.
    frames.add(
        "problems", check_corpus(frames.scan("reports").collect(), frames.scan("cells"), frames.scan("sections"), used)
    )
    return Corpus(frames, used)


def _files(source: Source | list[Source]) -> list[File]:
    documents = documents_of(source)
    addresses = addresses_of(documents, source)
    return [File(os.path.abspath(path), printable(str(path)), addresses.get(path)) for path in documents]


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(files: Sequence[File], forms: str, max_bytes: int, workers: int) -> list[Chunk]:
    chunks: list[Chunk] = []
    first = 0
    while first < len(files):
        most = min(_CHUNK, max(_LAST_CHUNKS, (len(files) - first) // (4 * workers)))
        last, size = first, 0
        while last < min(first + most, len(files)) and size < _CHUNK_BYTES:
            size += _size(files[last].path)
            last += 1
        chunks.append(Chunk(tuple(files[first:last]), forms, max_bytes))
        first = last
    return chunks


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def _counted(parts: Iterable[Rows], counter: Progress) -> Iterator[Rows]:
    for part in parts:
        yield part
        counter.advance(len(part["reports"]))


def _read(chunks: Sequence[Chunk], workers: int, executor: Executor | None) -> Generator[Rows]:
    """The rows of all documents, in their order, in parts."""
    if executor is not None:
        yield from _read_by(executor, chunks)
    elif workers == 1:
        for chunk in chunks:
            yield chunk_here(chunk)
    else:
        yield from _read_apart(chunks, workers)


def _read_by(executor: Executor, chunks: Sequence[Chunk]) -> Iterator[Rows]:
    """Read by an executor of the caller's; what is left where that breaks, in processes apart."""
    done = 0
    try:
        for rows in _in_order(lambda chunk: executor.submit(chunk_here, chunk), chunks):
            done += 1
            yield rows
    except BrokenExecutor:
        yield from _read_apart(chunks[done:], _processors())


def _read_apart(chunks: Sequence[Chunk], workers: int) -> Iterator[Rows]:
    """Read in processes apart, each of which a thread here waits for."""
    documents = sum(len(chunk.documents) for chunk in chunks)
    readers = Readers()
    with ThreadPoolExecutor(min(workers, documents // _CHUNK + 1), "gxtools") as threads:
        try:
            for answers in _in_order(lambda chunk: threads.submit(readers.read, chunk), chunks):
                for answer in answers:
                    yield _rows(answer)
        except BaseException:
            readers.stop()
            raise


def _rows(answer: bytes) -> Rows:
    rows: Rows | Exception = pickle.loads(answer)
    if isinstance(rows, Exception):
        raise rows
    return rows


def _in_order(submit: Callable[[Chunk], Future[Answer]], chunks: Iterable[Chunk]) -> Iterator[Answer]:
    waiting: deque[Future[Answer]] = deque()
    try:
        for chunk in chunks:
            if len(waiting) == _AHEAD:
                yield _result(waiting.popleft())
            waiting.append(submit(chunk))
        while waiting:
            yield _result(waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()


def _result(future: Future[Answer]) -> Answer:
    # Polars' handler of interrupts does not wake a thread that waits; so this one wakes by itself and looks.
    while not future.done():
        with suppress(TimeoutError):
            return future.result(timeout=0.5)
    return future.result()
