"""The simulated world: identities hold, planted errors are seen, draws follow the model, a seed gives the same."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import gxtools as gx
from gxtools.checks import check_corpus, check_reports
from gxtools.forms import forms
from gxtools.simulation import ERROR_KINDS, SimulatedCorpus, parameters, world
from gxtools.simulation.bodies import block_of
from gxtools.simulation.framing import bodies_of
from gxtools.simulation.panel import draw_block
from gxtools.simulation.requests import expected, practice, requests

YEARS = range(2019, 2025)
RULES = (
    *("balance", "handled_sum", "applicant_sum", "dispute_sum", "carry_over", "stock_flow", "parent_sum"),
    *("sign", "blank_cell", "repeated_figure"),
)
_DOWN, _ALONG = ("balance", "handled_sum", "carry_over"), ("applicant_sum", "dispute_sum", "stock_flow")
_INSTANCE = ["report", "rule", "line", "column"]


@pytest.fixture(scope="module")
def sound() -> SimulatedCorpus:
    return gx.simulate(bodies=150, years=YEARS, seed=3, errors={})


@pytest.fixture(scope="module")
def faulty() -> SimulatedCorpus:
    """Errors are planted often, so that every kind is there."""
    return gx.simulate(bodies=300, years=YEARS, seed=4, errors=dict.fromkeys(ERROR_KINDS, 0.04))


def all_problems(corpus: gx.Corpus) -> pl.DataFrame:
    """What every check says of all reports, however the world itself looked."""
    within = check_reports(corpus.reports, corpus.cells, corpus.claims, corpus.sections, corpus.forms)
    return pl.concat([within, check_corpus(corpus.reports, corpus.cells.lazy(), corpus.sections.lazy(), corpus.forms)])


def instances(problems: pl.DataFrame) -> pl.DataFrame:
    down, along = pl.col("rule").is_in(_DOWN), pl.col("rule").is_in(_ALONG)
    return problems.select(
        "report",
        "rule",
        line=pl.when(~down).then("line"),
        column=pl.when(~along).then("column"),
    ).unique()


def test_every_identity_holds_where_no_error_was_planted(sound: SimulatedCorpus) -> None:
    assert sound.truth.errors.is_empty()
    loud = all_problems(sound).filter(pl.col("rule").is_in(RULES) & (pl.col("rule") != "repeated_figure"))
    assert loud.is_empty()


def test_each_rule_had_something_to_hold(sound: SimulatedCorpus) -> None:
    totals = sound.cells.filter((pl.col("column") == "total") & (pl.col("value") > 0))["line"].unique().to_list()
    assert {"received", "carried_in", "carried_out", "handled", "reconsideration"} <= set(totals)
    assert sound.truth.bodies["consolidated"].any()


def test_the_rules_see_exactly_what_the_figures_break(faulty: SimulatedCorpus) -> None:
    said = all_problems(faulty).filter((pl.col("severity") != "notice") & pl.col("rule").is_in(RULES))
    assert_frame_equal(instances(said), instances(faulty.truth.must_see), check_row_order=False)


def test_every_kind_is_planted_and_every_error_is_seen(faulty: SimulatedCorpus) -> None:
    errors = faulty.truth.errors
    assert set(errors["kind"]) == set(ERROR_KINDS)
    loud = all_problems(faulty).filter(pl.col("severity") != "notice")
    assert errors.join(loud, on="report", how="anti").is_empty()


def test_problems_are_those_that_the_checks_find_in_all_reports(faulty: SimulatedCorpus) -> None:
    by_comparison = ["implausible", "boilerplate"]
    every = all_problems(faulty).filter(~pl.col("rule").is_in(by_comparison))
    columns = [*_INSTANCE, "severity", "expected", "found", "message", "message_zh"]
    assert_frame_equal(faulty.problems.select(columns), every.select(columns), check_row_order=False)


def test_the_truth_is_what_would_stand_there(faulty: SimulatedCorpus) -> None:
    clean = gx.simulate(bodies=300, years=YEARS, seed=4, errors={})
    assert_frame_equal(faulty.true_cells, clean.cells.select(faulty.true_cells.columns))
    key = ["report", "table", "line", "column"]
    differing = faulty.cells.join(clean.cells.select(*key, true="value"), on=key).filter(
        pl.col("value").ne_missing(pl.col("true"))
    )
    assert_frame_equal(
        differing.select(*key, "true", printed="value"),
        faulty.truth.errors.select(*key, "true", "printed"),
        check_row_order=False,
    )


def test_an_error_is_planted_at_its_rate_where_it_is_possible() -> None:
    blank = gx.simulate(bodies=400, years=YEARS, seed=8, errors={"blank_for_zero": 0.25})
    planted, reports = blank.truth.errors["report"].n_unique(), len(blank)
    assert abs(planted - 0.25 * reports) < 4.5 * math.sqrt(reports * 0.25 * 0.75)


def test_received_follows_its_law() -> None:
    """Given each body's size, counts are negative binomial: their mean and variance are known exactly."""
    known = parameters()
    block = [body for number in range(40) for body in block_of(number)]
    random = np.random.default_rng(5)
    work = practice(block, known, random)
    drawn = requests(work, list(YEARS), known, random)
    mean = expected(work.log_size, list(YEARS), known)
    counts = drawn.received.sum(axis=2)
    small = mean < 2_000
    spread = known.number("over_dispersion")
    variance = mean + spread * mean**2
    assert abs((counts - mean)[small].sum()) < 4.5 * math.sqrt(variance[small].sum())
    square = ((counts - mean) ** 2 / variance)[small & (mean > 5)]
    # The fourth moment of the law is near the normal one where more than five are expected.
    assert abs(square.mean() - 1) < 4.5 * math.sqrt(4 / square.size)


