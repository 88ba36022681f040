"""The commands but two. Each returns its exit code; what they raise is told in one sentence by ``running``."""

from __future__ import annotations

import re
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxtools.errors import CorpusError
from gxtools.version import VERSION

if TYPE_CHECKING:
    import polars as pl

    from gxtools.corpus import Corpus

app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})

# No Path for what may be an address: that would lose a slash of it.
ReportFile = Annotated[str, typer.Argument(help="A saved page or text of a report.", show_default=False)]
FileOrFolder = Annotated[str, typer.Argument(help="One report, or a folder of reports.", show_default=False)]
Folder = Annotated[Path, typer.Argument(help="A folder of reports.", show_default=False)]
FolderOrShipped = Annotated[
    Path | None,
    typer.Argument(help="A folder of reports; without one, the three that gxtools brings.", show_default=False),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes that read; by default one a processor.", show_default=False)
]

NEXT = f"""gxtools {VERSION}: China's annual reports on government information disclosure 政府信息公开年报

Next 下一步:
  gxtools read report.html                   one report: its tables, and what is wrong with them 一份报告
  gxtools load reports --out dataset         a folder of reports as a data set 一批报告
  gxtools notebooks reports --out pages      findings and charts as pages 图表与发现

All commands: gxtools --help"""


def _print_version(asked: bool) -> None:
    if asked:
        from gxtools.forms import forms

        typer.echo(f"gxtools {VERSION}, forms {forms().hash}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show log messages, and where an error arose.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print version and forms' hash.")
    ] = False,
) -> None:
    """Read, check and chart China's annual reports on government information disclosure (政府信息公开工作年度报告).

    \b
    Examples:
      gxtools read report.html
      gxtools check reports
      gxtools notebooks --out pages
    """
    del verbose, version  # Read before the commands run: by `running`, and by the callback.
    if context.invoked_subcommand is None:
        typer.echo(NEXT)


