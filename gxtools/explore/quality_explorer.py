"""The widget that shows which rules reports break, all years together and year by year, and the problems themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import polars as pl

from gxtools import charts
from gxtools.charts.finishing import Drawn
from gxtools.explore.behind import source_html
from gxtools.explore.explorer import Explorer, Maker
from gxtools.explore.markup import both, escaped, paragraph
from gxtools.explore.panels import Mark, Panel, Row, datasets
from gxtools.explore.words import SEVERITIES, report_name
from gxtools.measures import Selection, breaking, rule_shares

MOST = 50
_HEADS = (("报告", "Report"), ("程度", "Severity"), ("问题", "Problem"), ("位置", "Place"), ("来源", "Source"))


@dataclass(frozen=True)
class RuleMark(Mark):
    """The reports that break ``rule``."""

    rule: str


class QualityExplorer(Explorer):
    """The share of the chosen reports that break each rule, all years together and year by year.

    A chosen mark shows the problems of the reports that break its rule. There is no choice of reports without
    problems: the question here is who has them.
    """

    CONTROLS: ClassVar[tuple[str, ...]] = ("search", "level", "kind", "province", "first", "last")

    def makers(self) -> tuple[Maker, ...]:
        """Rule by rule, and by year."""
        return self._rules, self._by_year

    @cached_property
    def _breaking(self) -> dict[str, pl.Series]:
        return breaking(self._all)

    def _rules(self, selection: Selection) -> Panel:
        frame = rule_shares(selection)
        marks = [
            self._mark(row["rule"], f"{row['rule_zh']} {row['rule_en']}: {row['broken']}/{row['decided']}")
            for row in frame.iter_rows(named=True)
        ]
        return _panel(charts.broken_rules(selection), frame, "broken_rules", marks)

    def _by_year(self, selection: Selection) -> Panel:
        chart = charts.rules_by_year(selection)
        marks = [
            self._mark(
                row["id"],
                f"{row['rule']} {row['year']}: {row['broken']}/{row['decided']}".replace("\n", " "),
                row["year"],
            )
            for row in _rows(chart, "rules_by_year")
        ]
        shown = [row["id"] for row in _rows(chart, "rules_by_year")]
        frame = rule_shares(selection, ["year"]).filter(pl.col("rule").is_in(shown))
        return _panel(chart, frame, "rules_by_year", marks)

    def _mark(self, rule: str, name: str, year: int | None = None) -> RuleMark:
        reports = pl.col("report").is_in(self._breaking[rule].implode())
        code = f'pl.col("report").is_in(gx.measures.breaking(corpus)[{rule!r}].implode())'
        if year is not None:
            reports, code = reports & (pl.col("year") == year), f'{code} & (pl.col("year") == {year})'
        return RuleMark(name, reports, code, (), rule)

    def _behind_part(self) -> str:
        if self.behind is None:
            return paragraph(
                "点击图中标记，或在列表中选择，即可查看不成立之处。 "
                "Click a mark, or choose one in the list, to see what does not hold."
            )
        mark = self._touched_mark()
        assert isinstance(mark, RuleMark)
        marked = self._selection.filter(*(each.reports for each in self._chosen().values()))
        return paragraph(f"背后的问题 Problems behind: {mark.name}") + _problems(marked, mark.rule)


def _rows(chart: Drawn, name: str) -> Sequence[Row]:
    """The rows of the chart's own data; none where it says that there is nothing."""
    return next((rows for found, rows in datasets(chart) if found == name and "broken" in rows[0]), [])


def _panel(chart: Drawn, frame: pl.DataFrame, name: str, marks: Sequence[Mark]) -> Panel:
    return Panel(chart, frame, f"gx.charts.{name}(CHOSEN)", name if marks else "", tuple(marks))


def _problems(selection: Selection, rule: str) -> str:
    """The problems of one rule in the selected reports, at most 50, by agency and year."""
    of_report = selection.reports.select("report", "agency", "year", "source", "address")
    found = (
        selection.problems.filter(pl.col("rule") == rule)
        .select("report", "severity", "message", "message_zh", "where")
        .join(of_report, on="report", how="inner", maintain_order="left")
        .sort("agency", "year", "report", nulls_last=True, maintain_order=True)
    )
    heads = "".join(f'<th class="h">{both(zh, en)}</th>' for zh, en in _HEADS)
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in found.head(MOST).iter_rows(named=True))
    more = found.height - MOST
    rest = paragraph(f"另有 {more:,} 个问题未列出 {more:,} more problems not listed") if more > 0 else ""
    return f"<table><thead><tr>{heads}</tr></thead>{rows}</table>{rest}"


def _row(row: dict[str, Any]) -> str:
    return "".join(
        [
            f"<th>{escaped(report_name(row))}</th>",
            f"<th>{escaped(SEVERITIES[row['severity']])}</th>",
            f"<th>{both(row['message_zh'], row['message'])}</th>",
            f"<th>{escaped(row['where'] or '')}</th>",
            f"<th>{source_html(row)}</th>",
        ]
    )
