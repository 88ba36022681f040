"""Citing one figure so that a reader finds the printed cell, and the way back from a citation to that cell.

Every form of a citation ends in ``gxtools:REPORT#table.line.column``, REPORT being the first 16 hex digits of the
document's SHA-256: whoever holds the document can have the cell shown, whatever became of the address.
Forms: GB/T 7714-2015 (electronic report, R/OL), APA 7 (section 10.4), BibTeX, CSL-JSON 1.0.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from gxtools.corpus import Corpus, Report, load, read
from gxtools.corpus.showing import Highlight
from gxtools.errors import CorpusError
from gxtools.figures import write
from gxtools.forms import Forms

_TOKEN = re.compile(r"gxtools:([0-9a-f]{16})#([a-z_0-9]+\.[a-z_0-9]+\.[a-z_0-9]+)")
_UNITS_ZH = {"count": "", "10k_cny": "万元"}
_UNITS_EN = {"count": "", "10k_cny": "10,000 CNY"}
# What BibTeX would take for a command.
_BIBTEX = str.maketrans({character: f"\\{character}" for character in "&%$#_{}"})


@dataclass(frozen=True)
class Citation:
    """One cell of one report. ``line`` and ``column`` as the form labels them in Chinese, ``_en`` in English.

    ``value`` is in ``unit`` and null where ``state`` is not ``printed``; ``raw`` holds the characters as printed.
    """

    agency: str | None
    year: int | None
    published: datetime.date | None
    form: str
    cell: str
    table: str
    line: str
    column: str
    table_en: str
    line_en: str
    column_en: str
    value: float | None
    unit: str
    raw: str
    state: str
    address: str | None
    sha256: str
    where: str
    accessed: datetime.date | None = None

    def __str__(self) -> str:
        return self.gbt7714

    @property
    def id(self) -> str:
        """What ``resolve`` turns back into the cell."""
        return f"gxtools:{self.sha256[:16]}#{self.cell}"

    @property
    def title(self) -> str:
        """The title of the report, as the official form words it."""
        return f"{self.agency or '（机关未能识别）'}{self.year or '（年度不详）'}年政府信息公开工作年度报告"

    @property
    def gbt7714(self) -> str:
        """A reference after GB/T 7714-2015, with the cell, its printed characters and its place behind."""
        dates = f"({self.published})" if self.published else ""
        dates += f"[{self.accessed}]" if self.accessed else ""
        parts = [f"{self.agency or '（机关未能识别）'}. {self.title}[R/OL]."]
        parts += [f"{dates}."] if dates else []
        parts += [f"{self.address}."] if self.address else []
        return f"{' '.join(parts)} {self._figure_zh} {self.id}"

    @property
    def apa(self) -> str:
        """A reference in the style of APA 7, with the cell in English behind."""
        issued = f"{self.published:%Y, %B} {self.published.day}" if self.published else "n.d."
        parts = [f"{self.agency or '[Body not identified]'}. ({issued}). {self.title} [Annual report]."]
        parts += [str(self.address)] if self.address else []
        return f"{' '.join(parts)} {self._figure_en} {self.id}"

    @property
    def bibtex(self) -> str:
        """A ``@techreport`` entry; its key is the report's, so that cells of one report share it."""
        fields = {
            "author": f"{{{(self.agency or '机关未能识别').translate(_BIBTEX)}}}",
            "title": f"{{{self.title.translate(_BIBTEX)}}}",
            "institution": (self.agency or "机关未能识别").translate(_BIBTEX),
            "year": str(self.published.year) if self.published else "",
            "month": str(self.published.month) if self.published else "",
            "url": self.address or "",
            "urldate": str(self.accessed or ""),
            "note": f"{self._figure_en} {self.id}".translate(_BIBTEX),
        }
        lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
        return "\n".join([f"@techreport{{gxtools-{self.sha256[:16]},", *lines, "}"])

    @property
    def csl(self) -> dict[str, Any]:
        """An item of CSL-JSON 1.0."""
        item: dict[str, Any] = {
            "id": self.id,
            "type": "report",
            "title": self.title,
            "author": [{"literal": self.agency}] if self.agency else [],
            "publisher": self.agency,
            "language": "zh-CN",
            "note": f"{self._figure_zh} {self.id}",
        }
        if self.published:
            item["issued"] = {"date-parts": [[self.published.year, self.published.month, self.published.day]]}
        if self.accessed:
            item["accessed"] = {"date-parts": [[self.accessed.year, self.accessed.month, self.accessed.day]]}
        if self.address:
            item["URL"] = self.address
        return {name: value for name, value in item.items() if value}

    @property
    def csl_json(self) -> str:
        """The same as text."""
        return json.dumps([self.csl], ensure_ascii=False, indent=2)

    @property
    def _figure_zh(self) -> str:
        value = "" if self.value is None else f"，即{write(self.value)}{_UNITS_ZH[self.unit]}"
        printed = f"原文“{self.raw}”{value}" if self.raw.strip() else "原文空白"
        return f"{self.table}：{self.line}，{self.column}，{printed}（{self.where}；SHA-256 {self.sha256}）。"

    @property
    def _figure_en(self) -> str:
        value = "" if self.value is None else f", that is {write(self.value)} {_UNITS_EN[self.unit]}".rstrip()
        printed = f'printed "{self.raw}"{value}' if self.raw.strip() else "left blank"
        return f"{self.table_en}: {self.line_en}, {self.column_en}, {printed} ({self.where}; SHA-256 {self.sha256})."


