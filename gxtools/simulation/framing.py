"""Blocks -> the declared frames of a corpus, and the frames of their truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from gxtools.checks import check_reports
from gxtools.checks.parents import check_parents
from gxtools.checks.years import check_years
from gxtools.forms import Form, Forms
from gxtools.frames import SCHEMAS, frame
from gxtools.marks import SIMULATED_ID, SIMULATED_TEXT
from gxtools.simulation.bodies import SimulatedBody
from gxtools.simulation.panel import Block
from gxtools.simulation.parameters import Parameters

NOTE = "模拟数据，并非真实报告 Simulated data, no real report"
_WHOLE = {"county": "全县", "prefecture": "全市"}

ERRORS = {
    "report": pl.String(),
    "kind": pl.String(),
    "table": pl.String(),
    "line": pl.String(),
    "column": pl.String(),
    "true": pl.Float64(),
    "printed": pl.Float64(),
}
MUST_SEE = {"report": pl.String(), "rule": pl.String(), "line": pl.String(), "column": pl.String()}


def report_id(seed: int, block: int, body: int, year: int) -> str:
    """The id of a report: it bears the mark, and names the draw that it comes from."""
    return f"{SIMULATED_ID}{seed}-{block:05}-{body:02}-{year}"


def overview(body: SimulatedBody, whole: bool, year: int) -> str:
    """The prose under the first heading: the mark, and whether the report counts all bodies below; no figures."""
    if whole:
        told = f"本报告由各部门、各乡镇汇总编制，{_WHOLE[body.level]}各部门收到的政府信息公开申请均已计入。"
    else:
        told = "本报告所列数据为本机关数据。"
    return f"{NOTE}。{year}年，{told}"


def frames_of(blocks: Sequence[Block], seed: int, forms: Forms) -> dict[str, pl.DataFrame]:
    """The six frames, in the order of blocks, years and bodies."""
    frames = {name: frame(name, []) for name in ("extras", "claims")}
    frames["reports"] = frame("reports", list(_report_rows(blocks, seed)))
    frames["sections"] = frame("sections", list(_section_rows(blocks, seed)))
    frames["cells"] = pl.concat(_cells(blocks, seed))
    frames["problems"] = _problems(blocks, frames, seed, forms)
    return {name: frames[name] for name in SCHEMAS}


def _report_rows(blocks: Sequence[Block], seed: int) -> Iterator[tuple[Any, ...]]:
    for block in blocks:
        for year, plan in zip(block.years, block.plans, strict=True):
            for place, body in enumerate(block.bodies):
                published = date(year + 1, 3, 31) if body.kind == "government" else date(year + 1, 1, 31)
                yield (
                    report_id(seed, block.number, place, year),
                    *(body.agency, body.level, body.kind, body.province, body.region_code, year, plan.form.id),
                    *(published, f"{SIMULATED_TEXT}: seed {seed}, {body.agency}, {year}"),
                    *(None, SIMULATED_TEXT, None, None),
                )


def _section_rows(blocks: Sequence[Block], seed: int) -> Iterator[tuple[Any, ...]]:
    for block in blocks:
        whole = block.work.consolidated
        for year in block.years:
            for place, body in enumerate(block.bodies):
                id = report_id(seed, block.number, place, year)
                yield id, "overview", "一、总体情况", overview(body, bool(whole[place]), year), None


def _cells(blocks: Sequence[Block], seed: int) -> Iterator[pl.DataFrame]:
    """The cells of all reports, year by year within each block; those of one form in a row at once."""
    for block in blocks:
        for plan in dict.fromkeys(block.plans):
            of_form = [place for place, own in enumerate(block.plans) if own is plan]
            ids = [
                report_id(seed, block.number, body, block.years[year])
                for year in of_form
                for body in range(len(block.bodies))
            ]
            yield _cells_frame(ids, np.concatenate([block.printed[year].ravel() for year in of_form]), plan.form)


def _cells_frame(ids: list[str], values: np.ndarray[Any, np.dtype[np.float64]], form: Form) -> pl.DataFrame:
    skeleton = _skeleton(form)
    size = skeleton.height
    value = pl.Series("value", values).fill_nan(None)
    again = skeleton[np.tile(np.arange(size), len(ids))]
    report = pl.Series("report", ids)[np.repeat(np.arange(len(ids)), size)]
    return (
        again.with_columns(report, value)
        .with_columns(
            state=pl.when(pl.col("value").is_null()).then(pl.lit("blank")).otherwise(pl.lit("printed")),
            raw=printed_characters(),
        )
        .select(list(SCHEMAS["cells"]))
    )


def printed_characters() -> pl.Expr:
    """What the writer prints for ``value`` in ``unit``; an amount whose column prints no unit has 万元 behind it."""
    value = pl.col("value")
    whole = value.cast(pl.Int64).cast(pl.String)
    exact = pl.when(value == value.round()).then(whole).otherwise(value.cast(pl.String))
    money = pl.when(pl.col("line") == "procurement").then(pl.concat_str(exact, pl.lit("万元"))).otherwise(exact)
    return pl.when(pl.col("unit") == "count").then(whole).otherwise(money).fill_null("")


@lru_cache(maxsize=8)
def _skeleton(form: Form) -> pl.DataFrame:
    rows = [(form.id, *cell, None, "simulated") for cell in form.cells]
    schema = {name: SCHEMAS["cells"][name] for name in ("form", "table", "line", "column", "unit", "where", "evidence")}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _problems(blocks: Sequence[Block], frames: dict[str, pl.DataFrame], seed: int, forms: Forms) -> pl.DataFrame:
    """What the checks find. Only reports that were changed or break a rule are looked at: the others hold by design,
    as the tests of this package show for every rule.
    """
    reports, cells = frames["reports"], frames["cells"]
    places = {(b, p.body, p.year) for b in blocks for p in b.planted}
    places |= {(b, body, year) for b in blocks for body, year, *_ in b.broken}
    if not places:
        return frame("problems", [])
    # What a report carries over is held against the next one.
    around = {(b, body, year + by) for b, body, year in places for by in (-1, 0, 1) if 0 <= year + by < len(b.years)}
    held, near = (
        pl.col("report").is_in([report_id(seed, b.number, body, b.years[year]) for b, body, year in several])
        for several in (places, around)
    )
    found = [
        check_reports(
            reports.filter(held), cells.filter(held), frames["claims"], frames["sections"].filter(held), forms
        ),
        check_years(reports.filter(near), cells.filter(near).lazy(), forms),
        check_parents(reports, cells.lazy(), frames["sections"].lazy(), forms),
    ]
    order = reports.select("report").with_row_index("order")
    return (
        pl.concat(found)
        .join(order, on="report", how="left", maintain_order="left")
        .sort("order", maintain_order=True)
        .drop("order")
    )


def errors_of(blocks: Sequence[Block], seed: int) -> pl.DataFrame:
    """One row a changed cell: ``report``, ``kind``, the cell, its ``true`` and ``printed`` figure, null if blank."""
    rows = [
        (report_id(seed, block.number, error.body, block.years[error.year]), error.kind, *key, error.true[key], value)
        for block in blocks
        for error in block.planted
        for key, value in error.changes.items()
    ]
    return pl.DataFrame(rows, schema=ERRORS, orient="row")


def must_see_of(blocks: Sequence[Block], seed: int) -> pl.DataFrame:
    """One row an instance of a rule that the printed figures break: ``report``, ``rule``, ``line``, ``column``."""
    rows = [
        (report_id(seed, block.number, body, block.years[year]), rule, line, column)
        for block in blocks
        for body, year, rule, line, column in block.broken
    ]
    return pl.DataFrame(rows, schema=MUST_SEE, orient="row")


def bodies_of(blocks: Sequence[Block], known: Parameters) -> pl.DataFrame:
    """One row a body: who it is, and the parameters of its practice that were drawn.

    ``expected`` requests in the reference year (before the cap), shares ``applicants.*`` and ``outcomes.*`` (of the
    reference year, by the law of 2021), ``carried_over`` per request received, ``frailty`` of reconsideration,
    ``consolidated``, and ``parent``, the agency of the government above.
    """
    parts = []
    for block in blocks:
        size = len(block.bodies)
        work = block.work
        parts.append(
            pl.DataFrame(
                {
                    "agency": [body.agency for body in block.bodies],
                    "block": pl.Series([block.number] * size, dtype=pl.Int32),
                    "group": [body.group for body in block.bodies],
                    "parent": [
                        block.bodies[body.parent].agency if body.parent is not None else None for body in block.bodies
                    ],
                    "consolidated": work.consolidated[:size],
                    "expected": np.exp(work.log_size[:size]),
                    "carried_over": work.carried_over[:size],
                    "frailty": work.frailty[:size],
                    **_shares("applicants", work.applicants[:size], known),
                    **_shares("outcomes", work.outcomes[:size], known),
                },
                schema_overrides={"parent": pl.String},
            )
        )
    return pl.concat(parts)


def _shares(id: str, shares: np.ndarray[Any, np.dtype[np.float64]], known: Parameters) -> dict[str, Any]:
    return {f"{id}.{name}": shares[:, place] for place, name in enumerate(known.numbers(id))}
