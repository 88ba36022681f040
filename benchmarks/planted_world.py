"""Simulated reports (模拟) with faults planted into them, and what the rules must say of each, worked out by hand."""

from __future__ import annotations

import random

import polars as pl

from benchmarks.faults import CONSOLIDATED, FAULTS, FEES_TOLD, Instance, Sheet, prose
from benchmarks.oracle import Promise, promises_of, verdict
from benchmarks.worlds import Key, Values, cell_rows, frames, panel, report_row
from gxtools.checks import check_corpus, check_reports
from gxtools.forms import forms
from gxtools.frames import frame

YEARS = range(2017, 2025)
SEVERAL = "several at once"


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