def cite(
    source: Report | Corpus, cell: str, *, report: str | None = None, accessed: datetime.date | None = None
) -> Citation:
    """Cite a cell: ``gx.cite(report, "requests.granted.total")``; of a corpus with the id of one ``report`` of it.

    ``accessed`` is the day on which the address was last seen, which GB/T 7714 wants beside one.
    Raises ``KeyError`` for a report or a cell that is not there, naming those that are near, and ``ValueError`` for a
    report that could not be read or a cell that the document does not hold: what is not printed cannot be cited.
    """
    if isinstance(source, Corpus) and report is None and source.reports.height != 1:
        raise KeyError("which report? give its id as report=; `corpus.reports` lists them")
    chosen = pl.col("report") == report if report is not None else pl.lit(True)
    reports = source.reports.filter(chosen)
    if reports.is_empty():
        raise KeyError(f"no report '{report}' here; `reports` lists those there are")
    row = reports.row(0, named=True)
    if row["error"] is not None:
        raise ValueError(f"the report cannot be cited, as it could not be read: {row['error']}")
    cells = source.cells.filter(pl.col("report") == row["report"])
    found = cells.filter(pl.concat_str("table", "line", "column", separator=".") == cell)
    if found.is_empty():
        raise KeyError(_unknown(cell, cells))
    return _citation(row, found.row(0, named=True), cell, source.forms, accessed)


def _citation(
    report: dict[str, Any], found: dict[str, Any], cell: str, forms: Forms, accessed: datetime.date | None
) -> Citation:
    if found["state"] == "absent":
        raise ValueError(f"the document does not hold the cell {cell}: what is not printed cannot be cited.")
    table = forms.by_id(found["form"]).table(found["table"])
    line, column = table.line(found["line"]), table.column(found["column"])
    return Citation(
        agency=report["agency"],
        year=report["year"],
        published=report["published"],
        form=found["form"],
        cell=cell,
        table=table.zh,
        line=line.label,
        column=column.zh,
        table_en=table.en,
        line_en=line.en,
        column_en=column.en,
        value=found["value"],
        unit=found["unit"],
        raw=found["raw"] or "",
        state=found["state"],
        address=report["address"],
        sha256=report["sha256"],
        where=found["where"] or "",
        accessed=accessed,
    )


def _unknown(cell: str, cells: pl.DataFrame) -> str:
    """What there is instead: the tables, the lines of a known table, the columns of a known line."""
    table, line, *_ = [*cell.split("."), "", ""]
    known = cells.filter(pl.col("table") == table)
    if known.is_empty():
        return f"no cell '{cell}': the tables are {', '.join(cells['table'].unique(maintain_order=True))}"
    of_line = known.filter(pl.col("line") == line)
    if of_line.is_empty():
        return f"no cell '{cell}': the lines of {table} are {', '.join(known['line'].unique(maintain_order=True))}"
    return f"no cell '{cell}': the columns of {table}.{line} are {', '.join(of_line['column'])}"


def resolve(citation: str | Citation, source: Report | Corpus | str | os.PathLike[str]) -> Highlight:
    """The cell that a citation names, highlighted where it stands: from a report, a corpus, a document or a folder.

    ``citation`` is any text that holds its ``gxtools:…#…``. Raises ``ValueError`` where there is none, ``KeyError``
    where no document has that hash, ``CorpusError`` where the document has changed since.
    """
    text = citation.id if isinstance(citation, Citation) else citation
    match = _TOKEN.search(text.replace("\\", ""))
    if match is None:
        raise ValueError("no gxtools:REPORT#table.line.column in this text: give the citation to its end.")
    id, cell = match.groups()
    return _report_with(id, source).show(cell)


def _report_with(id: str, source: Report | Corpus | str | os.PathLike[str]) -> Report:
    if isinstance(source, Report):
        if source.id != id:
            raise KeyError(f"the citation is of the document {id}, and this report is {source.id}")
        return source
    if isinstance(source, Corpus):
        return source.report(id)
    path = Path(source)
    if path.is_dir():
        return load(path).report(id)
    found = read(path)
    if found.id != id:
        raise CorpusError(f"{path}: is not the document that was cited ({id}), or has changed since.")
    return found
