"""Faults of every kind planted into consistent simulated reports: what the rules find, and whom they accuse wrongly.

    python benchmarks/planted.py --bodies 200 --seed 1

Each body has reports of 2017 to 2024 that hold every rule, and a prose that agrees; one body in two has one of them
damaged by a fault, one in six by several at once. Beside them stand governments with their bodies, and reports in
another year's form. The same is done with 2 and 10 % of the cells left blank.

One row a fault and rule: ``planted`` instances of the rule that it breaks, worked out from the rules written by hand
(``oracle``); ``complete`` of them without a blank; ``decidable`` those that bounds decide by the same hand, or that
were; ``found``. A false alarm is anything said of a rule that no planted change breaks, undecided ones and blanks named
as such apart. That sums cannot hold together, which names one of them, is an alarm where the report has no fault.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.faults import CONSOLIDATED, FAULTS, FEES_TOLD, Instance, Sheet, prose
from benchmarks.oracle import Promise, promises_of, verdict
from benchmarks.worlds import Key, Values, cell_rows, frames, panel, report_row
from gxtools.checks import check_corpus, check_reports
from gxtools.checks.wording import undecided
from gxtools.forms import forms
from gxtools.frames import frame

YEARS = range(2017, 2025)
SEVERAL = "several at once"
STATISTICAL = ["implausible"]
_SCHEMA = ["fault", "rule", "planted", "complete", "decidable", "found"]


def instances(form: str) -> dict[Instance, Promise]:
    """The rules with terms by what names them; those of the statistics table are told apart by their cells."""
    found: dict[Instance, Promise] = {}
    for promise in promises_of(form):
        part = None if form != "2014" else ",".join(sorted(promise.cells))
        found[promise.rule, promise.line, part or promise.column] = promise
    return found


def broken(values: Values, form: str, blanks: frozenset[Key] = frozenset()) -> set[Instance]:
    """The rules with terms that these figures break, blanks or not."""
    figures: dict[str, float | str] = {".".join(key): value or 0 for key, value in values.items()}
    figures |= {".".join(key): "blank" for key in blanks}
    return {name for name, promise in instances(form).items() if verdict(figures, promise) == "broken"}


def between(now: Sheet, before: Sheet | None) -> dict[Instance, list[tuple[int, Key]]]:
    """The rules between years that do not hold, with their cells: (0, a cell of now) or (1, one of before)."""
    found: dict[Instance, list[tuple[int, Key]]] = {}
    if before is None or before.form.id == "2014":
        return found
    for column in now.columns("requests"):
        cells: list[tuple[int, Key]] = [
            (0, ("requests", "carried_in", column)),
            (1, ("requests", "carried_out", column)),
        ]
        if now.values[cells[0][1]] != before.values[cells[1][1]]:
            found["carry_over", None, column] = cells
    for line in ("rules", "normative_documents"):
        stock: Key = ("proactive", line, "in_force")
        if now.year < 2022:
            continue
        made, repealed = (("proactive", line, name) for name in ("made", "repealed"))
        expected = (before.values[stock] or 0) + (now.values[made] or 0) - (now.values[repealed] or 0)
        if now.values[stock] != expected:
            found["stock_flow", line, None] = [(0, stock), (0, made), (0, repealed), (1, stock)]
    return found


class World:
    """Reports of bodies with planted faults, and what each must be told of.

    ``kinds`` names the fault of a damaged report, ``expected`` what each report breaks: true where it is complete, null
    where bounds decide it by hand, false where neither.
    """

    def __init__(self, bodies: int, seed: int, blanks: float) -> None:
        self.rng = random.Random(seed)
        self.share = blanks
        self.sheets: list[Sheet] = []
        self.kinds: dict[int, str] = {}
        self.expected: list[dict[Instance, bool | None]] = []
        self.blanks: list[frozenset[Key]] = []
        self.planted = dict.fromkeys(sorted(FAULTS), 0)
        for body in range(bodies):
            self._add_years(body)
        for body in range(bodies, bodies + bodies // 10):
            self._add_area(body)
            self._add_wrong_form(body)

    def _add_years(self, body: int) -> None:
        """A body over all years, every other one with a fault in one of its reports."""
        told = [Sheet(body, year, form, values) for year, form, values in panel(self.rng, YEARS)]
        for sheet in told:
            sheet.sections = prose(body, sheet.year)
            table, column = ("statistics", "value") if sheet.form.id == "2014" else ("requests", "total")
            sheet.claims = {f"{table}.received.{column}": sheet.values[table, "received", column] or 0}
        damaged, kind, own = self._plant(told, several=body % 6 == 1) if body % 2 else (None, "", set())
        before: Sheet | None = None
        for index, sheet in enumerate(told):
            if index == damaged:
                self.kinds[len(self.sheets)] = kind
            self._add(sheet, before, own if index == damaged else set())
            before = sheet

    def _add(self, sheet: Sheet, before: Sheet | None, own: set[Instance]) -> None:
        lacking = frozenset(key for key in sheet.values if self.rng.random() < self.share)
        lacked = self.blanks[-1] if before is not None else frozenset()
        self.expected.append(self._told(sheet, before, own, lacking, lacked))
        self.sheets.append(sheet)
        self.blanks.append(lacking)

    def _plant(self, told: list[Sheet], several: bool) -> tuple[int, str, set[Instance]]:
        """Damage one of a body's reports, by the kinds that were planted least; which one, how, and what is said of it
        by rules without terms."""
        order = self.rng.sample(range(len(told)), len(told))
        if several:
            for kind in self.rng.sample(sorted(FAULTS), 8):
                self._planted(kind, told, order[0])
            # A later fault may have undone what a rule without terms would have said of an earlier one.
            return order[0], SEVERAL, set()
        for kind in sorted(self.rng.sample(sorted(FAULTS), len(FAULTS)), key=lambda kind: self.planted[kind]):
            for index in order:
                own = self._planted(kind, told, index)
                if own is not None:
                    self.planted[kind] += 1
                    return index, kind, own
        raise AssertionError("no fault can be planted")

    def _planted(self, kind: str, told: list[Sheet], index: int) -> set[Instance] | None:
        changed = told[index].copy()
        own = FAULTS[kind](self.rng, changed, told[index - 1] if index else None)
        if own is not None:
            told[index] = changed
        return own

    def _add_area(self, body: int) -> None:
        """A county's government whose figures are the sums of its three departments', every other one with fewer."""
        code = f"9{body:05}"
        parts = [panel(self.rng, range(2023, 2024))[0] for _ in range(3)]
        for number, (year, form, values) in enumerate(parts):
            part = Sheet(1000 * body + number, year, form, values, {}, prose(1000 * body + number, year), code=code)
            self._add(part, None, set())
        year, form, values = parts[0]
        whole: Values = {key: sum(part[key] or 0 for *_, part in parts) for key in values}
        sections = {"overview": CONSOLIDATED, "other": FEES_TOLD}
        government = Sheet(1000 * body + 9, year, form, whole, {}, sections, "government", code)
        own: set[Instance] = set()
        if body % 2:
            government.values = dict(parts[0][2])
            self.kinds[len(self.sheets)] = "a government that counts one of its bodies alone"
            below = [key for key in whole if (key[0], key[2]) in (("requests", "total"), ("proactive", "decisions"))]
            printed = self.blanks[-3:]
            sums = {
                key: sum(part[2][key] or 0 for part, held in zip(parts, printed, strict=True) if key not in held)
                for key in below
            }
            own = {("parent_sum", *key[1:]) for key in below if sums[key] > (government.values[key] or 0)}
        self._add(government, None, own)

    def _add_wrong_form(self, body: int) -> None:
        """A report in the form of another year."""
        _, form, values = panel(self.rng, range(2020, 2021))[0]
        self.kinds[len(self.sheets)] = "another year's form"
        sheet = Sheet(1000 * body + 10, 2023, form, values, {}, prose(1000 * body + 10, 2023))
        self._add(sheet, None, {("form_mismatch", None, None)})

    def _told(
        self, sheet: Sheet, before: Sheet | None, own: set[Instance], lacking: frozenset[Key], lacked: frozenset[Key]
    ) -> dict[Instance, bool | None]:
        """What the report breaks, as in ``expected``."""
        by_hand = instances(sheet.form.id)
        decided = broken(sheet.values, sheet.form.id, lacking)
        told: dict[Instance, bool | None] = {}
        for name in broken(sheet.values, sheet.form.id):
            complete = not any(tuple(cell.split(".")) in lacking for cell in by_hand[name].cells)
            told[name] = True if complete else None if name in decided else False
        for name, cells in between(sheet, before).items():
            told[name] = not any(key in (lacking, lacked)[which] for which, key in cells)
        for subject, stated in sheet.claims.items():
            table, line, column = subject.split(".")
            if sheet.values[table, line, column] != stated:
                told["claim_differs", line, column] = (table, line, column) not in lacking
        for name in own - set(told):
            keys = [key for key in lacking if key[1] == name[1] and (name[2] is None or key[2] == name[2])]
            copied = name[0] == "repeated_figure" and any(key[2] == "decisions" for key in lacking | lacked)
            told[name] = (not keys or name[0] == "fee_lapse") and not copied
        return told

    def problems(self) -> pl.DataFrame:
        """What the checks say of all."""
        ids = [f"r{number}" for number in range(len(self.sheets))]
        reports = [
            report_row(id, f"模拟机关{sheet.body}", sheet.year, sheet.form, sheet.kind, sheet.code)
            for id, sheet in zip(ids, self.sheets, strict=True)
        ]
        cells, claims, sections = [], [], []
        for id, sheet, lacking in zip(ids, self.sheets, self.blanks, strict=True):
            cells += cell_rows(id, sheet.form, sheet.values, lacking)
            claims += [(id, name, figure, "count", "正文。", "line 1") for name, figure in sheet.claims.items()]
            sections += [(id, name, name, text, "line 2") for name, text in sheet.sections.items()]
        held = frames(reports, cells)
        prose_frames = frame("claims", claims), frame("sections", sections)
        return pl.concat(
            [
                check_reports(*held, *prose_frames, forms()),
                check_corpus(held[0], held[1].lazy(), prose_frames[1].lazy(), forms()),
            ]
        )


def _named(problems: pl.DataFrame, world: World) -> list[set[Instance]]:
    """By report, what is said of it in the names of ``instances``."""
    said: list[set[Instance]] = [set() for _ in world.sheets]
    sentences = {
        rule.en: _cells_of(rule)
        for rule in forms().by_id("2014").rules  # told apart by their sentences, which the messages quote
    }
    rows = problems.select("report", "rule", "line", "column", "message").iter_rows()
    for report, rule, line, column, message in rows:
        if rule.startswith("statistics_"):
            column = next(cells for sentence, cells in sentences.items() if f"that {sentence}:" in message)
        said[int(report[1:])].add((rule, line, column))
    return said


def _cells_of(rule: object) -> str:
    terms = (*rule.left, *rule.right)  # type: ignore[attr-defined]
    return ",".join(sorted(f"statistics.{term.id}.value" for term in terms))


def run(bodies: int, seed: int, blanks: float) -> pl.DataFrame:
    """One row a kind of fault and rule; false alarms by rule at its end."""
    world = World(bodies, seed, blanks)
    problems = world.problems()
    loud = problems.filter(~undecided() & (pl.col("rule") != "blank_cell") & ~pl.col("rule").is_in(STATISTICAL))
    together = pl.col("message").str.contains("together with the other sums", literal=True)
    said = _named(loud.filter(~together), world)
    rows: dict[tuple[str, str], list[int]] = {}
    for number, expected in enumerate(world.expected):
        kind = world.kinds.get(number, "damage of the year before")
        for name, complete in expected.items():
            counts = rows.setdefault((kind, name[0]), [0, 0, 0, 0])
            found = name in said[number]
            for place, adds in enumerate((True, complete is True, complete is not False or found, found)):
                counts[place] += adds
        # Of several faults, rules without terms may name any.
        innocent = said[number] - set(expected)
        if kind == SEVERAL:
            innocent = {name for name in innocent if name[0] in {p.rule for p in instances("2021").values()}}
        for name in innocent:
            rows.setdefault(("false alarms", name[0]), [0, 0, 0, 0])[3] += 1
    rows["blanks", "blank_cell"] = _of_blanks(world, problems)
    sound = {f"r{number}" for number, expected in enumerate(world.expected) if not expected}
    for rule in loud.filter(together & pl.col("report").is_in(sound))["rule"]:
        rows.setdefault(("false alarms", rule), [0, 0, 0, 0])[3] += 1
    told = [(kind, rule, *counts) for (kind, rule), counts in sorted(rows.items())]
    return pl.DataFrame(told, schema=_SCHEMA, orient="row")


def _of_blanks(world: World, problems: pl.DataFrame) -> list[int]:
    """Blank cells, all of them decidable, and how many are named."""
    named = problems.filter(pl.col("rule") == "blank_cell").select("report", "table", "line", "column").rows()
    blank = {(f"r{number}", *key) for number, held in enumerate(world.blanks) for key in held}
    assert set(named) <= blank
    return [len(blank)] * 3 + [len(blank & set(named))]


def by_rule(table: pl.DataFrame) -> pl.DataFrame:
    """One row a rule, its false alarms beside what it found."""
    false = table.filter(pl.col("fault") == "false alarms").select("rule", false_alarms="found")
    sums = table.filter(pl.col("fault") != "false alarms").group_by("rule", maintain_order=True)
    counted = sums.agg(pl.col("planted", "complete", "decidable", "found").sum())
    return (
        counted.join(false, on="rule", how="full", coalesce=True, maintain_order="left_right")
        .fill_null(0)
        .sort("rule")
        .with_columns(recall=(pl.col("found") / pl.col("decidable")).round(4))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="a row for each fault, not only for each rule")
    options = parser.parse_args()
    for blanks in (0.0, 0.02, 0.1):
        print(f"\n{blanks:.0%} of the cells blank; {options.bodies} bodies, years {min(YEARS)} to {max(YEARS)}")
        table = run(options.bodies, options.seed, blanks)
        with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
            print(table if options.faults else by_rule(table))


if __name__ == "__main__":
    main()
