"""Reports and corpora: reading one document, loading many, the data set on disk, and showing where a figure stands.

Names are resolved on first use: the processes in which documents are read import from here and need no frames.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gxtools.corpus.corpus import Corpus, open_corpus, scan
    from gxtools.corpus.loading import load
    from gxtools.corpus.report import Report, read

_HOMES = {
    "Corpus": "corpus",
    "Report": "report",
    "load": "loading",
    "open_corpus": "corpus",
    "read": "report",
    "scan": "corpus",
}

__all__ = ["Corpus", "Report", "load", "open_corpus", "read", "scan"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
