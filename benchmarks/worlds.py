"""Consistent panels of simulated reports (模拟) as frames: bodies over years whose sums and chains all hold."""

from __future__ import annotations

import random
from typing import Any

import polars as pl

from gxtools.forms import Form, forms
from gxtools.frames import frame

Key = tuple[str, str, str]
Values = dict[Key, float | None]

_FLOW = ("received", "carried_in", "handled", "carried_out")
_STOCKS = ("rules", "normative_documents")


def panel(rng: random.Random, years: range, spread: float | None = None) -> list[tuple[int, Form, Values]]:
    """One body's reports: what one year carries over the next carries in, documents in force are those of last year
    with those made and without those repealed.

    Bodies are of three sizes; with ``spread`` their sizes are log-normal with that standard deviation, each kind of
    decisions apart, and money follows them.
    """
    told: list[tuple[int, Form, Values]] = []
    lines = ("licences", "other_services", "penalties", "coercion")
    if spread is None:
        size = rng.choice([0.3, 3.0, 30.0])
        decisions = {line: rng.randint(100, 20_000) for line in lines}
    else:
        size = rng.lognormvariate(0, spread)
        decisions = {line: round(rng.lognormvariate(6, spread)) for line in lines}
    open_requests: dict[str, int] = {}
    in_force = {line: rng.randint(5, 90) for line in _STOCKS}
    for year in years:
        form = forms().for_year(year)
        assert form is not None
        if form.id == "2014":
            told.append((year, form, _statistics(form, rng, size)))
            continue
        values = _proactive(form, rng, in_force, decisions) | _requests(form, rng, size, open_requests)
        for line in form.table("disputes").lines:
            parts = [rng.randint(0, 5) for _ in form.table("disputes").columns[1:]]
            for column, value in zip(form.table("disputes").columns, [*parts, sum(parts)], strict=True):
                values["disputes", line.id, column.id] = float(value)
        told.append((year, form, values))
    return told


# The lines of the statistics table that others add up to, or that none of them exceeds.
_PARTS_2014 = {
    "received": ("received_in_person", "received_fax", "received_online", "received_letter"),
    "handled": ("handled_on_time", "handled_extended"),
    "reconsideration": ("reconsideration_upheld", "reconsideration_corrected", "reconsideration_other"),
    "litigation": ("litigation_upheld", "litigation_corrected", "litigation_other"),
    "staff": ("staff_full_time", "staff_part_time"),
}
_CHANNELS = ("gazette", "website", "weibo", "wechat", "other_channels")
_RESPONSES = ("press_conferences", "interviews", "interpretations", "weibo_wechat_responses", "other_responses")


def _statistics(form: Form, rng: random.Random, size: float) -> Values:
    """A table of 2014 that keeps its sums and bounds; cases still pending, and requests closed unanswered, are few."""
    lines = [line.id for line in form.table("statistics").lines]
    count = {line: int(rng.expovariate(1 / (10 * size))) for line in lines}
    for whole, parts in _PARTS_2014.items():
        count[whole] = sum(count[part] for part in parts)
    count["answered_denied"] = sum(count[line] for line in lines if line.startswith("denied_"))
    count["answered"] = sum(count[line] for line in lines if line.startswith("answered_"))
    count["handled_on_time"] += max(0, count["answered"] - count["handled"]) + rng.randint(0, 2)
    count["handled"] = count["handled_on_time"] + count["handled_extended"]
    for cases in ("reconsideration", "litigation"):
        count[cases] += rng.randint(0, 2)
    channels = [count[f"published_{channel}"] for channel in _CHANNELS]
    count["published"] = rng.randint(max(channels), sum(channels))
    count["published_normative_documents"] = rng.randint(0, count["published"])
    for line in ("press_conferences", "interviews"):
        count[f"{line}_chief"] = rng.randint(0, count[line])
    count["responses"] = rng.randint(0, sum(count[line] for line in _RESPONSES))
    return {("statistics", line, "value"): float(count[line]) for line in lines}


def _proactive(form: Form, rng: random.Random, in_force: dict[str, int], decisions: dict[str, int]) -> Values:
    values: Values = {}
    table = form.table("proactive")
    for cell in table.cells:
        value = float(rng.randint(0, 90))
        if cell.column == "decisions":
            value = float(round(decisions[cell.line] * rng.uniform(0.8, 1.25)))
        values[cell[:3]] = round(rng.uniform(1, 900), 2) if cell.unit == "10k_cny" else value
        if cell.column == "change":
            values[cell[:3]] = float(rng.randint(-int(values[cell.table, cell.line, "items_last_year"] or 0), 9))
    for line in _STOCKS:
        if ("proactive", line, "in_force") in values:
            made, repealed = rng.randint(0, 5), rng.randint(0, min(5, in_force[line]))
            in_force[line] += made - repealed
            for column, number in (("made", made), ("repealed", repealed), ("in_force", in_force[line])):
                values["proactive", line, column] = float(number)
        else:
            published = values["proactive", line, "published"] or 0
            values["proactive", line, "public_total"] = published + rng.randint(0, 50)
    return values


def _requests(form: Form, rng: random.Random, size: float, open_requests: dict[str, int]) -> Values:
    table = form.table("requests")
    columns = [column.id for column in table.columns if column.id != "total"]
    counts: dict[tuple[str, str], int] = {}
    for column in columns:
        outcomes = [line.id for line in table.lines if line.id not in _FLOW]
        counts |= {(line, column): int(rng.expovariate(1 / size)) for line in outcomes}
        handled = sum(counts[line, column] for line in outcomes)
        into = open_requests.get(column, 0)
        out = max(0, rng.randint(0, 3), into - handled)
        open_requests[column] = out
        counts |= {("handled", column): handled, ("carried_out", column): out, ("carried_in", column): into}
        counts["received", column] = handled + out - into
    for line in table.lines:
        counts[line.id, "total"] = sum(counts[line.id, column] for column in columns)
    return {("requests", line, column): float(count) for (line, column), count in counts.items()}


def report_row(
    id: str, agency: str, year: int, form: Form, kind: str = "department", code: str | None = None
) -> tuple[Any, ...]:
    """A row of ``reports``; the agency says that it is simulated."""
    return (id, agency, "county", kind, None, code, year, form.id, None, f"{id}.html", None, "html", None, None)


def cell_rows(id: str, form: Form, values: Values, blanks: frozenset[Key] = frozenset()) -> list[tuple[Any, ...]]:
    """Rows of ``cells``; a cell of ``blanks`` is printed blank."""
    rows = []
    for table, line, column, unit in form.cells:
        key = (table, line, column)
        value = None if key in blanks else values[key]
        state, raw = ("blank", "") if value is None else ("printed", f"{value:g}")
        rows.append((id, form.id, *key, value, unit, raw, state, f"place of {'.'.join(key)}", "labels"))
    return rows


def frames(reports: list[tuple[Any, ...]], cells: list[tuple[Any, ...]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The two declared frames."""
    return frame("reports", reports), frame("cells", cells)
