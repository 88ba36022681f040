"""``load``: many documents -> one corpus, in parallel, the same rows in the same order whatever the number of workers.

Chunks of documents are read in worker processes, which return finished frames; a document that cannot be read, or that
ends its worker, costs its own row and never the batch.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import polars as pl

from gxtools.checks import check_reports
from gxtools.corpus.corpus import Corpus
from gxtools.corpus.files import Source, addresses_of, documents_of
from gxtools.corpus.progress import Progress, progress_bar
from gxtools.corpus.report import ID_LENGTH, MAX_BYTES
from gxtools.corpus.rows import Rows, add_reading, error_row, no_rows, printable, report_row
from gxtools.documents import open_document
from gxtools.errors import FormError, UnreadableDocument
from gxtools.forms import Forms, load_forms
from gxtools.forms import forms as shipped_forms
from gxtools.frames import frame, validate
from gxtools.reading import read_document

_CHUNK = 50

Frames = dict[str, pl.DataFrame]


class Task(NamedTuple):
    """One chunk of work: the first document's number, paths with their addresses, and where the forms are."""

    first: int
    documents: tuple[tuple[str, str | None], ...]
    forms: str
    max_bytes: int


def load(
    source: Source | Iterable[Source],
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
    max_bytes: int = MAX_BYTES,
    forms: Forms | None = None,
) -> Corpus:
    """Load a folder, a glob, or a list of paths.

    Every regular file that is not hidden gives one row in ``reports``, in the order of paths; one that cannot be read
    has its ``error`` there. ``workers`` processes read (by default as many as there are processors); 1 reads in this
    process; ``executor`` takes any ``concurrent.futures.Executor`` instead. ``progress`` is shown on a terminal by
    default. Raises ``OSError`` for a path that is not there, ``ValueError`` for ``workers`` below 1.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    used = forms or shipped_forms()
    source = source if isinstance(source, str | os.PathLike) else list(source)
    documents = documents_of(source)
    tasks = _tasks(documents, addresses_of(documents, source), used.folder, max_bytes)
    shown = sys.stderr.isatty() if progress is None else progress
    bar: AbstractContextManager[Progress] = progress_bar(len(documents)) if shown else nullcontext(Progress())
    with bar as counter:
        parts = list(_run(tasks, workers or os.cpu_count() or 1, executor, counter))
    frames = _with_ids({name: pl.concat([part[name] for part in parts]) for name in no_rows()} if parts else _nothing())
    validate(frames)
    return Corpus(frames, used)


def _nothing() -> Frames:
    return {name: frame(name, []) for name in no_rows()}


def _tasks(documents: Sequence[Path], addresses: dict[Path, str], folder: str, max_bytes: int) -> list[Task]:
    named = [(str(path), addresses.get(path)) for path in documents]
    return [
        Task(first, tuple(named[first : first + _CHUNK]), folder, max_bytes) for first in range(0, len(named), _CHUNK)
    ]


def _run(tasks: list[Task], workers: int, executor: Executor | None, counter: Progress) -> Iterator[Frames]:
    if executor is not None:
        yield from _in_order(tasks, executor, counter)
    elif workers == 1 or len(tasks) < 2:
        for task in tasks:
            yield read_chunk(task)
            counter.advance(len(task.documents))
    else:
        yield from _in_processes(tasks, workers, counter)


def _in_order(tasks: list[Task], executor: Executor, counter: Progress) -> Iterator[Frames]:
    futures = [executor.submit(read_chunk, task) for task in tasks]
    for future, task in zip(futures, tasks, strict=True):
        yield future.result()
        counter.advance(len(task.documents))


def _in_processes(tasks: list[Task], workers: int, counter: Progress) -> Iterator[Frames]:
    """Read in processes of our own. A pool that a document broke is replaced, and its unfinished chunks read again."""
    done: dict[int, Frames] = {}
    waiting = list(tasks)
    while waiting:
        broken = False
        with _pool(min(workers, len(waiting))) as pool:
            with _no_main_module():
                futures: list[tuple[Task, Future[Frames]]] = [(task, pool.submit(read_chunk, task)) for task in waiting]
            for task, future in futures:
                try:
                    done[task.first] = future.result()
                    counter.advance(len(task.documents))
                except BrokenProcessPool:
                    broken = True
        waiting = [task for task in waiting if task.first not in done]
        if broken and waiting:
            done[waiting[0].first] = _one_by_one(waiting[0])
            counter.advance(len(waiting[0].documents))
            waiting = waiting[1:]
    for task in tasks:
        yield done[task.first]


def _one_by_one(task: Task) -> Frames:
    """Read a chunk's documents in a process each, to find the one that ends its worker."""
    parts = []
    for offset, document in enumerate(task.documents):
        single = task._replace(first=task.first + offset, documents=(document,))
        with _pool(1) as pool:
            try:
                with _no_main_module():
                    future = pool.submit(read_chunk, single)
                parts.append(future.result())
            except BrokenProcessPool:
                name = printable(document[0])
                error = f"{name}: reading it ended the worker process. Take it out of the folder and report it to us."
                rows = no_rows()
                rows["reports"].append(error_row(str(single.first), name, None, error))
                parts.append({name: frame(name, found) for name, found in rows.items()})
    return {name: pl.concat([part[name] for part in parts]) for name in no_rows()}


