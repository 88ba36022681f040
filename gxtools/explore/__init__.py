"""Widgets to look into reports (``report``), and what a corpus shows at a glance (``findings``)."""

from __future__ import annotations

from gxtools.corpus import Corpus
from gxtools.explore.findings import Finding, Findings, findings, stated_findings
from gxtools.explore.rates_explorer import RatesExplorer
from gxtools.explore.report_explorer import ReportExplorer

__all__ = ["Finding", "Findings", "RatesExplorer", "ReportExplorer", "findings", "rates", "report", "stated_findings"]


def report(corpus: Corpus) -> ReportExplorer:
    """Look into the reports of ``corpus`` one at a time: a table, its problems, a chart, where a figure stands.

    Shows as a widget in Jupyter. ``explorer.report``, ``.table``, ``.line`` and ``.column`` are its dropdowns: set the
    ``value`` of one in a cell and the explorer follows.
    """
    return ReportExplorer(corpus)


def rates(corpus: Corpus) -> RatesExplorer:
    """Compare the disclosure rates of ``corpus``: by level, kind, province or body, and over the years.

    Shows as a widget in Jupyter. Its controls are attributes: set the ``value`` of one in a cell and the explorer
    follows. ``explorer.frames`` are the figures in view, ``explorer.code`` draws them again.
    """
    return RatesExplorer(corpus)
