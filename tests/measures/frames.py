"""Small frames with the contract's columns: three real reports and made-up ones, without any reader."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms

OUTCOMES = ("upheld", "corrected", "other", "pending")
BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

REPORTS_SCHEMA = {
    "report": pl.String,
    "agency": pl.String,
    "level": pl.String,
    "kind": pl.String,
    "province": pl.String,
    "year": pl.Int32,
    "form": pl.String,
    "source": pl.String,
    "error": pl.String,
}
CELLS_SCHEMA = {
    "report": pl.String,
    "table": pl.String,
    "line": pl.String,
    "column": pl.String,
    "value": pl.Float64,
    "raw": pl.String,
    "state": pl.String,
    "where": pl.String,
}
PROBLEMS_SCHEMA = {
    "report": pl.String,
    "rule": pl.String,
    "severity": pl.String,
    "table": pl.String,
    "line": pl.String,
    "column": pl.String,
}


@dataclass(frozen=True)
class Frames:
    """A corpus as the measures see it."""

    reports: pl.DataFrame
    cells: pl.DataFrame
    problems: pl.DataFrame
    forms: Forms


@dataclass(frozen=True)
class Made:
    """One report: figures by ``line`` (column total) or ``line.column``; every other cell is 0.

    A figure that is text stands for a cell that is not printed: ``blank``, ``dash``, ``unreadable`` or ``absent``.
    """

    id: str
    agency: str | None
    year: int | None
    figures: dict[str, float | str] = field(default_factory=dict)
    form: str | None = "2021"
    level: str | None = "county"
    kind: str | None = "government"
    province: str | None = "江苏省"
    error: str | None = None


def corpus(*made: Made, problems: list[tuple[str | None, ...]] | None = None, known: Forms | None = None) -> Frames:
    """The frames of these reports; ``problems`` are rows of report, rule, severity, table, line, column."""
    used = known or shipped_forms()
    reports = [(m.id, m.agency, m.level, m.kind, m.province, m.year, m.form, f"{m.id}.html", m.error) for m in made]
    cells = [row for m in made if m.form in {form.id for form in used.all} for row in _cells(m, used)]
    return Frames(
        pl.DataFrame(reports, schema=REPORTS_SCHEMA, orient="row"),
        pl.DataFrame(cells, schema=CELLS_SCHEMA, orient="row"),
        pl.DataFrame(problems or [], schema=PROBLEMS_SCHEMA, orient="row"),
        used,
    )


def _cells(made: Made, known: Forms) -> list[tuple[object, ...]]:
    assert made.form is not None
    rows: list[tuple[object, ...]] = []
    names_known = set()
    for number, cell in enumerate(known.by_id(made.form).cells):
        names = {f"{cell.line}.{cell.column}"} | ({cell.line} if cell.column in ("total", "value") else set())
        names_known |= names
        figure = next((made.figures[name] for name in sorted(names) if name in made.figures), 0)
        place = f"table {2 if cell.table == 'requests' else 3}, cell {number + 1}"
        printed = not isinstance(figure, str)
        raw = (
            f"{figure:g}"
            if not isinstance(figure, str)
            else {"absent": None, "blank": "", "dash": "-"}.get(figure, "见附件")
        )
        value = float(figure) if not isinstance(figure, str) else None
        rows.append((made.id, cell.table, cell.line, cell.column, value, raw, "printed" if printed else figure, place))
    assert set(made.figures) <= names_known, set(made.figures) - names_known
    return rows


def disputes(*blocks: tuple[int, int, int, int]) -> dict[str, float | str]:
    """Figures of the blocks of disputes, each upheld, corrected, other, pending; totals are their sums."""
    figures: dict[str, float | str] = {}
    for block, numbers in zip(BLOCKS, blocks, strict=False):
        figures |= {f"{block}.{outcome}": number for outcome, number in zip(OUTCOMES, numbers, strict=True)}
        figures[f"{block}.total"] = sum(numbers)
    return figures


def handled(granted: float, of: float, **more: float) -> dict[str, float | str]:
    """Figures of a report that granted so many of those handled and refused none."""
    return {"received": of, "granted": granted, "handled": of, "unavailable_not_held": of - granted} | dict(more)


JIULONGPO_2020 = Made(
    "7d9c962fed462d95",
    "重庆市九龙坡区人民政府",
    2020,
    {
        "received": 99,
        "received.natural_person": 83,
        "carried_in": 6,
        "granted": 61,
        "partly_granted": 3,
        "denied_prohibited_by_law": 1,
        "denied_third_party": 1,
        "denied_deliberative": 3,
        "denied_inquiry": 1,
        "unavailable_not_held": 31,
        "unprocessed_petition": 1,
        "unprocessed_repeat": 2,
        "handled": 104,
        "handled.natural_person": 95,
        "carried_out": 1,
    }
    | disputes((1, 1, 1, 0), (1, 0, 0, 1), (0, 0, 0, 0)),
    form="2019",
    province="重庆市",
)
SUQIAN_2023 = Made(
    "5c0f2f3a11aa2023",
    "宿迁市人民政府",
    2023,
    {
        "received": 3511,
        "carried_in": 96,
        "granted": 1191,
        "partly_granted": 328,
        "denied_prohibited_by_law": 27,
        "denied_security_stability": 6,
        "denied_third_party": 38,
        "denied_internal_affairs": 20,
        "denied_deliberative": 9,
        "denied_enforcement_file": 21,
        "denied_inquiry": 21,
        "unavailable_not_held": 1047,
        "unavailable_must_be_created": 28,
        "unavailable_unclear": 3,
        "unprocessed_petition": 305,
        "unprocessed_repeat": 39,
        "unprocessed_excessive": 58,
        "unprocessed_reissue": 4,
        "other_not_supplemented": 40,
        "other_fee_unpaid": 10,
        "other_other": 291,
        "handled": 3486,
        "carried_out": 121,
    }
    | disputes((309, 17, 88, 26), (1, 1, 16, 6), (13, 0, 67, 9)),
    level="prefecture",
)
SUQIAN_2024 = Made(
    "5c0f2f3a11aa2024",
    "宿迁市人民政府",
    2024,
    {
        "received": 3525,
        "carried_in": 121,
        "granted": 1431,
        "partly_granted": 471,
        "denied_state_secret": 2,
        "denied_prohibited_by_law": 1,
        "denied_security_stability": 4,
        "denied_third_party": 17,
        "denied_internal_affairs": 21,
        "denied_deliberative": 11,
        "denied_enforcement_file": 23,
        "denied_inquiry": 13,
        "unavailable_not_held": 897,
        "unavailable_must_be_created": 36,
        "unavailable_unclear": 8,
        "unprocessed_petition": 87,
        "unprocessed_repeat": 27,
        "unprocessed_excessive": 3,
        "other_not_supplemented": 77,
        "other_fee_unpaid": 38,
        "other_other": 354,
        "handled": 3521,
        "carried_out": 125,
    }
    | disputes((88, 18, 28, 36), (7, 0, 11, 7), (33, 0, 6, 13)),
    level="prefecture",
)


def real() -> Frames:
    """The three real reports, totals only in table three."""
    return corpus(JIULONGPO_2020, SUQIAN_2023, SUQIAN_2024)


def mixed() -> Frames:
    """The real reports among others that lack something, break a rule, have no name, or print a cell twice."""
    made = corpus(
        JIULONGPO_2020,
        SUQIAN_2023,
        SUQIAN_2024,
        Made("blank", "甲县人民政府", 2023, handled(3, 9) | {"partly_granted": "blank"}),
        Made("nameless", None, 2023, handled(3, 9)),
        Made("broken", "乙县人民政府", 2024, handled(4, 9)),
        Made("old", "宿迁市人民政府", 2016, {"answered": 9, "handled": 9, "received": 9}, form="2014"),
        Made("none", None, None, form=None),
        Made("bad", None, None, form=None, error="bad.html: is empty."),
        problems=[("broken", "balance", "error", "requests", None, "total")],
    )
    twice = made.cells.filter((pl.col("report") == "nameless") & (pl.col("line") == "received"))
    return Frames(made.reports, pl.concat([made.cells, twice]), made.problems, made.forms)
