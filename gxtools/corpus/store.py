"""A corpus as a Parquet data set on disk: written all or nothing, read back without loss.

A data set is a folder with one file a frame and ``dataset.json``, which names the package's version and the forms'
hash. It is written beside its place and put there by renaming, so a write that is killed leaves the old or the new one.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from gxtools.corpus.spool import Spool
from gxtools.errors import CorpusError
from gxtools.frames import SCHEMAS, validate
from gxtools.marks import bears_simulated_name
from gxtools.version import VERSION

MANIFEST = "dataset.json"
_KIND = "gxtools data set"


def write_frames(frames: Mapping[str, pl.DataFrame], folder: Path, forms_hash: str) -> None:
    """Write the six frames to ``folder``. Raises ``CorpusError`` where it holds other things.

    Those of a spool were validated as they came; others are now.
    """
    if not isinstance(frames, Spool):
        validate(frames)
    require_free(folder)
    place = folder.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    _sweep(place)
    fresh = Path(tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent))
    try:
        if isinstance(frames, Spool):
            frames.write(fresh)
            rows = frames.rows
        else:
            for name, held in frames.items():
                held.write_parquet(fresh / f"{name}.parquet", compression="zstd")
            rows = {name: held.height for name, held in frames.items()}
        manifest = {"kind": _KIND, "version": VERSION, "forms": forms_hash, "rows": rows}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        fresh.chmod(0o755)
        _put(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def require_free(folder: Path) -> None:
    """Raise ``CorpusError`` where a data set cannot be put, because the folder holds anything but an older one."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CorpusError(f"{folder}: is a file; give the name of a folder.")
    own = {MANIFEST, *(f"{name}.parquet" for name in SCHEMAS)}
    held = {path.name for path in folder.iterdir()}
    if held and not (_is_dataset(folder) and held <= own):
        raise CorpusError(
            f"{folder}: holds other files; give an empty or new folder, or that of a data set to replace."
        )


def open_frames(folder: Path) -> dict[str, pl.DataFrame]:
    """Read and validate the six frames of a data set. Raises ``CorpusError`` where there is none."""
    frames = {name: lazy.collect() for name, lazy in scan_frames(folder).items()}
    validate(frames)
    return frames


def scan_frames(folder: Path) -> dict[str, pl.LazyFrame]:
    """The six frames of a data set, lazily. Raises ``FileNotFoundError`` or ``CorpusError``."""
    if not folder.exists():
        raise FileNotFoundError(2, "No such folder", str(folder))
    if not _is_dataset(folder):
        raise CorpusError(f"{folder}: is no data set of gxtools; write one with corpus.write or 'gxtools load --out'.")
    frames = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in SCHEMAS}
    if "simulated" not in frames["reports"].collect_schema():
        # Data sets of before the mark was a column.
        frames["reports"] = frames["reports"].with_columns(simulated=bears_simulated_name())
    return frames


def _is_dataset(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("kind") == _KIND


def _prefix(place: Path) -> str:
    return f".{place.name}.writing-"


def _sweep(place: Path) -> None:
    """Remove what an earlier write that was killed left beside the data set."""
    for left in place.parent.glob(f"{glob_escape(_prefix(place))}*"):
        shutil.rmtree(left, ignore_errors=True)


def glob_escape(text: str) -> str:
    """A file name that a glob takes literally."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)


def _put(fresh: Path, place: Path) -> None:
    """Put a finished folder in its place in one step where the system can, so that no moment is without a data set."""
    if not place.exists():
        fresh.rename(place)
    elif not _exchange(fresh, place):
        old = place.parent / f"{_prefix(place)}old-{os.getpid()}"
        place.rename(old)
        fresh.rename(place)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically (Linux's renameat2); false where the system does not offer it."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    at_cwd, exchange = -100, 2
    return bool(rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)
