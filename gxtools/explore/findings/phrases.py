"""Phrases of findings in Chinese and English: whose figure it is, its share, its interval."""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from gxtools.corpus import Corpus
from gxtools.measures import measure


class Told(NamedTuple):
    """A row of ``measure`` of one year, and whose it is in both languages."""

    row: dict[str, Any]
    zh: str
    en: str


def newest(corpus: Corpus, id: str, definition: str | None = None) -> Told | None:
    """The value of the newest year that has one, of all its bodies together; none where no year has."""
    rates = measure(corpus, id, ["year"], definition).drop_nulls(["year", "value"])
    return None if rates.is_empty() else told(corpus, rates.sort("year").row(-1, named=True))


def told(corpus: Corpus, row: dict[str, Any]) -> Told:
    """``row`` of ``year`` and ``bodies`` with the name of its body, or how many there are."""
    year, bodies = row["year"], row["bodies"]
    # Where another body reports too, or one without a name, nothing here says whose figure entered.
    names = corpus.reports.filter((pl.col("year") == year) & pl.col("error").is_null())["agency"].unique().to_list()
    if bodies == 1 and len(names) == 1 and names[0] is not None:
        return Told(row, f"{names[0]} {year} 年", f"{names[0]} in {year}")
    if bodies == 1:
        return Told(row, f"{year} 年 1 个机构", f"In {year}, 1 body")
    return Told(row, f"{year} 年 {bodies} 个机构合计", f"In {year}, {bodies} bodies together")


def percent(share: float) -> str:
    """A share as a percentage, two digits behind the point where one would show none of it."""
    return f"{share:.1%}" if share == 0 or share >= 0.001 else f"{share:.2%}"


def count(number: float) -> str:
    """A count with separators, its decimals kept where it has any."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


def interval(row: dict[str, Any]) -> tuple[str, str]:
    """The 95 % interval of a share in brackets, nothing where there is none."""
    if row["low"] is None:
        return "", ""
    low, high = percent(row["low"]), percent(row["high"])
    return f"（95% 区间 {low} 至 {high}）", f" (95% interval {low} to {high})"