@app.command()
def read(
    file: ReportFile,
    json: Annotated[bool, typer.Option("--json", help="Everything that was read, as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="The cells, as CSV.")] = False,
) -> int:
    """Show one report and its problems.

    The tables are laid out as the form; the problems stand below, errors first.

    \b
    Examples:
      gxtools read report.html
      gxtools read report.html --json > report.json
      gxtools read report.html --csv > cells.csv
    """
    if json and csv:
        raise typer.BadParameter("give --json or --csv, not both.")
    import gxtools as gx
    from gxtools.cli.plain import as_json, plain_lines
    from gxtools.forms import forms

    report = gx.read(file)
    if json:
        frames = ("reports", "cells", "extras", "claims", "sections", "problems")
        held: dict[str, object] = {"version": VERSION, "forms": forms().hash}
        typer.echo(as_json(held | {name: getattr(report, name).to_dicts() for name in frames}))
    elif csv:
        text = report.cells.write_csv()
        typer.echo(plain_lines(text) if sys.stdout.isatty() else text, nl=False)
    else:
        from gxtools.cli.sheets import console, print_report

        print_report(report, forms(), console())
    return 0


@app.command()
def check(
    path: FileOrFolder,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", "-o", help="Write the report card too: .html, .xlsx or .json.", show_default=False),
    ] = None,
    verdicts: Annotated[
        Path | None,
        typer.Option(help="A CSV file with verdicts on findings; need not be there yet.", show_default=False),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(help="Accept a finding, as FINDING=NOTE, in the file of verdicts.", show_default=False),
    ] = None,
    workers: Workers = None,
) -> int:
    """Show what is wrong with reports.

    The exit code is 1 where there are errors that nobody accepted, 2 where nothing could be read, and 0 otherwise: a
    warning or a notice is no error.

    \b
    Examples:
      gxtools check report.html
      gxtools check reports && echo "no errors"
      gxtools check reports --out card.html --out card.xlsx
      gxtools check reports --verdicts verdicts.csv --accept "4010b53b7efb=corrected on 3 March"
    """
    import gxtools as gx
    from gxtools.cli.sheets import console, counted, print_findings, title_of

    if accept and verdicts is None:
        raise typer.BadParameter("--accept needs a file to keep it in: --verdicts verdicts.csv.")
    checked = gx.check(gx.load(path, workers=workers) if Path(path).is_dir() else path, verdicts=verdicts)
    if isinstance(checked.checked, gx.Corpus):
        require_reports(checked.checked, path)
    for finding, note in map(_verdict, accept or ()):
        checked.accept(finding, note)
    terminal = console()
    reports, findings = checked.checked.reports, checked.findings
    for row in reports.iter_rows(named=True):
        own = findings.filter(findings["report"] == row["report"])
        if row["error"] is not None:
            terminal.print(f"未读取 not read: {shown(row['error'])}", soft_wrap=True)
        elif own.height:
            terminal.print(f"{title_of(row)} ({shown(row['source'])})", style="bold", soft_wrap=True)
            print_findings(own, terminal)
    for card in out or ():
        checked.write(card)
        terminal.print(shown(str(card)), soft_wrap=True)
    terminal.print(f"{_read_line(reports)}; {counted(findings)}", soft_wrap=True)
    return checked.exit_code


def _verdict(text: str) -> tuple[str, str]:
    finding, told, note = text.partition("=")
    if not told or not note.strip():
        raise typer.BadParameter(f"'{text}' is no verdict; write --accept FINDING=NOTE.")
    return finding.strip(), note.strip()


@app.command()
def load(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder of the data set, new or to be replaced.")],
    workers: Workers = None,
) -> int:
    """Write a folder of reports as a data set.

    All of it is written, or nothing; an older data set is replaced. Open it with gxtools.open_corpus(DIR). The last
    line says how many documents were read, and why others were not.

    \b
    Examples:
      gxtools load reports --out dataset
      gxtools load reports --out dataset --workers 4
    """
    import gxtools as gx
    from gxtools.corpus.store import require_free

    require_free(out)
    if out.resolve().is_relative_to(folder.resolve()):
        raise CorpusError(f"{out}: lies in the folder of reports, where it would be read as reports; give another.")
    if not folder.is_dir() and folder.exists():
        raise NotADirectoryError(20, "is a file; give the folder that it is in, or use 'gxtools read'", str(folder))
    corpus = gx.load(folder, workers=workers)
    require_reports(corpus, folder)
    corpus.write(out)
    typer.echo(shown(str(out)))
    typer.echo(_read_line(corpus.reports))
    return 0


@app.command()
def notebooks(
    folder: FolderOrShipped = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for the pages.")] = Path("gxtools-pages"),
) -> int:
    """Write findings and charts as pages.

    Runs the curated notebooks on a folder of reports. The pages open with no network; the first is named at the end,
    with three findings.

    \b
    Examples:
      gxtools notebooks --out pages
      gxtools notebooks reports --out pages
    """
    require_modules("nbclient", "nbformat", "nbconvert", "altair", "vl_convert", "ipywidgets", "ipykernel")
    from gxtools.publish.publishing import publish_notebooks

    published = publish_notebooks(folder or _shipped_reports(), out)
    typer.echo(shown(str(published.index)))
    for number, finding in enumerate(published.findings, 1):
        typer.echo(f"{number}. {shown(finding.zh)}\n   {shown(finding.en)}")
    return 0


@app.command()
def lab(folder: FolderOrShipped = None) -> int:
    """Open the notebooks in JupyterLab.

    They are copies that you may change, set to read a folder of reports.

    \b
    Examples:
      gxtools lab
      gxtools lab reports
    """
    require_modules("jupyterlab", "nbformat", "altair", "ipywidgets", "ipykernel")
    from gxtools.publish.lab import open_lab

    return open_lab(folder or _shipped_reports())


def require_modules(*modules: str) -> None:
    """Raise ``ModuleNotFoundError`` for the first that is not installed, before any work is done."""
    for module in modules:
        if find_spec(module) is None:
            raise ModuleNotFoundError(f"No module named '{module}'", name=module)


def _shipped_reports() -> Path:
    """The reports that the package brings: inside it, or at the root of a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data" / "reports", package.parent / "data" / "reports"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(2, "the shipped reports are not there; give a folder of your own", str(package / "data"))


def require_reports(corpus: Corpus, folder: str | Path) -> None:
    """Raise ``CorpusError`` for a corpus of which nothing was read."""
    if len(corpus) == 0:
        raise CorpusError(f"{folder}: holds no document; give a folder with reports in it.")
    if corpus.reports["error"].null_count() == 0:
        raise CorpusError(f"{folder}: none of its {len(corpus)} documents could be read: {_reasons(corpus.reports)}.")


def _read_line(reports: pl.DataFrame) -> str:
    failed = reports["error"].count()
    why = f": {_reasons(reports)}" if failed else ""
    return f"read {reports.height - failed} 已读, not read {failed} 未读{why}"


def _reasons(reports: pl.DataFrame) -> str:
    """Why documents could not be read, with a count for each reason, the commonest first."""
    failed = reports.filter(reports["error"].is_not_null())
    # An error says the file's name, then what is wrong, then what to do. Sizes are told of each file, not here.
    wrong = [
        re.split(r"\. ", error.removeprefix(f"{source}: "), maxsplit=1)[0].rstrip(".")
        for source, error in failed.select("source", "error").iter_rows()
    ]
    counts = Counter(re.sub(r"\d[\d,]*", "…", reason) for reason in wrong)
    return "; ".join(f"{count} × {shown(reason)}" for reason, count in counts.most_common())


def shown(text: str) -> str:
    from gxtools.cli.plain import plain

    return plain(text)
