"""``gx.check``: the findings of a report or a corpus, with what could explain them, as a card in several formats."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

import polars as pl

from gxtools.checks.chains import chains
from gxtools.checks.diagnosis import Diagnosis, diagnose
from gxtools.corpus import Corpus, Report, load, read
from gxtools.publish.report_card.findings import findings
from gxtools.publish.report_card.page import card_page
from gxtools.publish.report_card.verdicts import ACCEPTED, read_verdicts, write_verdict
from gxtools.publish.report_card.workbook import card_json, write_workbook

Source = Report | Corpus | str | os.PathLike[str]


class Checked:
    """What was found in a report or a corpus.

    ``findings``: one row a problem (``report_card.findings.COLUMNS``); ``repairs`` and ``bounds``: what could explain
    broken sums and lacking figures (``checks.diagnosis``); ``chains``: bodies with several years. Shows as a card in a
    notebook. Nothing in it changes a figure.
    """

    def __init__(self, checked: Report | Corpus, verdicts: Path | None) -> None:
        self.checked = checked
        self.verdicts = verdicts
        self.forms = checked.forms

    @cached_property
    def findings(self) -> pl.DataFrame:
        """Every problem with its fingerprint, article, difference and verdict."""
        held = self.checked
        return findings(held.reports, held.cells, held.problems, read_verdicts(self.verdicts), self.forms)

    @cached_property
    def _diagnosis(self) -> Diagnosis:
        return diagnose(self.checked.reports, self.checked.cells, self.forms)

    @property
    def repairs(self) -> pl.DataFrame:
        """The smallest changes that would mend the sums of a table, likeliest first."""
        return self._diagnosis.repairs

    @property
    def bounds(self) -> pl.DataFrame:
        """The least and the greatest figure that the sums leave possible for a cell without one."""
        return self._diagnosis.bounds

    @cached_property
    def chains(self) -> pl.DataFrame:
        """Bodies with neighbouring years: the longest unbroken run, where it breaks, requests lost between years."""
        return chains(self.checked.reports, self.checked.cells.lazy(), self.forms)

    @property
    def open_errors(self) -> pl.DataFrame:
        """The errors that no person has accepted."""
        accepted = pl.col("verdict").fill_null("") == ACCEPTED
        return self.findings.filter((pl.col("severity") == "error") & ~accepted)

    @property
    def exit_code(self) -> int:
        """1 where an error is open, 2 where nothing could be read, else 0: what ``gxtools check`` returns."""
        if self.checked.reports["error"].null_count() == 0:
            return 2
        return 1 if self.open_errors.height else 0

    def accept(self, finding: str, note: str, verdict: str = ACCEPTED) -> None:
        """Keep a person's verdict on a finding in the file of verdicts.

        Raises ``KeyError`` for a finding that is not there, ``ValueError`` where no file was given.
        """
        if self.verdicts is None:
            raise ValueError("no file of verdicts was given; write gx.check(..., verdicts='verdicts.csv')")
        if finding not in self.findings["finding"]:
            raise KeyError(f"no finding '{finding}'; `findings` lists them")
        write_verdict(self.verdicts, finding, verdict, note)
        del self.findings

    def html(self) -> str:
        """The card as a page that opens with no network."""
        return self._page(whole=True)

    def _page(self, whole: bool) -> str:
        frames = (self.findings, self.repairs, self.bounds, self.chains)
        return card_page(self.checked, *frames, self.forms, whole=whole)

    def json(self) -> str:
        """Findings, repairs, bounds and chains as JSON."""
        return card_json(self.findings, self.repairs, self.bounds, self.chains)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the card as its name says: ``.html``, ``.xlsx`` or ``.json``. Raises ``ValueError`` for another."""
        file = Path(path)
        if file.suffix == ".html":
            file.write_text(self.html(), encoding="utf-8")
        elif file.suffix == ".json":
            file.write_text(self.json(), encoding="utf-8")
        elif file.suffix == ".xlsx":
            write_workbook(file, self.findings, self.repairs, self.bounds, self.chains)
        else:
            raise ValueError(f"'{file.name}' is no card: its name must end in .html, .xlsx or .json")

    def __repr__(self) -> str:
        counts = [self.findings.filter(pl.col("severity") == s).height for s in ("error", "warning", "notice")]
        accepted = (self.findings["verdict"] == ACCEPTED).sum()
        return f"Checked({counts[0]} errors, {counts[1]} warnings, {counts[2]} notices; {accepted} accepted)"

    def _repr_html_(self) -> str:
        return self._page(whole=False)


def check(source: Source, *, verdicts: str | os.PathLike[str] | None = None) -> Checked:
    """Check a report, a corpus, a document or a folder of documents.

    ``verdicts`` is a CSV file in which a person's verdicts on findings are kept; it need not be there yet. Raises as
    ``gx.read`` and ``gx.load`` do.
    """
    checked = source if isinstance(source, Report | Corpus) else load(source) if Path(source).is_dir() else read(source)
    return Checked(checked, None if verdicts is None else Path(verdicts))
