"""Fits what the simulated world takes from real figures, and prints each parameter with the number that it rests on.

    python scripts/fit_simulation.py FOLDER

FOLDER holds stated_figures.csv: figures of pages that were met, no sample. What is printed here was copied, rounded,
into ``gxtools/simulation/data/parameters.toml``, which says of each parameter whether it was fitted.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy
import polars as pl
from scipy.optimize import minimize
from scipy.special import gammaln, logsumexp

FIRST_YEAR = 2019
APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organization")
GROUPS = ("granted", "partly_granted", "denied", "unavailable", "unprocessed", "other")
_NODES, _WEIGHTS = numpy.polynomial.hermite_e.hermegauss(60)


def poisson_lognormal(counts: numpy.ndarray) -> tuple[float, float]:
    """Maximum likelihood of mu and sigma where counts are Poisson with a log-normal mean (Aitchison and Ho 1989)."""

    def loss(parameters: numpy.ndarray) -> float:
        mu, sigma = parameters[0], numpy.exp(parameters[1])
        rate = mu + sigma * _NODES[None, :]
        log = counts[:, None] * rate - numpy.exp(rate) - gammaln(counts + 1)[:, None] + numpy.log(_WEIGHTS)[None, :]
        return -float(logsumexp(log, axis=1).sum())

    positive = numpy.log(counts[counts > 0])
    found = minimize(loss, [positive.mean() - 1, numpy.log(positive.std())], method="Nelder-Mead")
    return float(found.x[0]), float(numpy.exp(found.x[1]))


def of_subject(figures: pl.DataFrame, subject: str) -> pl.DataFrame:
    """One row an agency and year that states the subject once: its ``agency``, ``level``, ``year``, ``value``."""
    return (
        figures.filter((pl.col("subject") == subject) & (pl.col("year") >= FIRST_YEAR))
        .select("agency", "level", "year", pl.col("value").cast(pl.Float64))
        .unique(["agency", "year"], keep="none", maintain_order=True)
    )


def together(figures: pl.DataFrame, subjects: dict[str, str]) -> pl.DataFrame:
    """Body-years that state all subjects, a column each under its short name."""
    frames = [of_subject(figures, subject).rename({"value": name}) for name, subject in subjects.items()]
    found = frames[0]
    for frame in frames[1:]:
        found = found.join(frame.drop("level"), on=["agency", "year"])
    return found


def print_sizes(figures: pl.DataFrame) -> None:
    """Sizes: one year a body, so that a body with a long series weighs no more than another."""
    received = of_subject(figures, "requests.received.total").sort("agency", "year")
    once = received.unique("agency", keep="last", maintain_order=True)
    for (level,), own in once.group_by("level", maintain_order=True):
        if own.height >= 20:
            counts = own["value"].round().to_numpy()
            mu, sigma = poisson_lognormal(counts)
            print(f"size {level}: mu {mu:.2f}, sigma {sigma:.2f}, n = {own.height}, none {numpy.mean(counts == 0):.2f}")
    pairs = received.join(
        received.select("agency", pl.col("year") + 1, before="value"), on=["agency", "year"], how="inner"
    )
    grown = pairs["value"].sum() / pairs["before"].sum()
    large = pairs.filter((pl.col("value") >= 20) & (pl.col("before") >= 20))
    logs = (large["value"] / large["before"]).log()
    # The variance of the difference of two logarithms, less that of two Poisson counts, halved.
    noise = float((1 / large["value"] + 1 / large["before"]).mean())
    half = (float((logs.quantile(0.75) - logs.quantile(0.25)) / 1.349) ** 2 - noise) / 2
    print(
        f"growth: pooled {grown:.3f} a year (n = {pairs.height} pairs), median {logs.median():.3f} (n = {large.height})"
    )
    print(f"over-dispersion: {half:.3f} (n = {large.height} pairs of at least 20 requests)")


def print_applicants(figures: pl.DataFrame) -> None:
    """Who asks: pooled over body-years that state all six columns, and over those that state natural persons."""
    six = together(figures, {c: f"requests.received.{c}" for c in APPLICANTS})
    total = sum(six[c].sum() for c in APPLICANTS)
    print(
        "applicants:",
        {c: round(six[c].sum() / total, 4) for c in APPLICANTS},
        f"n = {six.height}, {total:.0f} requests",
    )
    two = together(figures, {"person": "requests.received.natural_person", "all": "requests.received.total"})
    print(f"natural persons: {two['person'].sum() / two['all'].sum():.4f}, n = {two.height}")


def print_outcomes(figures: pl.DataFrame) -> None:
    """Outcomes by group and within groups."""
    six = together(figures, {g: f"requests.{g}.total" for g in GROUPS})
    total = sum(six[g].sum() for g in GROUPS)
    print("outcomes:", {g: round(six[g].sum() / total, 4) for g in GROUPS}, f"n = {six.height}, {total:.0f} handled")
    shares = six.select(
        [(pl.col(g) / pl.sum_horizontal(GROUPS)).alias(g) for g in GROUPS] + [pl.sum_horizontal(GROUPS).alias("n")]
    ).filter(pl.col("n") >= 30)
    print(
        "spread of outcomes:",
        {g: (round(shares[g].mean(), 3), round(shares[g].std(), 3)) for g in GROUPS},
        f"n = {shares.height}",
    )
    for group in ("denied", "unavailable", "unprocessed", "other"):
        lines = sorted(
            {s for s in figures["subject"].drop_nulls() if s.startswith(f"requests.{group}_") and s.endswith(".total")}
        )
        sums = {s.split(".")[1]: (of_subject(figures, s)["value"].sum(), of_subject(figures, s).height) for s in lines}
        print(f"within {group}:", sums)


def print_flow(figures: pl.DataFrame) -> None:
    """Carried over, of all that were open in the year."""
    flow = together(
        figures,
        {"in": "requests.carried_in.total", "received": "requests.received.total", "out": "requests.carried_out.total"},
    )
    for low, high in ((0, 1e9), (0, 99), (100, 1e9)):
        part = flow.filter(pl.col("received").is_between(low, high))
        open_sum = part["in"].sum() + part["received"].sum()
        print(
            f"carried over ({low} to {high:.0f} received) {part['out'].sum() / open_sum:.4f} of open, n = {part.height}"
        )


def print_disputes(figures: pl.DataFrame) -> None:
    """Disputes per request before and from 2024, and their results."""
    found = together(
        figures, {"requests": "requests.received.total", "reconsideration": "disputes.reconsideration.total"}
    ).filter(pl.col("requests") >= 50)
    suits = together(
        figures, {"requests": "requests.received.total", "litigation": "disputes.litigation.total"}
    ).filter(pl.col("requests") >= 50)
    for name, frame in (("reconsideration", found), ("litigation", suits)):
        for late in (False, True):
            part = frame.filter((pl.col("year") >= 2024) == late)
            print(
                f"{name} {'from' if late else 'before'} 2024: {1000 * part[name].sum() / part['requests'].sum():.1f}"
                f" per 1,000 requests, n = {part.height}"
            )
    for block in ("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration"):
        results = {
            r: of_subject(figures, f"disputes.{block}.{r}")
            for r in ("upheld", "corrected", "other", "pending", "total")
        }
        print(f"{block}:", {r: (f["value"].sum(), f.height) for r, f in results.items()})


def print_proactive(figures: pl.DataFrame) -> None:
    """Documents and decisions by level."""
    for subject in sorted({s for s in figures["subject"].drop_nulls() if s.startswith("proactive.")}):
        for (level,), own in (
            of_subject(figures, subject)
            .unique("agency", keep="last", maintain_order=True)
            .group_by("level", maintain_order=True)
        ):
            if own.height >= 10:
                positive = own["value"].filter(own["value"] > 0)
                logs = positive.log()
                spread = f"log mean {logs.mean():.2f}, log sd {logs.std():.2f}" if positive.len() > 3 else ""
                print(
                    f"{subject} {level}: n = {own.height}, none {(own['value'] == 0).mean():.2f}, "
                    f"mean {own['value'].mean():.1f}, {spread}"
                )


def main() -> None:
    folder = Path(sys.argv[1])
    figures = pl.read_csv(folder / "stated_figures.csv", infer_schema_length=None)
    for part in (print_sizes, print_applicants, print_outcomes, print_flow, print_disputes, print_proactive):
        part(figures)


if __name__ == "__main__":
    main()
