"""Documents whose reading goes wrong in the processes apart: what no file can be made to do on purpose.

A ``sitecustomize`` on ``PYTHONPATH``, which every new interpreter runs, plants the faults there. A document shows its
fault in its name, and sound ones are read as ever.
"""

from __future__ import annotations

from pathlib import Path

# Less of the processor and of the clock than the package gives, so that the tests do not wait as long.
_PLANTED = """
import ctypes, os, re, signal, time
from gxtools.corpus import chunks, guarded
from gxtools.errors import FormError

guarded.SECONDS, guarded.SECONDS_OF_CLOCK = 1.5, 6.0
real = chunks.read_document
swollen = []

def spinning():
    while True:
        pass

def matching():
    re.match("(a*)*b", "a" * 80)  # in C, and no other thread runs meanwhile

def waiting():
    time.sleep(60)

def growing():
    held = []
    while True:
        held.append(bytes(10_000_000))  # asked for and not written to, so that the time is never over first

def misformed():
    raise FormError("2019.toml", 7, "planted")

def planted(document, name, forms):
    for fault, planting in FAULTS.items():
        if fault in name:
            planting()
    return real(document, name, forms)

FAULTS = {
    "spinning": spinning,
    "matching": matching,
    "waiting": waiting,
    "growing": growing,
    "misformed": misformed,
    "failing": lambda: 1 / 0,
    "swelling": lambda: swollen.append(b"x" * 350_000_000),
    "leaving": lambda: os._exit(7),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crashing": lambda: ctypes.string_at(0),
}
chunks.read_document = planted
"""

# What is told of each.
FAULTS = {
    "spinning": "takes more than 5 seconds",
    "matching": "takes more than 5 seconds",
    "waiting": "takes more than 5 seconds",
    "growing": "takes more than 1 GB of memory",
    "leaving": "broke the process that read it (exit code 7)",
    "killed": "broke the process that read it (SIGKILL)",
    "crashing": "broke the process that read it (SIGSEGV)",
}


def plant(folder: Path) -> None:
    """Put the faults into a folder that is to stand first on ``PYTHONPATH``."""
    (folder / "sitecustomize.py").write_text(_PLANTED, encoding="utf-8")
