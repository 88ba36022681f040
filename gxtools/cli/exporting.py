"""The command that writes reports as files of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxtools.cli.commands import FileOrFolder, Workers, require_modules, require_reports


def export(
    path: FileOrFolder,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The file: .csv, .xlsx, .parquet, .dta or .sav.", show_default=False)
    ],
    shape: Annotated[str, typer.Option(help="wide: a row a report; long: a row a cell.")] = "wide",
    workers: Workers = None,
) -> int:
    """Write reports as a file of another program.

    CSV, Excel, Parquet, Stata or SPSS, with a codebook: in Excel a sheet, in Stata and SPSS labels, else a file beside.
    A cell without a figure is empty, never 0.

    \b
    Examples:
      gxtools export reports --out reports.xlsx
      gxtools export reports --out cells.csv --shape long
      gxtools export reports --out reports.dta
    """
    import gxtools as gx

    if out.suffix in (".dta", ".sav"):
        require_modules("pyreadstat")
    corpus = gx.load(path if Path(path).is_dir() else [path], workers=workers)
    require_reports(corpus, path)
    try:
        written = gx.export(corpus, out, shape)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    for file in written:
        typer.echo(str(file))
    return 0