def _pool(workers: int) -> ProcessPoolExecutor:
    # A forked child of a process in which Polars' threads run can hang; a spawned one cannot.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Start workers that do not run the caller's script again.

    A spawned process imports the main module, so a script without ``if __name__ == "__main__"`` would load its folder
    in each worker anew. Ours need nothing of it.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def read_chunk(task: Task) -> Frames:
    """Read and check the documents of a chunk. ``report`` holds a document's number until the whole is put together."""
    forms = load_forms(task.forms)
    rows = no_rows()
    for number, (path, address) in enumerate(task.documents, task.first):
        for name, found in _rows_of(str(number), path, address, forms, task.max_bytes).items():
            rows[name] += found
    frames = {name: frame(name, found) for name, found in rows.items()}
    checked = check_reports(frames["reports"], frames["cells"], frames["claims"], forms)
    frames["problems"] = pl.concat([frames["problems"], checked])
    return frames


def _rows_of(report: str, path: str, address: str | None, forms: Forms, max_bytes: int) -> Rows:
    """Everything that one document gives, or its row with its error."""
    rows = no_rows()
    name, sha256 = printable(path), None
    try:
        document, data = open_document(path, name, max_bytes)
        sha256 = hashlib.sha256(data).hexdigest()
        reading = read_document(document, name, forms)
        add_reading(rows, reading, report)
        rows["reports"].append(report_row(reading, report, name, sha256, address))
        return rows
    except UnreadableDocument as unreadable:
        error, sha256 = str(unreadable), sha256 or _sha256(path, max_bytes)
    except OSError as failed:
        error = f"{name}: {failed.strerror or failed}. Check that it is there and may be read."
    except FormError:
        raise
    except Exception as fault:
        # A fault of ours on one document must not cost the others; it is told with that document.
        error = f"{name}: reading it failed with an error of ours, {type(fault).__name__}: {fault}. Report it to us."
    rows = no_rows()
    rows["reports"].append(error_row(report, name, sha256, error))
    return rows


def _sha256(path: str, max_bytes: int) -> str | None:
    """The hash of a document that could not be read; null where it is too large to be worth it, or gone."""
    try:
        if os.path.getsize(path) > max_bytes:
            return None
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


def _with_ids(frames: Frames) -> Frames:
    """Numbers of documents -> ids of reports. Copies of one document get ``-2``, ``-3`` in the order of ``source``."""
    reports = frames["reports"]
    by_report = pl.col("report").cast(pl.UInt32)
    frames = {**frames, "problems": frames["problems"].sort(by_report, maintain_order=True)}
    base = pl.coalesce(pl.col("sha256").str.head(ID_LENGTH), pl.format("unread-{}", pl.int_range(pl.len()) + 1))
    named = reports.select("report", base=base).with_columns(copy=pl.int_range(1, pl.len() + 1).over("base"))
    ids = named.select(
        number=pl.col("report").cast(pl.UInt32),
        id=pl.when(pl.col("copy") == 1).then("base").otherwise(pl.format("{}-{}", "base", "copy")),
    )["id"]
    return {
        name: held.with_columns(report=ids.gather(held["report"].cast(pl.UInt32))) if held.height else held
        for name, held in frames.items()
    }
