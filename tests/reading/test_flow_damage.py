"""A small fixed part of the run of damaged texts: no cell may be silently wrong, and what is sound must be read."""

from __future__ import annotations

import pytest

from benchmarks.text_damage import DAMAGES, run
from gxtools.reading import flow


def test_no_damaged_text_gives_a_wrong_figure() -> None:
    tallies, shown = run(documents=3 * len(DAMAGES), seed=20261125)
    assert shown == []
    assert tallies["all"]["plain read"] >= 0.98 * tallies["all"]["plain"]


def test_sound_texts_are_read_in_full() -> None:
    tallies, _ = run(documents=20, seed=1, only="nothing", most=1)
    assert tallies["all"]["right"] == tallies["all"].total() - tallies["all"]["plain"] - tallies["all"]["plain read"]


def test_the_run_sees_a_fault_planted_in_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "displaced", lambda *_: {})
    _, shown = run(documents=60, seed=1, only="cut_to_next", most=1)
    assert shown
