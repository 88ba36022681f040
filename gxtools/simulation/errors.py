"""Filing errors as they are met (``forms.md`` 5), each a function that says which cells of a report it changes to what.

One that cannot be made in a report (nothing was carried in) changes nothing. None makes a report that is right by luck:
every change breaks a rule of the form, of two years, or of two bodies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gxtools.forms import Form
from gxtools.simulation.requests import Floats

Key = tuple[str, str, str]
Changes = dict[Key, float | None]
"""By cell the figure that is printed instead; None for a blank."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The true figures of one report. ``office`` has those of the government's own office, where they differ."""

    form: Form
    year: int
    values: dict[Key, float]
    office: dict[Key, float] | None
    first: bool
    """No report of the body comes before it, so that no rule between years is held against it."""

    def columns(self) -> list[str]:
        """The applicant columns with the total."""
        return [column.id for column in self.form.table("requests").columns]

    def requests(self, line: str, column: str = "total") -> float:
        """A figure of the table of requests."""
        return self.values["requests", line, column]


def _moved(sheet: Sheet, line: str, by: str) -> Changes:
    """A line of requests with another added in every column."""
    if not sheet.requests(by):
        return {}
    return {
        ("requests", line, column): sheet.requests(line, column) + sheet.requests(by, column)
        for column in sheet.columns()
        if sheet.requests(by, column)
    }


def received_with_carried_in(sheet: Sheet, random: np.random.Generator) -> Changes:
    """New requests are counted with those carried in."""
    return _moved(sheet, "received", "carried_in")


def handled_with_carried_out(sheet: Sheet, random: np.random.Generator) -> Changes:
    """The total of what was handled has what is carried over in it."""
    return _moved(sheet, "handled", "carried_out")


def partly_granted_counted_twice(sheet: Sheet, random: np.random.Generator) -> Changes:
    """Mixed decisions stand under a ground of refusal again."""
    return _moved(sheet, "denied_third_party", "partly_granted")


def digits_transposed(sheet: Sheet, random: np.random.Generator) -> Changes:
    """Two neighbouring digits of a figure change places."""
    keys = [key for key, value in sheet.values.items() if key[0] == "requests" and _turned(value) != value]
    if not keys:
        return {}
    key = keys[random.integers(len(keys))]
    return {key: _turned(sheet.values[key])}


def _turned(value: float) -> float:
    digits = f"{value:.0f}"
    return float(digits[:-2] + digits[-1] + digits[-2]) if len(digits) > 1 else value


def total_of_natural_persons(sheet: Sheet, random: np.random.Generator) -> Changes:
    """The total of a line is that of natural persons alone."""
    lines = [line.id for line in sheet.form.table("requests").lines]
    possible = [line for line in lines if sheet.requests(line) != sheet.requests(line, "natural_person")]
    if not possible:
        return {}
    line = possible[random.integers(len(possible))]
    return {("requests", line, "total"): sheet.requests(line, "natural_person")}


def organisations_in_other(sheet: Sheet, random: np.random.Generator) -> Changes:
    """The subtotal of all organisations is typed into the column of other ones."""
    organisations = sheet.requests("received") - sheet.requests("received", "natural_person")
    if organisations == sheet.requests("received", "other_organization"):
        return {}
    return {("requests", "received", "other_organization"): organisations}


def pending_left_out(sheet: Sheet, random: np.random.Generator) -> Changes:
    """The total of a kind of dispute leaves out the cases that are open."""
    lines = [line.id for line in sheet.form.table("disputes").lines if sheet.values["disputes", line.id, "pending"]]
    if not lines:
        return {}
    line = lines[random.integers(len(lines))]
    total = sheet.values["disputes", line, "total"] - sheet.values["disputes", line, "pending"]
    return {("disputes", line, "total"): total}


def carried_in_of_another_year(sheet: Sheet, random: np.random.Generator) -> Changes:
    """One request too many is carried in and one too few received: nothing within the report shows it."""
    if sheet.first or sheet.requests("received", "natural_person") < 1:
        return {}
    return {
        ("requests", line, column): sheet.requests(line, column) + by
        for line, by in (("received", -1), ("carried_in", 1))
        for column in ("natural_person", "total")
    }


def in_force_off(sheet: Sheet, random: np.random.Generator) -> Changes:
    """The documents in force are miscounted."""
    key = ("proactive", "normative_documents", "in_force")
    if sheet.first or key not in sheet.values or sheet.year - 1 < sheet.form.first_year:
        return {}
    return {key: sheet.values[key] + int(random.integers(1, 10))}


def office_for_government(sheet: Sheet, random: np.random.Generator) -> Changes:
    """A report that says it counts all bodies has the requests and decisions of the government's office alone."""
    if sheet.office is None:
        return {}
    return {
        key: value
        for key, value in sheet.office.items()
        if (key[0] == "requests" or key[2] == "decisions") and value != sheet.values[key]
    }


def blank_for_zero(sheet: Sheet, random: np.random.Generator) -> Changes:
    """A cell is left blank for a case that did not happen."""
    keys = [key for key, value in sheet.values.items() if value == 0]
    return {keys[random.integers(len(keys))]: None} if keys else {}


def figure_pasted(sheet: Sheet, random: np.random.Generator) -> Changes:
    """A large count of decisions stands in a second line too."""
    decisions = {key: value for key, value in sheet.values.items() if key[2] == "decisions"}
    large = [key for key, value in decisions.items() if value >= 1000 and value % 1000]
    if not large:
        return {}
    copied = large[random.integers(len(large))]
    others = [key for key, value in decisions.items() if key != copied and value != decisions[copied]]
    return {others[random.integers(len(others))]: decisions[copied]} if others else {}


def negative_figure(sheet: Sheet, random: np.random.Generator) -> Changes:
    """A count of decisions has a minus before it."""
    keys = [key for key, value in sheet.values.items() if key[2] == "decisions" and value > 0]
    if not keys:
        return {}
    key = keys[random.integers(len(keys))]
    return {key: -sheet.values[key]}


Kind = Callable[[Sheet, np.random.Generator], Changes]
KINDS: dict[str, Kind] = {
    kind.__name__: kind
    for kind in (
        received_with_carried_in,
        handled_with_carried_out,
        partly_granted_counted_twice,
        digits_transposed,
        total_of_natural_persons,
        organisations_in_other,
        pending_left_out,
        carried_in_of_another_year,
        in_force_off,
        office_for_government,
        blank_for_zero,
        figure_pasted,
        negative_figure,
    )
}


def chosen(rates: dict[str, float], reports: int, random: np.random.Generator) -> list[str | None]:
    """The kind of error that befalls each of so many reports, mostly none."""
    bounds = np.cumsum(list(rates.values()))
    places = np.searchsorted(bounds, random.random(reports), side="right") if rates else np.zeros(reports, np.int64)
    kinds = [*rates, None]
    return [kinds[place] for place in places]


def changed(values: Floats, place: dict[Key, int], changes: Changes) -> None:
    """Write the changes of one report into its row, a blank as NaN."""
    for key, value in changes.items():
        values[place[key]] = np.nan if value is None else value
