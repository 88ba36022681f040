"""gxtools: China's annual reports on open government information (政府信息公开工作年度报告) as checked Polars frames.

Names are resolved on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gxtools.errors import CorpusError, FormError, MissingFont, UnreadableDocument
from gxtools.version import VERSION as __version__

if TYPE_CHECKING:
    import gxtools.charts as charts
    import gxtools.datasets as datasets
    import gxtools.explore as explore
    import gxtools.measures as measures
    from gxtools.citation import cite, resolve
    from gxtools.comparison import diff
    from gxtools.corpus import Corpus, Report, load, open_corpus, read, scan
    from gxtools.measures import measure
    from gxtools.publish.exports import export
    from gxtools.publish.report_card import check
    from gxtools.simulation import simulate

_HOMES = {
    "check": "gxtools.publish.report_card",
    "cite": "gxtools.citation",
    "diff": "gxtools.comparison",
    "export": "gxtools.publish.exports",
    "Corpus": "gxtools.corpus",
    "Report": "gxtools.corpus",
    "load": "gxtools.corpus",
    "open_corpus": "gxtools.corpus",
    "read": "gxtools.corpus",
    "scan": "gxtools.corpus",
    "measure": "gxtools.measures",
    "resolve": "gxtools.citation",
    "simulate": "gxtools.simulation",
}
_MODULES = ("charts", "datasets", "explore", "measures")

__all__ = [
    "Corpus",
    "CorpusError",
    "FormError",
    "MissingFont",
    "Report",
    "UnreadableDocument",
    "__version__",
    "charts",
    "check",
    "cite",
    "datasets",
    "diff",
    "explore",
    "export",
    "load",
    "measure",
    "measures",
    "open_corpus",
    "read",
    "resolve",
    "scan",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _MODULES:
        return import_module(f"gxtools.{name}")
    raise AttributeError(f"module 'gxtools' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
