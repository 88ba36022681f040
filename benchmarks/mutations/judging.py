"""What the reader made of a page, held against what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import gxtools as gx
from benchmarks.mutations.model import Key, Page
from benchmarks.mutations.standing import NOTHING, Standing

OF_READING = ("uncertain_reading", "unreadable_cell", "missing_table", "blank_cell", "form_mismatch")


@dataclass
class Tally:
    """Counts of documents, of those refused altogether, and of cells.

    ``plain`` cells are those whose labels and geometry leave no choice and whose figure stands there; ``plain_read``
    those of them that are read. ``doubted`` documents have any row of ``problems`` about their reading, notices
    included; it says something of sound ones alone.
    """

    documents: int = 0
    refused: int = 0
    doubted: int = 0
    right: int = 0
    told: int = 0
    flagged: int = 0
    silent: int = 0
    plain: int = 0
    plain_read: int = 0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for name in (held.name for held in fields(self)):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def judge(report: gx.Report, page: Page, standing: Mapping[Key, Standing], tally: Tally) -> list[str]:
    """Count a report's cells into a tally; return the silently wrong ones in words."""
    problems = report.problems.select("rule", "severity", "table", "line", "column").rows()
    flags = [(rule, table, line, column) for rule, severity, table, line, column in problems if _flags(rule, severity)]
    spoken_of = _lines_of_rules(page)
    values = dict(zip(report.cells.select("table", "line", "column").iter_rows(), report.cells["value"], strict=True))

    def named(key: Key) -> bool:
        return any(
            table == key[0]
            and line in (None, key[1])
            and column in (None, key[2])
            and ((line, column) != (None, None) or table in page.touched)
            and key[1] in spoken_of.get(rule, (key[1],))
            for rule, table, line, column in flags
        )

    tally.documents += 1
    tally.doubted += any(rule in OF_READING for rule, *_ in problems)
    silent = []
    # The reader may have taken a table for another form's: what it then reads in cells that the page has not.
    of_other_forms = {key: NOTHING for key, value in values.items() if key not in standing and value is not None}
    for key, (certain, figures) in {**standing, **of_other_forms}.items():
        value = values.get(key)
        tally.plain += certain and len(figures) == 1
        tally.plain_read += certain and value in figures
        if value in figures:
            tally.right += 1
        elif named(key):
            tally.right += value is None and not figures
            tally.told += value is None and bool(figures)
            tally.flagged += value is not None
        else:
            tally.silent += 1
            stands = " or ".join(f"{figure:g}" for figure in sorted(figures)) or "nothing"
            silent.append(f"{'.'.join(key)} read {value}, stands {stands}")
    return silent


def _lines_of_rules(page: Page) -> dict[str, set[str]]:
    """The lines that each sum down a column speaks of: broken, it names no others."""
    found: dict[str, set[str]] = {}
    for rule in page.form.rules:
        if rule.axis == "columns":
            terms = {term.id for term in (*rule.left, *rule.right)}
            lines = page.form.table(rule.table).lines
            found.setdefault(rule.id, set()).update(line.id for line in lines if {line.id, line.group} & terms)
    return found


def refuse(standing: Mapping[Key, Standing], tally: Tally) -> None:
    """Count a document that was refused with a sentence: every cell of it is told to be unread."""
    plain = sum(certain and len(figures) == 1 for certain, figures in standing.values())
    tally.add(Tally(documents=1, refused=1, doubted=1, told=len(standing), plain=plain))


def _flags(rule: str, severity: str) -> bool:
    """Whether a row of ``problems`` warns of the cells that it names: that a sum cannot be decided says nothing of the
    figures that are there, nor does the form that a table is printed in."""
    return rule != "form_mismatch" and (rule in OF_READING or severity != "notice")
