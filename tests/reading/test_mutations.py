"""A small fixed part of the mutation run: no cell of a damaged page may be silently wrong, and the run can tell.

Each planted fault is one that a reader of tables may well have; the run must see it, or it proves nothing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import gxtools as gx
from benchmarks.mutations.damages import KINDS
from benchmarks.mutations.judging import Tally, judge
from benchmarks.mutations.running import Outcome, run
from benchmarks.mutations.setting import draw_sound
from benchmarks.mutations.standing import standing
from gxtools.reading import bounds, captions, counting, flow, headers, lexicon

# PDF is in the run alone: setting one page takes longer than reading hundreds.
LOOKS = (
    "web",
    "word",
    "json",
    "mhtml",
    "pipes",
    "padded_pipes",
    "folded_pipes",
    "padded_lines",
    "padded_lone_pipes",
    "spread_pipes",
    "pipes_with_blanks",
    "filled_pipes",
    "aligned_spaces",
    "commas",
    "tabs_with_blanks",
    "tabs",
    "lines",
)


@pytest.fixture
def cold() -> Iterator[None]:
    """Nothing that the sound reader remembers serves the faulty one, nor the other way round."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("gxtools.reading"):
            for held in vars(module).values():
                if hasattr(held, "cache_clear"):
                    held.cache_clear()


def outcome_of(documents: int, seed: int, **chosen: Any) -> Outcome:
    outcome = Outcome()
    for part in run(documents, seed, **chosen):
        outcome.add(part)
    return outcome


def silent_cells(outcome: Outcome) -> list[str]:
    return [f"{one.look}, {one.damage}: {cell}" for one in outcome.silent for cell in one.cells]


def test_nothing_is_silently_wrong() -> None:
    outcome = outcome_of(3 * len(KINDS), 20261125, looks=LOOKS)
    assert silent_cells(outcome) == []
    assert set(outcome.by_damage) == set(KINDS)
    assert all(tally.right for tally in outcome.by_damage.values())
    assert outcome.total.refused == 0
    assert outcome.total.plain_read >= 0.98 * outcome.total.plain


@pytest.mark.parametrize("look", LOOKS)
def test_sound_pages_are_read_without_a_doubt(look: str) -> None:
    rng = random.Random(f"sound {look}")
    tally = Tally()
    for _ in range(8):
        page, set_as = draw_sound(rng, look)
        report = gx.read(set_as.set_bytes(page), name="x")
        assert judge(report, page, standing(page, set_as.shown), tally) == []
    assert tally.doubted == 0
    assert tally.plain_read == tally.plain == tally.right


def _shifted(ids: tuple[str | None, ...]) -> tuple[str | None, ...]:
    return (*ids[:-2], ids[-1], ids[-2]) if len(ids) > 2 else ids


def _replace(patch: pytest.MonkeyPatch, sound: Any, faulty: Any) -> None:
    """Put a faulty function in the place of a sound one, under whatever name the reader's modules hold it."""
    for module in [held for name, held in sys.modules.items() if name.startswith("gxtools.reading")]:
        for name in [name for name, held in vars(module).items() if held is sound]:
            patch.setattr(module, name, faulty)


def header_shifted(patch: pytest.MonkeyPatch) -> None:
    """The last two columns of every header are taken for each other."""
    sound = headers.read_header

    def read_header(*given: Any) -> Any:
        header = sound(*given)
        return replace(header, ids=_shifted(header.ids))

    _replace(patch, sound, read_header)


def order_ignored(patch: pytest.MonkeyPatch) -> None:
    """The columns of a flattened header are taken in the form's order, in whatever order they are printed."""
    sound = headers.flattened_order

    def order(texts: Any, lexicon: Any) -> tuple[str, ...]:
        found = sound(texts, lexicon)
        return tuple(id for id in lexicon.columns if id in found)

    _replace(patch, sound, order)


def count_relaxed(patch: pytest.MonkeyPatch) -> None:
    """A row with too few or too many figures is placed all the same, from the left."""

    def place_anyway(finds: Any, line: str, columns: Any, why: str, founds: list[Any]) -> None:
        for column, found in zip(columns, founds, strict=False):
            finds.add(line, column, found)

    _replace(patch, counting._doubt, place_anyway)


def prefixes_accepted(patch: pytest.MonkeyPatch) -> None:
    """Words that begin like a label are taken for it."""
    sound = lexicon.TableLexicon._look_up

    def look_up(self: Any, text: str) -> Any:
        found = sound(self, text)
        for length in range(len(text) - 1, 1, -1):
            if found is not lexicon.NO_LABEL:
                break
            found = sound(self, text[:length])
        return found

    patch.setattr(lexicon.TableLexicon, "_look_up", look_up)


def merged_cell_taken(patch: pytest.MonkeyPatch) -> None:
    """A figure over several columns is taken for that of the first."""
    sound = headers.Header.ids_over
    patch.setattr(headers.Header, "ids_over", lambda self, cell: sound(self, cell)[:1])


def strange_heads_passed_over(patch: pytest.MonkeyPatch) -> None:
    """Words in place of a head are no hindrance to a count of figures."""
    _replace(patch, bounds.has_strange_head, lambda *_: False)
    patch.setattr(flow._Rows, "_may_be_lost", lambda *_: True)


def annex_taken(patch: pytest.MonkeyPatch) -> None:
    """Last year's tables are taken for this year's: no line is seen to name another year."""
    _replace(patch, captions.names_another_year, lambda *_: False)


@pytest.mark.parametrize(
    ("fault", "look", "kinds"),
    [
        (header_shifted, "web", ["none"]),
        (order_ignored, "lines", ["swap_columns"]),
        (count_relaxed, "lines", ["drop_cell"]),
        (prefixes_accepted, "web", ["longer_label"]),
        (merged_cell_taken, "web", ["merge_right"]),
        (strange_heads_passed_over, "lines", ["strange_head", "two_strange_heads"]),
        (annex_taken, "web", ["annex_alone"]),
    ],
    ids=lambda given: given.__name__ if callable(given) else "",
)
@pytest.mark.usefixtures("cold")
def test_the_run_sees_a_fault_planted_in_the_reader(
    fault: Any, look: str, kinds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    assert silent_cells(outcome_of(20, 1, kinds=kinds, looks=(look,)))
