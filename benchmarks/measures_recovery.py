"""What measures and models find of simulated worlds whose truth is known: bias, its Monte Carlo error, and coverage.

    python benchmarks/measures_recovery.py --worlds 24

Each world is ``gx.simulate(bodies=700, years=2019 to 2025, seed=…)`` without filing errors; with ``--errors`` those of
the simulation are planted, and what they do to a measure is seen. Only bodies that report their own requests enter
(departments and townships): a consolidated report counts its bodies' requests again. The truth is worked out from the
parameters of the simulation, for the model with body effects from the expected counts of the very bodies of each world.
Bias is the mean of estimate less truth over worlds, its error the standard deviation over worlds / sqrt(worlds).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import polars as pl
from scipy.stats import beta, gamma

import gxtools as gx
from gxtools import measures
from gxtools.forms import Forms
from gxtools.measures.body_effects import fitted_effects
from gxtools.simulation.parameters import Parameters, parameters

YEARS = range(2019, 2026)
BODIES = 700
NEW_GROUNDS = ("denied_internal_affairs", "denied_deliberative", "denied_enforcement_file", "denied_inquiry")
REFUSED = ("denied_", "unavailable_", "unprocessed_")


@dataclass(frozen=True)
class Part:
    """The reports of some bodies of a world."""

    reports: pl.DataFrame
    cells: pl.DataFrame
    problems: pl.DataFrame
    forms: Forms

    def years(self, first: int) -> Part:
        return Part(self.reports.filter(pl.col("year") >= first), self.cells, self.problems, self.forms)


@dataclass
class Told:
    """What was found of one question: errors by world, and how often limits held the truth."""

    errors: dict[int, list[float]] = field(default_factory=dict)
    held: int = 0
    asked: int = 0
    truths: list[float] = field(default_factory=list)


Found = tuple[str, float, float | None, float | None, float | None]


def own(world: gx.Corpus) -> Part:
    reports = world.reports.filter((pl.col("kind") == "department") | (pl.col("level") == "township"))
    cells = world.cells.join(reports.select("report"), on="report", how="semi", maintain_order="left")
    return Part(reports, cells, world.problems, world.forms)


def outcome_shares(year: int, known: Parameters) -> dict[str, float]:
    """The mean shares of the outcomes over bodies: what is granted declines, but not below nothing left to deny."""
    shares = known.numbers("outcomes")
    whole = sum(shares.values())
    strength = known.number("outcomes_concentration")
    shares = {name: share / whole for name, share in shares.items()}
    factor = exp(-known.number("granted_decline") * (year - known.number("reference_year")))
    a, b = strength * shares["granted"], strength * shares["unavailable_not_held"]
    both = shares["granted"] + shares["unavailable_not_held"]
    # E min(f B, 1) with B = granted / both ~ Beta(a, b).
    part = factor * a / (a + b) * beta.cdf(1 / factor, a + 1, b) + beta.sf(1 / factor, a, b)
    shares |= {"granted": both * part, "unavailable_not_held": both * (1 - part)}
    if year == 2019:
        old = known.number("old_regulation_2019")
        moved = {n: shares[n] * old for n in shares if n in NEW_GROUNDS or n.startswith("unprocessed_")}
        shares |= {name: shares[name] - share for name, share in moved.items()}
        shares["other_other"] += sum(moved.values())
    return shares


def truths(year: int, known: Parameters) -> dict[tuple[str, str | None, str | None], float]:
    """The truth of measures by id, definition and line."""
    shares = outcome_shares(year, known)

    def of(*starts: str) -> float:
        return sum(share for name, share in shares.items() if name.startswith(starts))

    period = "from_2024" if year >= 2024 else "before_2024"
    rate = known.numbers("reconsideration")[period]
    shape = known.number("reconsideration_spread")
    # E min(1, r f) with f ~ Gamma(shape, 1 / shape).
    first = rate * gamma.cdf(1 / rate, shape + 1, scale=1 / shape) + gamma.sf(1 / rate, shape, scale=1 / shape)
    direct = (1 - first) * known.numbers("litigation_direct")[period]
    after = first * known.numbers("litigation_after_reconsideration")[period]
    refused = of(*REFUSED)
    kept, growth = known.number("carried_over"), exp(-known.number("growth"))
    people = known.numbers("applicants")
    told: dict[tuple[str, str | None, str | None], float] = {
        ("disclosure_rate", None, None): of("granted", "partly_granted"),
        ("denial_rate", None, None): of("denied_"),
        ("unavailable_rate", None, None): of("unavailable_"),
        ("unprocessed_rate", None, None): of("unprocessed_"),
        ("other_rate", None, None): of("other_"),
        ("natural_person_share", None, None): people["natural_person"] / sum(people.values()),
        ("backlog_rate", None, None): kept / (1 + kept * growth),
        ("clearance_rate", None, None): 1 - kept / (1 + kept * growth),
        ("reconsideration_per_1000", "of_handled", None): 1000 * refused * first,
        ("reconsideration_per_1000", "of_refused", None): 1000 * first,
        ("litigation_per_1000", "of_handled", None): 1000 * refused * (direct + after),
        ("litigation_per_1000", "of_refused", None): 1000 * (direct + after),
        ("after_reconsideration_share", None, None): after / (direct + after),
    }
    for line in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        results = known.numbers("reconsideration_results" if line == "reconsideration" else "litigation_results")
        whole = sum(results.values())
        told["correction_rate", None, line] = results["corrected"] / (whole - results["pending"])
        told["pending_share", None, line] = results["pending"] / whole
    return told


def of_measures(part: Part, known: Parameters) -> Iterator[Found]:
    wanted = {year: truths(year, known) for year in YEARS}
    for id, definition, line in wanted[2023]:
        frame = gx.measure(part, id, ["year", "line"] if line else ["year"], definition)
        for row in frame.filter(line=line).to_dicts() if line else frame.to_dicts():
            name = ", ".join(text for text in (id, definition, line) if text)
            yield f"`{name}`, by year", wanted[row["year"]][id, definition, line], row["value"], row["low"], row["high"]
    change = measures.differences(part, "reconsideration_per_1000", definition="of_refused").filter(year=2024)
    row, key = change.row(0, named=True), ("reconsideration_per_1000", "of_refused", None)
    truth = wanted[2024][key] - wanted[2023][key]
    yield "`differences`: reconsiderations of 1,000 refusals, 2024", truth, row["difference"], row["low"], row["high"]
    for row in measures.composition(part, "outcomes", ["year"]).filter(year=2023).to_dicts():
        truth = wanted[2023].get((row["line"], None, None), outcome_shares(2023, known)[row["line"]])
        yield "`composition`: each of 21 outcomes, 2023", truth, row["share"], row["low"], row["high"]
    for row in measures.requester_odds(part).to_dicts():
        yield "`requester_odds`, by year", 1.0, row["odds_ratio"], row["low"], row["high"]


def of_bodies(part: Part, bodies: pl.DataFrame, known: Parameters) -> Iterator[Found]:
    last = Part(part.reports.filter(pl.col("year") == 2023), part.cells, part.problems, part.forms)
    true = bodies.select("agency", truth=pl.col("outcomes.granted") + pl.col("outcomes.partly_granted"))
    alone = gx.measure(last, "disclosure_rate", ["agency"]).join(true, on="agency").filter(pl.col("denominator") > 0)
    for row in alone.to_dicts():
        size = "30 handled and more" if row["denominator"] >= 30 else "fewer than 30 handled"
        yield f"`wilson`: a body's own share, 2023, {size}", row["truth"], row["value"], row["low"], row["high"]
    strength = known.number("outcomes_concentration")
    fitted = measures.shrunken(last, "disclosure_rate", within=["year"]).join(true, on="agency")
    row = fitted.row(0, named=True)
    mean = truths(2023, known)["disclosure_rate", None, None]
    yield "`shrunken`: mean of the group", mean, row["group_mean"], None, None
    yield "`shrunken`: strength of the group", strength, row["group_strength"], None, None
    for row in fitted.to_dicts():
        yield "`shrunken`: a body's own share, 2023", row["truth"], row["shrunken"], row["low"], row["high"]
    spread = measures.dirichlet(last, "outcomes").to_dicts()
    yield "`dirichlet`: strength", strength, spread[0]["strength"], None, None
    shares = outcome_shares(2023, known)
    for row in spread:
        yield "`dirichlet`: each of 21 shares", shares[row["line"]], row["share"], None, None
    names = {name: f"outcomes.{name}" for name in shares}
    long = bodies.select("agency", **{name: pl.col(of) for name, of in names.items()}).unpivot(
        index="agency", variable_name="line", value_name="truth"
    )
    for interval in ("goodman", "clopper_pearson"):
        limits = measures.composition_intervals(last, "outcomes", ["agency"], interval=interval)
        outside = ~pl.col("truth").is_between("low", "high")
        each = limits.join(long, on=["agency", "line"]).drop_nulls("low").group_by("agency", "whole").agg(outside.any())
        for _, whole, missed in each.rows():
            size = "30 handled and more" if whole >= 30 else "fewer than 30 handled"
            yield f"`{interval}`: all 21 shares of a body at once, {size}", 0.0, float(missed), 0.0, 0.0
    flows = measures.waiting(part, ["report"])
    same = pl.col("received") - pl.col("carried_out")
    holds = flows.select(same.is_between("same_year_low", "same_year_high") & (pl.col("over_a_year_low") == 0))
    for held in holds.to_series().drop_nulls():
        yield "`waiting`: closed in the same year", 0.0, float(not held), 0.0, 0.0


def expected_counts(bodies: pl.DataFrame, first: int, lines: tuple[str, ...], known: Parameters) -> pl.DataFrame:
    """What the bodies would report if nothing came by chance: ``numerator`` of ``denominator`` by body and year."""
    growth, decline = known.number("growth"), known.number("granted_decline")
    both = pl.col("outcomes.granted") + pl.col("outcomes.unavailable_not_held")
    parts = []
    for year in range(first, YEARS[-1] + 1):
        since = year - known.number("reference_year")
        granted = pl.min_horizontal(pl.col("outcomes.granted") * exp(-decline * since), both)
        moved = known.number("old_regulation_2019") if year == 2019 else 0.0
        share: pl.Expr = pl.lit(0.0)
        for line in lines:
            is_new = line in NEW_GROUNDS or line.startswith("unprocessed_")
            share = share + (granted if line == "granted" else pl.col(f"outcomes.{line}") * (1 - moved * is_new))
        size = pl.col("expected") * exp(growth * since)
        parts.append(
            bodies.select(body="agency", year=pl.lit(year, pl.Int32), numerator=size * share, denominator=size)
        )
    return pl.concat(parts)


def of_models(part: Part, bodies: pl.DataFrame, known: Parameters) -> Iterator[Found]:
    denied = tuple(name for name in known.numbers("outcomes") if name.startswith("denied_"))
    asked = (("disclosure_rate", 2019, ("granted", "partly_granted")), ("denial_rate", 2020, denied))
    for id, first, lines in asked:
        counts = expected_counts(bodies, first, lines, known).with_columns(
            trend=pl.col("year").cast(pl.Float64) - (first + YEARS[-1]) / 2,
            level=(pl.col("year") >= 2021).cast(pl.Float64),
        )
        truth = fitted_effects(counts, ["trend", "level"]).estimates
        for place, row in enumerate(measures.trend(part.years(first), id).to_dicts()):
            name = f"`trend` of {id} from {first}: {row['term']}"
            yield name, truth[place], row["log_odds"], row["low"], row["high"]
    for id, first in (("natural_person_share", 2019), ("denial_rate", 2020)):
        found = measures.change_points(part.years(first), id)["found"].any()
        yield f"`change_points` of {id} from {first}: none there, any found", 0.0, float(found), None, None
    found = measures.change_points(part, "unprocessed_rate").filter(pl.col("found"))["year"].to_list()
    yield "`change_points` of unprocessed_rate: new law of 2019, found in 2020", 1.0, float(2020 in found), None, None
    yield "`change_points` of unprocessed_rate: another found too", 0.0, float(len(found) > 1), None, None


def recovered(worlds: range, with_errors: bool, bodies: int = BODIES) -> dict[str, Told]:
    """What was found of every question, by its name."""
    known = parameters()
    told: dict[str, Told] = {}
    for seed in worlds:
        world = gx.simulate(bodies=bodies, years=YEARS, seed=seed, errors=None if with_errors else {})
        part = own(world)
        there = world.truth.bodies.join(part.reports.select("agency").unique(), on="agency", how="semi")
        for named in (of_measures(part, known), of_bodies(part, there, known), of_models(part, there, known)):
            for name, truth, estimate, low, high in named:
                question = told.setdefault(name, Told())
                question.truths.append(truth)
                if estimate is None:
                    continue
                question.errors.setdefault(seed, []).append(estimate - truth)
                if low is not None and high is not None:
                    question.asked += 1
                    question.held += low - 1e-12 <= estimate <= high + 1e-12 if low == high else low <= truth <= high
        print(f"world {seed} is done", file=sys.stderr)
    return told


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=24)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    print("| what | truth | bias | error of bias | limits hold the truth |\n|---|---|---|---|---|")
    for name, question in recovered(range(1, 1 + options.worlds), options.errors).items():
        means = pl.Series([sum(errors) / len(errors) for errors in question.errors.values()])
        low, high = min(question.truths), max(question.truths)
        truth = f"{low:.4g}" if high - low < 1e-4 * abs(high) + 1e-12 else f"{low:.3g} to {high:.3g}"
        held = f"{100 * question.held / question.asked:.1f} % of {question.asked:,}" if question.asked else ""
        error = float(means.std() or 0) / len(means) ** 0.5
        print(f"| {name} | {truth} | {means.mean():+.4f} | {error:.4f} | {held} |")


if __name__ == "__main__":
    main()
