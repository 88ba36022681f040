"""How far the notebooks have come, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def cells_bar(total: int, progress: bool | None) -> Iterator[Callable[[], None]]:
    """What to call after every cell; it moves a bar on standard error, by default only where that is a terminal."""
    if not (sys.stderr.isatty() if progress is None else progress):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("running notebooks 运行笔记本"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("running", total=total)
        yield lambda: bar.advance(task)
