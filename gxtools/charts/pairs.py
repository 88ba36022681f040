"""Two reports of a corpus that a chart holds against each other: who they are, and they alone as a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated
from gxtools.forms import Forms
from gxtools.measures import HasFrames, Selection, forms_of


@dataclass(frozen=True)
class Pair:
    """``names`` by the reports' ids, the first one first; the frames of the two, and the forms they were read with."""

    names: dict[str, str]
    reports: pl.DataFrame
    cells: pl.DataFrame
    problems: pl.DataFrame
    forms: Forms

    @property
    def marked(self) -> list[str]:
        """The caption's first line where either is simulated."""
        return [SIMULATED] if is_simulated(self) else []

    @property
    def strangers(self) -> list[str]:
        """The caption's line where the two are of different bodies."""
        if self.reports["agency"].n_unique() == 1:
            return []
        return ["两个机关的职责与来件构成不同，差异未必反映做法 Bodies differ in duties and in requests"]

    @property
    def forms_differ(self) -> bool:
        """Whether the two were printed in different forms."""
        return self.reports["form"].n_unique() > 1


def pair(corpus: HasFrames, one: str, other: str) -> Pair:
    """The reports of these two ids. Raises ``ValueError`` for one that was not read, or the same id twice."""
    if one == other:
        raise ValueError(f"other: {other!r} is the report that it is compared with; give another")
    those = pl.col("report").is_in([one, other])
    held = corpus.filter(those) if isinstance(corpus, Selection) else corpus
    reports = held.reports.filter(those & pl.col("error").is_null())
    for argument, report in (("one", one), ("other", other)):
        if report not in reports["report"]:
            raise ValueError(f"{argument}: no report {report!r} was read; `reports` lists the ids")
    return Pair(
        _names(reports, (one, other)),
        reports,
        held.cells.filter(those),
        held.problems.filter(those),
        forms_of(corpus),
    )


def _names(reports: pl.DataFrame, ids: Iterable[str]) -> dict[str, str]:
    """Agency and year; where these do not tell the two apart, the id as well."""
    rows = {row["report"]: row for row in reports.iter_rows(named=True)}
    names = {id: " ".join(str(rows[id][key]) for key in ("agency", "year") if rows[id][key] is not None) for id in ids}
    if len(set(names.values())) == len(names) and all(names.values()):
        return names
    return {id: f"{name} ({id})".strip() for id, name in names.items()}
