"""``simulate``: a corpus of simulated reports whose truth is known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gxtools.corpus import Corpus
from gxtools.corpus.spool import Spool
from gxtools.corpus.store import require_free
from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms
from gxtools.frames import validate
from gxtools.simulation.bodies import MOST_BODIES, blocks_of
from gxtools.simulation.errors import KINDS
from gxtools.simulation.framing import bodies_of, errors_of, frames_of, must_see_of
from gxtools.simulation.panel import Block, draw_block
from gxtools.simulation.parameters import parameters
from gxtools.simulation.plans import Plan

FIRST_YEAR, LAST_YEAR = 2019, 2050
REPORTS_AT_ONCE = 2_000
_CELL = ["report", "table", "line", "column"]


@dataclass(frozen=True)
class Truth:
    """What is behind simulated reports.

    ``bodies``: one row a body, with the parameters of its practice. ``errors``: one row a cell that an error changed
    (``report``, ``kind``, ``table``, ``line``, ``column``, ``true``, ``printed``; null where a blank is printed).
    ``must_see``: one row an instance of a rule that the printed figures break (``report``, ``rule``, ``line``,
    ``column``), told from the figures without the checks. ``parameters``: one row a parameter of the model, with where
    it comes from.
    """

    bodies: pl.DataFrame
    errors: pl.DataFrame
    must_see: pl.DataFrame
    parameters: pl.DataFrame

    def write(self, folder: Path) -> None:
        """Write each frame to ``<name>.parquet``."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("bodies", "errors", "must_see", "parameters"):
            getattr(self, name).write_parquet(folder / f"{name}.parquet", compression="zstd")


class SimulatedCorpus(Corpus):
    """A ``Corpus`` whose reports were simulated; ``truth`` tells what is behind them."""

    def __init__(self, frames: Mapping[str, pl.DataFrame], forms: Forms, truth: Truth) -> None:
        super().__init__(frames, forms)
        self.truth = truth

    def __repr__(self) -> str:
        return f"SimulatedCorpus({len(self)} reports, 模拟数据 simulated)"

    @property
    def true_cells(self) -> pl.DataFrame:
        """``cells`` as they would be without filing errors: ``report``, ``table``, ``line``, ``column``, ``value``."""
        errors = self.truth.errors.select(*_CELL, "true")
        return (
            self.cells.select(*_CELL, "value")
            .join(errors, on=_CELL, how="left", maintain_order="left")
            .select(*_CELL, value=pl.coalesce("true", "value"))
        )


def simulate(
    *,
    bodies: int,
    years: Iterable[int],
    seed: int,
    errors: Mapping[str, float] | None = None,
    out: str | os.PathLike[str] | None = None,
    forms: Forms | None = None,
) -> SimulatedCorpus:
    """A panel of reports from the model of ``docs/simulation.md``, with its truth. Every frame bears the mark 模拟.

    ``bodies`` fictional bodies (at most 188,298) report in each of the consecutive ``years`` from 2019. The same
    ``seed`` gives the same figures, byte for byte, and more bodies only add to those of fewer. ``errors`` maps kinds of
    filing errors to the share of reports that bear them where they are possible; by default those of
    ``simulation/data/parameters.toml``, ``{}`` for none. ``out`` names a folder for a data set, as ``Corpus.write``
    makes it; the truth goes to a folder beside it, named ``<out>-truth``. Memory for ``cells`` does not grow with the
    world: they lie in temporary files until they are asked for.

    ``problems`` has the rules within reports, between years and between bodies; hints from comparing all figures
    (``implausible``, ``boilerplate``) are left to ``gxtools.checks.check_corpus``.

    Raises ``ValueError`` naming the argument and what is allowed, ``CorpusError`` where ``out`` holds other things.
    """
    used = forms or shipped_forms()
    checked = _checked_years(years)
    known = parameters()
    rates = _checked_rates(known.numbers("errors") if errors is None else dict(errors))
    if isinstance(bodies, bool) or not isinstance(bodies, int) or not 1 <= bodies <= MOST_BODIES:
        raise ValueError(f"bodies: {bodies!r} is not possible; give a whole number from 1 to {MOST_BODIES}")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"seed: {seed!r} is no seed; give a whole number from 0")
    if out is not None:
        require_free(Path(out))
    plans = _plans(checked, used)
    blocks = (draw_block(number, size, checked, seed, rates, known, plans) for number, size in blocks_of(bodies))
    truths: list[tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]] = []

    def batches() -> Iterator[dict[str, pl.DataFrame]]:
        for several in _gathered(blocks):
            truths.append((bodies_of(several, known), errors_of(several, seed), must_see_of(several, seed)))
            frames = frames_of(several, seed, used)
            validate(frames)
            yield frames

    spool = Spool(batches())
    drawn, planted, must_see = (pl.concat(part) for part in zip(*truths, strict=True))
    truth = Truth(drawn, planted, must_see, known.frame())
    corpus = SimulatedCorpus(spool, used, truth)
    if out is not None:
        corpus.write(Path(out))
        truth.write(Path(f"{os.fspath(out)}-truth"))
    return corpus


def _gathered(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks of some thousand reports at once, which only bounds memory: each is drawn from its own seeds."""
    several: list[Block] = []
    for block in blocks:
        several.append(block)
        if sum(len(one.bodies) * len(one.years) for one in several) >= REPORTS_AT_ONCE:
            yield several
            several = []
    if several:
        yield several


def _plans(years: Sequence[int], forms: Forms) -> list[Plan]:
    plans: dict[str, Plan] = {}
    found = []
    for year in years:
        form = forms.for_year(year)
        assert form is not None
        found.append(plans.setdefault(form.id, Plan(form)))
    return found


def _checked_years(years: Iterable[int]) -> list[int]:
    found = sorted({int(year) for year in ([years] if isinstance(years, int) else years)})
    allowed = f"give consecutive years from {FIRST_YEAR} to {LAST_YEAR}, such as range(2019, 2026)"
    if not found:
        raise ValueError(f"years: none is given; {allowed}")
    if found[0] < FIRST_YEAR or found[-1] > LAST_YEAR or found != list(range(found[0], found[-1] + 1)):
        raise ValueError(f"years: {', '.join(map(str, found))} cannot be simulated; {allowed}")
    return found


def _checked_rates(rates: dict[str, float]) -> dict[str, float]:
    for kind, rate in rates.items():
        if kind not in KINDS:
            raise ValueError(f"errors: {kind!r} is no kind of error; there are {', '.join(KINDS)}")
        if not 0 <= rate <= 1:
            raise ValueError(f"errors: the rate {rate!r} of '{kind}' does not lie between 0 and 1")
    if sum(rates.values()) > 1 + 1e-9:
        raise ValueError(f"errors: the rates add up to {sum(rates.values()):.3f}; a report bears one error at most")
    return rates
