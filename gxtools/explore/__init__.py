"""Widgets to look into reports (``report``), and what a corpus shows at a glance (``findings``)."""

from __future__ import annotations

from gxtools.corpus import Corpus
from gxtools.explore.findings import Finding, Findings, findings, stated_findings
from gxtools.explore.report_explorer import ReportExplorer

__all__ = ["Finding", "Findings", "ReportExplorer", "findings", "report", "stated_findings"]


def report(corpus: Corpus) -> ReportExplorer:
    """Look into the reports of ``corpus`` one at a time: a table, its problems, a chart, where a figure stands.

    Shows as a widget in Jupyter. ``explorer.report``, ``.table``, ``.line`` and ``.column`` are its dropdowns: set the
    ``value`` of one in a cell and the explorer follows.
    """
    return ReportExplorer(corpus)
