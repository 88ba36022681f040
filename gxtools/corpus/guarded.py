"""The process apart in which documents are read under limits. ``apart`` starts and asks it.

It answers one question after another until its input ends, and imports no more than reading needs. The limits are the
system's own, so that no engine and no endless loop can get past them: a signal ends the process when a document's time
is over, and memory beyond the limit is not given.
"""

from __future__ import annotations

import faulthandler
import mmap
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from typing import BinaryIO

from gxtools.corpus.chunks import Chunk, read_bytes, read_chunk
from gxtools.corpus.rows import Rows
from gxtools.forms import load_forms
from gxtools.grids import Document
from gxtools.reading import Reading

# Of the processor, so that a busy machine condemns no sound document; of five seconds, one is left for everything else.
SECONDS = 4.0
# Of the clock, for what waits and never goes on.
SECONDS_OF_CLOCK = 15.0
MEMORY = 900_000_000

MEMORY_EXIT = 3
TIME_EXITS = (-signal.SIGPROF, -signal.SIGALRM) if hasattr(signal, "setitimer") else (1,)
READY, STARTED = b"\0", b"."

Started = Callable[[], None]

_LENGTH = struct.Struct("<Q")


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message and hand it over."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next message; null where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None


def rows_of_chunk(chunk: Chunk, started: Started) -> Rows:
    """Read a chunk. Raises ``FormError``."""
    return read_chunk(chunk, started, read_bytes)


def read_one(data: bytes, name: str, forms: str, started: Started) -> tuple[Document, Reading]:
    """Read one document. Raises ``UnreadableDocument`` and ``FormError``."""
    started()
    return read_bytes(data, name, load_forms(forms))


def main() -> None:
    """Answer questions: one of the functions above with its arguments. An exception that it raises is an answer too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the caller's process decides
    questions, answers, ticks = sys.stdin.buffer, os.fdopen(os.dup(1), "wb"), os.dup(2)
    _silence()
    _limit_memory()
    clock = _Clock(ticks)
    os.write(ticks, READY)
    while (question := receive(questions)) is not None:
        try:
            function, arguments = pickle.loads(question)
            answer = _answer(function, arguments, clock.start)
        except MemoryError:
            os._exit(MEMORY_EXIT)
        clock.stop()
        send(answers, answer)
        if _has_grown():
            break


def _answer(function: Callable[..., object], arguments: tuple[object, ...], started: Started) -> bytes:
    found: object
    try:
        found = function(*arguments, started)
    except MemoryError:
        raise
    except Exception as fault:
        fault.add_note(traceback.format_exc())
        found = fault
    return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)


def _silence() -> None:
    """Engines print; nobody listens."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _limit_memory() -> None:
    """Limit what the process may write to, with what it has already. Only Linux counts that."""
    try:
        import resource
    except ImportError:
        return
    _, allowed = resource.getrlimit(resource.RLIMIT_DATA)
    limit = MEMORY if allowed == resource.RLIM_INFINITY else min(MEMORY, allowed)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _has_grown() -> bool:
    """Whether a document has left the process large. The next one is then read in another, which has all its memory."""
    if not sys.platform.startswith("linux"):
        return False
    with open("/proc/self/statm", encoding="ascii") as pages:
        return int(pages.read().split()[1]) * mmap.PAGESIZE > MEMORY // 3


class _Clock:
    """Ends the process where a document takes too long, whatever the process is doing then."""

    def __init__(self, ticks: int) -> None:
        self._ticks = ticks

    def start(self) -> None:
        """Say that another document begins, and give it its time."""
        os.write(self._ticks, STARTED)  # fails where the caller's process is gone, and nobody needs an answer
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            signal.setitimer(signal.ITIMER_REAL, SECONDS_OF_CLOCK)
        else:
            faulthandler.dump_traceback_later(SECONDS, exit=True)

    def stop(self) -> None:
        """No document is being read."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
        else:
            faulthandler.cancel_dump_traceback_later()
