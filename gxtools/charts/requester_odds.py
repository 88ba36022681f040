"""Do natural persons and organisations fare differently with the same body: odds ratios with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

import altair as alt

from gxtools.charts.captions import SIMULATED, is_simulated, number_of, title
from gxtools.charts.estimates import ROW, estimates
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import label
from gxtools.charts.nothing import nothing
from gxtools.measures import HasFrames, definition_of
from gxtools.measures import requester_odds as odds

MEASURES = ("disclosure_rate", "denial_rate", "unavailable_rate", "unprocessed_rate")
MOST = 40
_STATUS = {
    "no informative report": ("无可比的报告", "no report with both"),
    "no finite ratio": ("一方为零，无法估计", "one side is zero"),
}

Rows = list[dict[str, Any]]


def requester_odds(corpus: HasFrames, by: Sequence[str] = (), ids: Sequence[str] = MEASURES) -> Drawn:
    """The odds of each outcome for natural persons over those for organisations, within the same report.

    A row for every measure of ``ids`` and every group of ``by``, by default of all reports together. Right of 1 the
    outcome is commoner where persons ask.
    It tells of no cause: persons ask for other things. Needs ``pip install 'gxtools[statistics]'``.

    Raises ``ValueError`` where an argument is not known, or there are more than 40 rows.
    """
    zh, en = "自然人与组织的办理结果之比", "Natural persons against organisations"
    rows = [row for id in ids for row in _rows(corpus, id, by)]
    if len(rows) > MOST:
        raise ValueError(f"by: {', '.join(by)} makes {len(rows)} rows, a chart takes {MOST}; choose a coarser key")
    known = [row for row in rows if row["value"] is not None]
    name = "_".join(["requester_odds", "by", *by]) if by else "requester_odds"
    if not known:
        why = (
            "没有一份报告中自然人与组织都有办结申请且结果有别。",
            "In no report do persons and organisations both have requests, with outcomes that differ.",
        )
        return nothing(corpus, zh, en, name, 0, otherwise=why)
    reach = max(abs(log10(row[side])) for row in known for side in ("low", "high")) * 1.05
    ends = [10**-reach, 10**reach]
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "同一报告之内自然人的发生比 ÷ 法人和其他组织的发生比（Cochran-Mantel-Haenszel），每份报告一层",
        "Odds for natural persons over those for organisations, each report a stratum",
        "线段：95% 区间；空心：区间含 1；1 以右：自然人更常遇到这一结果",
        "Lines: 95% interval; hollow: it holds 1; right of 1: commoner where persons ask",
    ]
    drawn = estimates(
        rows,
        name,
        at=1,
        scale=alt.Scale(type="log", domain=ends, nice=False),
        axis=alt.Axis(values=[v for v in (0.1, 0.2, 0.5, 1, 2, 5, 10) if ends[0] <= v <= ends[1]], grid=False),
        axis_title="优势比（对数刻度） Odds ratio (log scale)",
        tooltip=[
            alt.Tooltip("label:N", title="结果 outcome"),
            alt.Tooltip("value:Q", title="优势比 odds ratio", format=".2f"),
            alt.Tooltip("low:Q", title="下限 low", format=".2f"),
            alt.Tooltip("high:Q", title="上限 high", format=".2f"),
            alt.Tooltip("reports:Q", title="报告 reports"),
            alt.Tooltip("informative:Q", title="有信息的报告 informative"),
        ],
    )
    words = "; ".join(f"{row['label']}: {row['text']}" for row in rows)
    return finished(drawn, title(zh, en, caption, ROW + 330), f"{zh} {en}. {words}")


def _rows(corpus: HasFrames, id: str, by: Sequence[str]) -> Rows:
    measure, _ = definition_of(corpus, id)
    rows: Rows = []
    for row in odds(corpus, id, by).iter_rows(named=True):
        own = f"{measure.zh} {measure.en}"
        told = row["status"] == "ok"
        zh, en = _STATUS.get(row["status"], ("", ""))
        rows.append(
            {
                "label": f"{own} {label(row, by)}" if by else own,
                "value": round(row["odds_ratio"], 4) if told else None,
                "low": round(row["low"], 4) if told else None,
                "high": round(row["high"], 4) if told else None,
                "text": f"{row['odds_ratio']:.2f} ({row['low']:.2f} - {row['high']:.2f})" if told else f"{zh} {en}",
                "beside": f"{row['reports_informative']} 份 {number_of(row['reports_informative'], 'report')}"
                if told
                else "",
                "hollow": told and row["low"] <= 1 <= row["high"],
                "reports": row["reports"],
                "informative": row["reports_informative"],
            }
        )
    return rows
