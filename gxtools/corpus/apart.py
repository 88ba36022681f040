"""Processes apart: started when first needed, kept for the next question, replaced when they end, gone with the caller.

They run ``guarded`` and nothing of the caller's script. One whose caller is gone, however that ended, ends itself.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, cast

from gxtools.corpus import guarded

_KEPT = 4
# Modules are found where the caller finds them.
_START = (
    "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); from gxtools.corpus.guarded import main; main()"
)


class Ended(Exception):
    """A process has ended while it read the document ``index``, from 0, of those that it was asked for.

    ``why`` is ``time``, ``memory`` or how it died.
    """

    def __init__(self, index: int, code: int) -> None:
        super().__init__(index, code)
        self.index = index
        if code in guarded.TIME_EXITS:
            self.why = "time"
        elif code == guarded.MEMORY_EXIT:
            self.why = "memory"
        else:
            self.why = signal.Signals(-code).name if code < 0 else f"exit code {code}"

    def guilty(self, attempt: int) -> bool:
        """Whether that was the document's doing for certain, if so many new processes were asked for it first.

        Time is counted for each document. All else may come of what was read before it, or from outside as SIGKILL.
        """
        return self.why == "time" or (self.index == 0 and attempt >= (2 if self.why == "SIGKILL" else 1))


class Process:
    """One process apart. It is used by one thread at a time; whoever gets no answer ends it."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([sys.executable, "-c", _START], stdin=pipe, stdout=pipe, stderr=pipe)
        self._questions = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self._ticks = cast(BinaryIO, self._process.stderr)
        try:
            self._wait_for_start()
        except BaseException:
            self.end()
            raise

    def _wait_for_start(self) -> None:
        with suppress(BrokenPipeError):
            pickle.dump(sys.path, self._questions)
            self._questions.flush()
        told = b""
        while (byte := self._ticks.read(1)) != guarded.READY:
            if not byte:
                said = told.decode(errors="replace").strip()
                raise RuntimeError(f"no process could be started to read documents in: {said or 'it said nothing'}")
            told += byte

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...], documents: int) -> bytes:
        """The answer, pickled, to a question about so many documents. Raises ``Ended``."""
        answer = None
        with suppress(BrokenPipeError):
            guarded.send(self._questions, pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL))
            answer = guarded.receive(self._answers)
        if answer is None:
            self.kill()  # its output has ended; it may still be about to
            begun = len(self._ticks.read())
            raise Ended(max(begun - 1, 0), self._process.wait())
        self._ticks.read(documents)
        return answer

    def kill(self) -> None:
        """Make it end, from any thread."""
        self._process.kill()

    def end(self) -> None:
        """Make it end, and leave nothing of it."""
        self._process.kill()
        self._process.wait()
        self._close()

    def forget(self) -> None:
        """It is another process's: that of which this one is a fork."""
        self._close()
        self._process.returncode = 0

    def _close(self) -> None:
        for stream in (self._questions, self._answers, self._ticks):
            with suppress(OSError):  # what was not sent
                stream.close()


_kept: list[Process] = []


def _start() -> Process:
    try:
        return Process()
    except RuntimeError:
        return Process()  # somebody may have killed the first


@contextmanager
def borrowed(new: bool = False) -> Iterator[Process]:
    """A process apart, one that is kept or a ``new`` one. It ends where an error is raised."""
    process = _start() if new or not _kept else _kept.pop()
    try:
        yield process
    except BaseException:
        process.end()
        raise
    if len(_kept) < _KEPT:
        _kept.append(process)
    else:
        process.end()


def end_kept() -> None:
    """End the processes that are kept."""
    while _kept:
        _kept.pop().end()


def _forget_kept() -> None:
    while _kept:
        _kept.pop().forget()


atexit.register(end_kept)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_kept)
