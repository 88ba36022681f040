"""Faults of filling in a report, each as it happens in practice: what is planted into consistent simulated reports."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.oracle import promises_of
from benchmarks.worlds import Key, Values
from gxtools.forms import Form

Instance = tuple[str, str | None, str | None]
"""A rule in one line, column or cell."""

FEES_TOLD = "本年度未收取信息处理费。"
FEES_UNTOLD = "本年度无其他需要报告的事项，继续按要求推进政务公开。"
CONSOLIDATED = "全县各级行政机关共收到政府信息公开申请若干件。"
_SENTENCES, _LENGTH = 6, 16
_IN_SUMS = {cell.split(".")[1] for promise in promises_of("2014") if promise.equal for cell in promise.cells}


@dataclass
class Sheet:
    """One report: its figures, figures stated in its prose, and its prose by section."""

    body: int
    year: int
    form: Form
    values: Values
    claims: dict[str, float] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    kind: str = "department"
    code: str | None = None

    def copy(self) -> Sheet:
        """Another sheet with the same."""
        held = dict(self.values), dict(self.claims), dict(self.sections)
        return Sheet(self.body, self.year, self.form, *held)

    def add(self, key: Key, by: float) -> None:
        """Change a figure by so much."""
        self.values[key] = (self.values[key] or 0) + by

    def keys(self, *tables: str) -> list[Key]:
        """The cells of these tables; of ``statistics`` those that stand in some sum."""
        return [key for key in self.values if key[0] in tables and (key[0] != "statistics" or key[1] in _IN_SUMS)]

    def lines(self, table: str) -> list[str]:
        """The lines of a table."""
        return [line.id for line in self.form.table(table).lines]

    def columns(self, table: str) -> list[str]:
        """The columns of a table."""
        return [column.id for column in self.form.table(table).columns]


def prose(body: int, year: int) -> dict[str, str]:
    """Prose that no other body and no other year has; the year stands in it."""
    rng = random.Random(f"{body}-{year}")
    told = ("".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(_LENGTH)) for _ in range(_SENTENCES))
    return {"overview": "。".join(f"{year}年，{sentence}" for sentence in told), "other": FEES_TOLD}


Fault = Callable[[random.Random, Sheet, Sheet | None], set[Instance] | None]
"""Changes a sheet, knowing last year's. Gives what rules other than those with terms must say of it; null where it
cannot be planted there."""
FAULTS: dict[str, Fault] = {}


def fault(work: Fault) -> Fault:
    """A kind of fault, by the name of its function."""
    FAULTS[work.__name__.replace("_", " ")] = work
    return work


@fault
def one_more_or_less(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    key = rng.choice(sheet.keys("requests", "disputes", "statistics"))
    sheet.add(key, -1 if sheet.values[key] and rng.random() < 0.5 else 1)
    return set()


@fault
def digits_transposed(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    for _ in range(50):
        key = rng.choice(sheet.keys("requests", "disputes", "statistics"))
        turned = float(f"{sheet.values[key]:.0f}"[::-1])
        if turned != sheet.values[key]:
            sheet.values[key] = turned
            return set()
    return None


@fault
def two_cells_swapped(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    for _ in range(50):
        keys = sheet.keys("requests", "statistics")
        one, other = rng.choice(keys), rng.choice(keys)
        if sheet.values[one] != sheet.values[other]:
            sheet.values[one], sheet.values[other] = sheet.values[other], sheet.values[one]
            return set()
    return None


@fault
def two_lines_swapped(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if sheet.form.id == "2014":
        return None
    one, other = rng.sample(["received", "carried_in", "granted", "handled", "carried_out"], 2)
    for column in sheet.columns("requests"):
        keys = ("requests", one, column), ("requests", other, column)
        sheet.values[keys[0]], sheet.values[keys[1]] = sheet.values[keys[1]], sheet.values[keys[0]]
    return set()


@fault
def carried_in_counted_as_received(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if not sheet.values.get(("requests", "carried_in", "total")):
        return None
    for column in sheet.columns("requests"):
        sheet.add(("requests", "received", column), sheet.values["requests", "carried_in", column] or 0)
    return set()


@fault
def total_of_natural_persons_only(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if sheet.form.id == "2014":
        return None
    line = rng.choice(sheet.lines("requests"))
    own = sheet.values["requests", line, "natural_person"]
    if sheet.values["requests", line, "total"] == own:
        return None
    sheet.values["requests", line, "total"] = own
    return set()


@fault
def handled_with_carried_out(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if not sheet.values.get(("requests", "carried_out", "total")):
        return None
    for column in sheet.columns("requests"):
        sheet.add(("requests", "handled", column), sheet.values["requests", "carried_out", column] or 0)
    return set()


@fault
def pending_left_out_of_the_total(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if sheet.form.id == "2014":
        return None
    line = rng.choice(sheet.lines("disputes"))
    pending = sheet.values["disputes", line, "pending"] or 0
    sheet.add(("disputes", line, "total"), -pending)
    return set() if pending else None


@fault
def carried_in_of_another_year(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    """Carried in and received shift together: nothing within the report shows it."""
    if sheet.form.id == "2014":
        return None
    column = rng.choice(sheet.columns("requests")[:-1])
    if (sheet.values["requests", "received", column] or 0) < 1:
        return None
    for line, by in (("carried_in", 1), ("received", -1)):
        for place in (column, "total"):
            sheet.add(("requests", line, place), by)
    return set()


@fault
def in_force_off(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    key = ("proactive", rng.choice(["rules", "normative_documents"]), "in_force")
    if key not in sheet.values or before is None or ("proactive", key[1], "in_force") not in before.values:
        return None
    sheet.add(key, rng.randint(1, 9))
    return set()


@fault
def made_in_a_cell_of_those_in_force(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    line = rng.choice(["rules", "normative_documents"])
    if ("proactive", line, "in_force") not in sheet.values:
        return None
    key = ("proactive", line, "made")
    sheet.add(key, 1 + (sheet.values["proactive", line, "in_force"] or 0))
    return set()


@fault
def more_published_than_public(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    line = rng.choice(["rules", "normative_documents"])
    if ("proactive", line, "published") not in sheet.values:
        return None
    sheet.values["proactive", line, "published"] = (sheet.values["proactive", line, "public_total"] or 0) + 3
    return set()


@fault
def more_items_taken_off_than_there_were(
    rng: random.Random, sheet: Sheet, before: Sheet | None
) -> set[Instance] | None:
    line = rng.choice(["licences", "other_services", "penalties", "coercion", "fees"])
    if ("proactive", line, "change") not in sheet.values:
        return None
    sheet.values["proactive", line, "change"] = -1 - (sheet.values["proactive", line, "items_last_year"] or 0)
    return set()


@fault
def a_channel_above_its_whole(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if sheet.form.id != "2014":
        return None
    whole, part = rng.choice(
        [
            ("published", "published_website"),
            ("published", "published_normative_documents"),
            ("press_conferences", "press_conferences_chief"),
            ("interviews", "interviews_chief"),
        ]
    )
    sheet.values["statistics", part, "value"] = (sheet.values["statistics", whole, "value"] or 0) + 2
    return set()


@fault
def more_published_than_all_channels(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if sheet.form.id != "2014":
        return None
    channels = ("gazette", "website", "weibo", "wechat", "other_channels")
    total = sum(sheet.values["statistics", f"published_{channel}", "value"] or 0 for channel in channels)
    sheet.values["statistics", "published", "value"] = total + 4
    return set()


@fault
def figure_below_0_or_no_whole_number(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    key = rng.choice([key for key in sheet.keys("requests", "proactive", "statistics") if key[2] != "amount"])
    if key[2] == "change" or key[1] in ("fees_charged", "budget"):
        return None
    sheet.values[key] = rng.choice([-2.0, 3.5])
    return {("sign", key[1], key[2])}


@fault
def figure_pasted_into_a_second_line(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if sheet.form.id == "2014":
        return None
    figure = (sheet.values["proactive", "licences", "decisions"] or 0) + 10_001
    sheet.values["proactive", "licences", "decisions"] = figure
    sheet.values["proactive", "coercion", "decisions"] = figure
    # A round thousand may stand in several lines.
    return {("repeated_figure", "coercion", "decisions")} if figure % 1000 else None


@fault
def figures_of_last_year_again(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    keys = [("proactive", line, "decisions") for line in ("licences", "penalties", "coercion")]
    figures = [] if before is None else [before.values.get(key) or 0 for key in keys]
    if not figures or sheet.form.id == "2014" or min(figures) < 1000 or any(figure % 10 == 0 for figure in figures):
        return None
    sheet.values |= dict(zip(keys, figures, strict=True))
    return {("repeated_figure", line, column) for _, line, column in keys}


@fault
def prose_of_another_figure(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    table = "statistics" if sheet.form.id == "2014" else "requests"
    column = "value" if table == "statistics" else "total"
    line = rng.choice(["received", "handled"])
    sheet.claims[f"{table}.{line}.{column}"] = (sheet.values[table, line, column] or 0) + rng.randint(1, 9)
    return {("claim_differs", line, column)}


@fault
def prose_of_last_year_again(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if before is None:
        return None
    sheet.sections["overview"] = before.sections["overview"].replace(str(before.year), str(sheet.year))
    return {("boilerplate", None, None)}


@fault
def not_a_word_of_the_unpaid_fee(rng: random.Random, sheet: Sheet, before: Sheet | None) -> set[Instance] | None:
    if not sheet.values.get(("requests", "other_fee_unpaid", "total")):
        return None
    sheet.sections["other"] = FEES_UNTOLD
    return {("fee_lapse", "other_fee_unpaid", None)}
