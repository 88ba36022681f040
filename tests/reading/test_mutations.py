"""A small fixed part of the mutation run: no cell of a damaged page may be silently wrong."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gxtools.reading import counting

Run = Callable[..., tuple[dict[str, Any], list[str]]]


@pytest.fixture(scope="module")
def run(root: Path) -> Run:
    found: Run = runpy.run_path(str(root / "benchmarks" / "mutations.py"))["run"]
    return found


def test_nothing_is_silently_wrong(run: Run) -> None:
    tallies, shown = run(documents=108, seed=20261125)
    assert shown == []
    assert all(tally.right for tally in tallies.values())
    read = sum(tally.undamaged_read for tally in tallies.values())
    assert read >= 0.98 * sum(tally.undamaged for tally in tallies.values())


def test_the_run_sees_a_fault_planted_in_the_reader(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def place_anyway(finds: Any, line: str, columns: Any, why: str, founds: list[Any]) -> None:
        for column, found in zip(columns, founds, strict=False):
            finds.add(line, column, found)

    monkeypatch.setattr(counting, "_doubt", place_anyway)
    _, shown = run(documents=40, seed=1, only="drop_cell")
    assert shown