def test_shares_follow_their_law() -> None:
    known = parameters()
    block = [body for number in range(60) for body in block_of(number)]
    work = practice(block, known, np.random.default_rng(6))
    for id, shares in (("applicants", work.applicants), ("outcomes", work.outcomes)):
        mean = np.array(list(known.numbers(id).values()))
        mean = mean / mean.sum()
        variance = mean * (1 - mean) / (known.number(f"{id}_concentration") + 1)
        # Rare shares are far from normal: of those only the order of magnitude could be told.
        common = mean > 0.02
        off = np.abs(shares.mean(axis=0) - mean) / np.sqrt(variance / len(block))
        assert (off[common] < 4.5).all()


def test_litigation_follows_refusals(sound: SimulatedCorpus) -> None:
    """Cases are binomial in the refusals behind them: never more, and in the year at their rate."""
    wide = sound.cells.filter((pl.col("column") == "total") & pl.col("table").is_in(["requests", "disputes"]))
    by_report = wide.group_by("report").agg(
        refused=pl.col("value").filter(pl.col("line").str.contains("^(denied|unavailable|unprocessed)_")).sum(),
        first=pl.col("value").filter(pl.col("line") == "reconsideration").sum(),
        direct=pl.col("value").filter(pl.col("line") == "litigation_direct").sum(),
        after=pl.col("value").filter(pl.col("line") == "litigation_after_reconsideration").sum(),
    )
    assert by_report.filter(pl.col("first") + pl.col("direct") > pl.col("refused")).is_empty()
    assert by_report.filter(pl.col("after") > pl.col("first")).is_empty()


def test_the_breaks_of_2019_and_2021(sound: SimulatedCorpus) -> None:
    cells = sound.cells.join(sound.reports.select("report", "year", printed_form="form"), on="report")
    assert set(cells.filter(pl.col("year") < 2021)["form"]) == {"2019"}
    assert set(cells.filter(pl.col("year") >= 2021)["form"]) == {"2021"}
    sums = (
        cells.filter((pl.col("table") == "requests") & (pl.col("column") == "total"))
        .group_by("year")
        .agg(
            new=pl.col("value").filter(pl.col("line").str.starts_with("unprocessed_")).sum(),
            handled=pl.col("value").filter(pl.col("line") == "handled").sum(),
        )
    )
    share = {row["year"]: row["new"] / row["handled"] for row in sums.iter_rows(named=True)}
    assert share[2019] < 0.85 * share[2020]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        gx.simulate(bodies=60, years=YEARS, seed=9, out=tmp_path / name)
    for folder in ("{}", "{}-truth"):
        names = sorted(path.name for path in (tmp_path / folder.format("one")).iterdir())
        assert names
        for name in names:
            one, two = ((tmp_path / folder.format(which) / name).read_bytes() for which in ("one", "two"))
            assert one == two, name
    assert not gx.simulate(bodies=60, years=YEARS, seed=10).cells.equals(gx.open_corpus(tmp_path / "one").cells)


def test_neither_chunks_nor_the_number_of_bodies_change_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = gx.simulate(bodies=150, years=YEARS, seed=3)
    monkeypatch.setattr(world, "REPORTS_AT_ONCE", 1)
    for name, frame in gx.simulate(bodies=150, years=YEARS, seed=3).frames.items():
        assert_frame_equal(frame, whole.frames[name])
    fewer = gx.simulate(bodies=20, years=YEARS, seed=3, errors={})
    more = gx.simulate(bodies=150, years=YEARS, seed=3, errors={})
    assert_frame_equal(fewer.cells, more.cells.join(fewer.reports, on="report", how="semi", maintain_order="left"))


def test_the_bodies_frame_names_each_body_once() -> None:
    known = parameters()
    plans = world._plans(list(YEARS), forms())
    block = draw_block(0, 41, list(YEARS), 1, {}, known, plans)
    bodies = bodies_of([block], known)
    assert bodies["agency"].n_unique() == bodies.height == len(block.bodies)
    assert bodies["agency"].str.starts_with("模拟").all()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"bodies": 0}, "bodies: 0 is not possible; give a whole number from 1 to"),
        ({"bodies": 10**9}, "whole number from 1 to"),
        ({"years": []}, "years: none is given; give consecutive years from 2019"),
        ({"years": [2018, 2019]}, "years: 2018, 2019 cannot be simulated; give consecutive years from 2019"),
        ({"years": [2019, 2021]}, "consecutive years"),
        ({"seed": -1}, "seed: -1 is no seed"),
        ({"errors": {"typo": 0.1}}, "errors: 'typo' is no kind of error; there are received_with_carried_in"),
        ({"errors": {"blank_for_zero": 2}}, "does not lie between 0 and 1"),
        ({"errors": dict.fromkeys(ERROR_KINDS, 0.5)}, "the rates add up to"),
    ],
)
def test_a_bad_argument_is_told_with_what_there_is(wrong: dict[str, object], told: str) -> None:
    given = {"bodies": 5, "years": [2021], "seed": 1} | wrong
    with pytest.raises(ValueError, match=re.escape(told)):
        gx.simulate(**given)  # type: ignore[arg-type]


def test_a_world_is_named_by_what_it_is() -> None:
    one, again, other = (gx.simulate(bodies=5, years=[2022], seed=seed).id for seed in (1, 1, 2))
    assert one == again != other
