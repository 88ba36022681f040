"""Where a figure stands: the chosen cell marked in its source, or in words why the source cannot be shown."""

from __future__ import annotations

from gxtools.corpus import Corpus, Report
from gxtools.corpus.showing import Highlight
from gxtools.errors import CorpusError, UnreadableDocument
from gxtools.explore.markup import paragraph


class SourceOf:
    """Shows cells in their sources, and keeps the document last shown so that it is read once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._last: Report | None = None

    def show(self, report: str, cell: str) -> Highlight:
        """The source with ``cell`` (``table.line.column``) marked; one that is gone or has changed is told in words."""
        try:
            return self._read(report).show(cell)
        except OSError as error:
            return _in_words(f"来源文件已无法打开，数字仍在语料中。The source cannot be opened now: {error}")
        except (CorpusError, UnreadableDocument) as error:
            return _in_words(f"来源文件已与读取时不同。The source is not as it was when it was read: {error}")

    def _read(self, report: str) -> Report:
        if self._last is None or self._last.id != report:
            self._last = self._corpus.report(report)
        return self._last


def _in_words(sentence: str) -> Highlight:
    return Highlight(sentence, paragraph(sentence), "")
