"""How far a load has come, on a terminal or in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Counts documents and shows nothing."""

    def advance(self, documents: int) -> None:
        """Take note of documents done."""


@contextmanager
def progress_bar(total: int) -> Iterator[Progress]:
    """A bar with count and time left, on standard error (rich; imported where used)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("reading 读取"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("reading", total=total)

        class Shown(Progress):
            def advance(self, documents: int) -> None:
                bar.advance(task, documents)

        yield Shown()
