"""Runs the command line as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from gxtools.cli import main

ROOT = Path(__file__).resolve().parents[2]
MAIN = "from gxtools.cli import main; main()"


def command(*arguments: str | Path, before: str = "") -> list[str]:
    """The command line; ``before`` is code that runs first, to plant a fault."""
    return [sys.executable, "-c", f"{before}\n{MAIN}", *map(str, arguments)]


def environment(**changed: str) -> dict[str, str]:
    """The environment of a child process that finds the package."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **changed}


def gxtools(*arguments: str | Path, before: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
    """Run one command and return what it printed.

    In this process, which spares the start of an interpreter; in one of its own where a fault is planted or the
    environment changed, and then decoded as UTF-8 whatever that environment says.
    """
    if not before and not changed:
        return _here(list(map(str, arguments)))
    done = subprocess.run(
        command(*arguments, before=before), capture_output=True, env=environment(**changed), timeout=120
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def _here(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    output, errors = (TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2))
    code: object = 0
    with patch.object(sys, "argv", ["gxtools", *arguments]), redirect_stdout(output), redirect_stderr(errors):
        try:
            main()
        except SystemExit as stopped:
            code = stopped.code or 0
    texts = []
    for stream in (output, errors):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    assert isinstance(code, int)
    return subprocess.CompletedProcess(arguments, code, *texts)


def assert_refused(done: subprocess.CompletedProcess[str], *says: str) -> None:
    """Exit code 2, nothing on standard output, one clear sentence on standard error."""
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == ""
    assert done.stderr.startswith("gxtools: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    for text in says:
        assert text in done.stderr
