"""Writing a corpus or a report for another program: which shape, which file, and the codebook beside it."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from gxtools.corpus import Corpus, Report
from gxtools.publish.exports.codebook import codebook
from gxtools.publish.exports.shapes import long, wide
from gxtools.publish.exports.statistics import write_statistics
from gxtools.version import VERSION

SHAPES = {"long": long, "wide": wide}
SUFFIXES = (".csv", ".xlsx", ".parquet", ".dta", ".sav")
_MOST_ROWS_OF_EXCEL = 1_048_575


def export(source: Report | Corpus, path: str | os.PathLike[str], shape: str = "wide") -> list[Path]:
    """Write the reports that were read into one file, by its suffix: CSV, Excel, Parquet, Stata or SPSS.

    ``shape`` is ``wide`` (a row a report, a column a cell of the form) or ``long`` (a row a cell). A cell without a
    figure is empty, never 0. Excel has the codebook as a sheet, Stata and SPSS as labels; for CSV and Parquet it is
    written beside, as ``NAME.codebook.csv``. Returns the files written.
    Raises ``ValueError`` for another suffix or shape, or too many rows for Excel, with what is allowed.
    """
    out = Path(path)
    if out.suffix not in SUFFIXES:
        raise ValueError(f"{out}: no file of that kind can be written; give one of {', '.join(SUFFIXES)}")
    if shape not in SHAPES:
        raise ValueError(f"no shape '{shape}'; there are: {', '.join(SHAPES)}")
    frame = SHAPES[shape](source)
    if out.suffix == ".xlsx" and frame.height > _MOST_ROWS_OF_EXCEL:
        raise ValueError(f"{out}: Excel holds {_MOST_ROWS_OF_EXCEL:,} rows, these are {frame.height:,}; take .parquet")
    words = codebook(frame, source.forms)
    if out.suffix in (".dta", ".sav"):
        write_statistics(out, frame, source.forms, _title(frame))
        return [out]
    if out.suffix == ".xlsx":
        _write_workbook(out, frame, words)
        return [out]
    if out.suffix == ".csv":
        frame.write_csv(out)
    else:
        frame.write_parquet(out)
    beside = out.with_suffix(".codebook.csv")
    words.write_csv(beside)
    return [out, beside]


def _title(frame: pl.DataFrame) -> str:
    mark = "模拟 simulated, " if "simulated" in frame.columns and frame["simulated"].any() else ""
    return f"{mark}gxtools {VERSION}"


def _write_workbook(path: Path, frame: pl.DataFrame, words: pl.DataFrame) -> None:
    """The data and, as a second sheet, what its columns mean."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, sheet in {"data 数据": frame, "codebook 说明": words}.items():
            sheet.write_excel(book, name, freeze_panes=(1, 0), table_style="Table Style Light 1", autofilter=True)
