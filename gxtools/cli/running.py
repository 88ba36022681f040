"""Runs a command line: its exit code, its streams, and one sentence for whatever goes wrong.

Exit codes: 0 done, 1 errors found in reports, 2 bad input or a failure, 130 interrupted, 141 nobody
read on.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import warnings
from collections.abc import Sequence

from gxtools.errors import CorpusError, FormError, MissingFont, UnreadableDocument

_OURS = (CorpusError, FormError, MissingFont, UnreadableDocument)
# The extra that brings a module, where it is another than that of the notebooks.
_EXTRAS = {"pyreadstat": "exports"}
_VERBOSE = {"-v", "--verbose"}


def main() -> None:
    """The console script ``gxtools``."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Prints; never raises."""
    _set_up(verbose=not _VERBOSE.isdisjoint(arguments))
    try:
        code = _run([argument for argument in arguments if argument not in _VERBOSE])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. What is left unwritten must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


def _run(arguments: Sequence[str]) -> int:
    import typer

    from gxtools.cli.application import app

    try:
        code = typer.main.get_command(app).main(args=[*arguments], prog_name="gxtools", standalone_mode=False)
    except SystemExit as error:
        # What typer and rich make of a broken pipe.
        raise BrokenPipeError from error
    except KeyboardInterrupt:
        return 130
    except typer.TyperException as error:
        return _tell(f"{_ended(error.format_message())} See 'gxtools --help'.", 2)
    except _OURS as error:
        return _tell(str(error), 2)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(error.name or "", "notebooks")
        return _tell(f"'{error.name}' is not installed; run: pip install 'gxtools[{extra}]'", 2)
    except OSError as error:
        return _tell(_of_the_system(error), 2)
    except Exception as error:
        advice = "Run again with -v for where it arose, and please report it to us."
        return _tell(f"an error of ours, {type(error).__name__}: {error}. {advice}", 2)
    return code if isinstance(code, int) else 0


def _of_the_system(error: OSError) -> str:
    named = (error.filename, error.filename2)
    names = [os.fsdecode(name) for name in named if isinstance(name, str | bytes | os.PathLike)]
    advice = {
        FileNotFoundError: "Check the path.",
        PermissionError: "Ask for the right to read or write it.",
        IsADirectoryError: "Give a file, or use 'gxtools load' or 'gxtools check' for a folder.",
    }.get(type(error), "")
    return f"{': '.join([*names, error.strerror or str(error)]).rstrip('.')}. {advice}".rstrip()


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."


def _tell(sentence: str, code: int) -> int:
    from gxtools.cli.plain import plain

    if logging.getLogger().isEnabledFor(logging.DEBUG):
        logging.getLogger("gxtools").debug("where it arose", exc_info=True)
    print(f"gxtools: {plain(sentence)}", file=sys.stderr)
    return code


def _set_up(verbose: bool) -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if verbose:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)
    else:
        logging.basicConfig(handlers=[logging.NullHandler()], force=True)
        warnings.simplefilter("ignore")
