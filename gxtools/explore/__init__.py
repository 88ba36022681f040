"""Widgets to look into reports (``report``), what a corpus shows at a glance (``findings``), and frames as tables."""

from __future__ import annotations

import polars as pl

from gxtools.corpus import Corpus
from gxtools.explore.compare_explorer import CompareExplorer
from gxtools.explore.disputes_explorer import DisputesExplorer
from gxtools.explore.findings import Finding, Findings, findings, stated_findings
from gxtools.explore.provinces_explorer import ProvincesExplorer
from gxtools.explore.quality_explorer import QualityExplorer
from gxtools.explore.rates_explorer import RatesExplorer
from gxtools.explore.refusals_explorer import RefusalsExplorer
from gxtools.explore.report_explorer import ReportExplorer
from gxtools.explore.tables import Table
from gxtools.explore.uploading import Upload

__all__ = [
    "CompareExplorer",
    "DisputesExplorer",
    "Finding",
    "Findings",
    "ProvincesExplorer",
    "QualityExplorer",
    "RatesExplorer",
    "RefusalsExplorer",
    "ReportExplorer",
    "Table",
    "Upload",
    "compare",
    "disputes",
    "findings",
    "provinces",
    "quality",
    "rates",
    "refusals",
    "report",
    "stated_findings",
    "table",
    "upload",
]


def report(corpus: Corpus) -> ReportExplorer:
    """Look into the reports of ``corpus`` one at a time: a table, its problems, a chart, where a figure stands.

    Shows as a widget in Jupyter. ``explorer.report``, ``.table``, ``.line`` and ``.column`` are its dropdowns: set the
    ``value`` of one in a cell and the explorer follows.
    """
    return ReportExplorer(corpus)


def refusals(corpus: Corpus) -> RefusalsExplorer:
    """See on what grounds requests are refused, group beside group, and how requests ended over the years.

    Shows as a widget in Jupyter, driven as ``rates`` is.
    """
    return RefusalsExplorer(corpus)


def disputes(corpus: Corpus) -> DisputesExplorer:
    """See how often requests end in reconsideration or court over the years, and how these end, group by group.

    Shows as a widget in Jupyter, driven as ``rates`` is.
    """
    return DisputesExplorer(corpus)


def rates(corpus: Corpus) -> RatesExplorer:
    """Compare the disclosure rates of ``corpus``: by level, kind, province or body, and over the years.

    Shows as a widget in Jupyter. Its controls are attributes: set the ``value`` of one in a cell and the explorer
    follows. ``explorer.frames`` are the figures in view, ``explorer.code`` draws them again.
    """
    return RatesExplorer(corpus)


def quality(corpus: Corpus) -> QualityExplorer:
    """Which rules the reports of ``corpus`` break: rule by rule and year by year, down to each problem.

    Shows as a widget in Jupyter; controls, ``frames`` and ``code`` as those of ``rates``.
    """
    return QualityExplorer(corpus)


def compare(corpus: Corpus) -> CompareExplorer:
    """Two reports of ``corpus`` side by side: their shares with intervals, and a table line by line.

    ``explorer.one`` and ``explorer.other`` take the ids of reports. Shows as a widget in Jupyter; the other controls
    choose which reports are offered.
    """
    return CompareExplorer(corpus)


def provinces(corpus: Corpus) -> ProvincesExplorer:
    """The disclosure rates of ``corpus`` province by province in one year, and body by body.

    Shows as a widget in Jupyter; controls, ``frames`` and ``code`` as those of ``rates``.
    """
    return ProvincesExplorer(corpus)


def table(frame: pl.DataFrame) -> Table:
    """``frame`` as a notebook shows it: the first 40 rows, texts in full, and in words that there is no row.

    What is rounded is so for the eye alone: ``table.frame`` is ``frame``.
    """
    return Table(frame)


def upload() -> Upload:
    """Choose documents or ZIP archives in the browser: ``upload.corpus`` is what was read of them.

    They go to this kernel and nowhere else. Shows as a widget in Jupyter.
    """
    return Upload()
