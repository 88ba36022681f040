"""The frames of a load: in memory while they are small, in files of a temporary folder when they have grown."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from gxtools.frames import SCHEMAS

# In bytes of frames in memory: those of some three thousand reports.
_HELD = 64_000_000
# Rows are written and read some at a time, so that a long frame needs no more memory than a short one.
_ROW_GROUP = 100_000


class Spool(Mapping[str, pl.DataFrame]):
    """Frames by name, put together from batches of them. What lies on disk is read when it is first asked for.

    The folder (``gxtools-…`` among the system's temporary files) goes with the spool, or with the process; where that
    is killed it stays until the system clears them.
    """

    def __init__(self, batches: Iterable[Mapping[str, pl.DataFrame]]) -> None:
        self._held: dict[str, list[pl.DataFrame]] = {name: [] for name in SCHEMAS}
        self._folder: Path | None = None
        self._parts = 0
        self._rows = dict.fromkeys(SCHEMAS, 0)
        size = 0.0
        for batch in batches:
            for name, frame in batch.items():
                self._held[name].append(frame)
                self._rows[name] += frame.height
                size += frame.estimated_size()
            if size > _HELD:
                self._put_down()
                size = 0.0
        if self._folder is not None:
            self._put_down()

    def _put_down(self) -> None:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="gxtools-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._parts += 1
        for name, frames in self._held.items():
            if frames:
                path = self._folder / f"{name}-{self._parts:05}.parquet"
                pl.concat(frames).write_parquet(path, compression="zstd", row_group_size=_ROW_GROUP)
            self._held[name] = []

    def _files(self, name: str) -> list[Path]:
        return sorted(self._folder.glob(f"{name}-*.parquet")) if self._folder is not None else []

    def __getitem__(self, name: str) -> pl.DataFrame:
        frames = self._held[name]
        if len(frames) != 1:
            files = self._files(name)
            if files:
                frames = [pl.read_parquet(files)]
            elif not frames:
                frames = [pl.DataFrame(schema=SCHEMAS[name])]
            self._held[name] = [pl.concat(frames)]
        return self._held[name][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Put rows behind those that a frame has, before it is first asked for."""
        self._rows[name] += frame.height
        if self._folder is None:
            self._held[name].append(frame)
        elif frame.height:
            self._parts += 1
            frame.write_parquet(self._folder / f"{name}-{self._parts:05}.parquet", compression="zstd")

    def scan(self, name: str) -> pl.LazyFrame:
        """A frame lazily: what lies on disk is not read into memory."""
        if files := self._files(name):
            return pl.scan_parquet(files)
        return pl.concat(self._held[name] or [pl.DataFrame(schema=SCHEMAS[name])]).lazy()

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each frame has."""
        return dict(self._rows)

    def write(self, folder: Path) -> None:
        """Write each frame to ``<name>.parquet``, holding no more than a part of it."""
        for name in self:
            path = folder / f"{name}.parquet"
            if files := self._files(name):
                pl.scan_parquet(files).sink_parquet(path, compression="zstd", row_group_size=_ROW_GROUP)
            else:
                self[name].write_parquet(path, compression="zstd")
