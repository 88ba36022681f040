"""A citation names the printed cell, in every form of it, and leads back there."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import polars as pl
import pytest

import gxtools as gx

CELL = "requests.granted.total"


@pytest.fixture(scope="module")
def corpus(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports", workers=1)


@pytest.fixture(scope="module")
def report(root: Path) -> gx.Report:
    return gx.read(root / "data" / "reports" / "suqian_2024.html")


def _texts(citation: object) -> list[str]:
    return [str(getattr(citation, form)) for form in ("gbt7714", "apa", "bibtex", "csl_json", "id")]


def test_every_cell_of_the_shipped_reports_resolves_from_every_form(corpus: gx.Corpus) -> None:
    for row in corpus.reports.iter_rows(named=True):
        report = corpus.report(row["report"])
        for cell in corpus.cells.filter(pl.col("report") == row["report"]).iter_rows(named=True):
            name = f"{cell['table']}.{cell['line']}.{cell['column']}"
            citation = gx.cite(report, name)
            assert citation.value == cell["value"]
            for text in _texts(citation):
                marked = re.findall(r">>> ?(.*?) ?<<<", gx.resolve(text, report).text)
                assert marked == [cell["raw"].strip()], (name, text)


def test_what_is_cited(report: gx.Report) -> None:
    citation = gx.cite(report, CELL, accessed=datetime.date(2026, 11, 28))
    row = report.reports.row(0, named=True)
    cell = report.cells.filter(
        (pl.col("line") == "granted") & (pl.col("column") == "total") & (pl.col("table") == "requests")
    ).row(0, named=True)
    assert (citation.agency, citation.year, citation.sha256) == (row["agency"], 2024, row["sha256"])
    assert (citation.raw, citation.where, citation.unit) == (cell["raw"], cell["where"], "count")
    assert citation.line == "（一）予以公开"
    for text in _texts(citation)[:-1]:
        assert row["agency"] in text
        assert cell["raw"] in text
        assert row["sha256"] in text
        assert cell["where"] in text
    assert "[R/OL]" in str(citation)
    assert "[2026-11-28]" in citation.gbt7714


def test_csl_json_and_bibtex_are_well_formed(report: gx.Report) -> None:
    citation = gx.cite(report, CELL)
    (item,) = json.loads(citation.csl_json)
    assert item["type"] == "report"
    assert item["author"] == [{"literal": citation.agency}]
    entry = citation.bibtex
    assert entry.startswith("@techreport{gxtools-")
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")
    note = next(line for line in entry.splitlines() if line.startswith("  note"))
    assert not re.search(r"(?<!\\)[#_&%$]", note.removeprefix("  note = {").removesuffix("},"))


def test_money_bears_its_unit(corpus: gx.Corpus) -> None:
    id = corpus.reports.filter(pl.col("year") == 2024)["report"][0]
    citation = gx.cite(corpus, "proactive.fees.amount", report=id)
    assert "万元" in citation.gbt7714
    assert "10,000 CNY" in citation.apa


def test_a_blank_is_cited_as_blank_and_nothing_absent_is(root: Path) -> None:
    page = (root / "data" / "reports" / "suqian_2024.html").read_text(encoding="utf-8")
    row = re.search(r"<tr>(?:(?!</tr>).)*予以公开</td>.*?</tr>", page, re.DOTALL)
    assert row is not None
    blank = page.replace(row[0], re.sub(r"<td>\d+</td>", "<td></td>", row[0], count=1))
    assert "原文空白" in gx.cite(gx.read(blank.encode(), name="x.html"), "requests.granted.natural_person").gbt7714
    without = gx.read(page.replace(row[0], "").encode(), name="x.html")
    with pytest.raises(ValueError, match="cannot be cited"):
        gx.cite(without, "requests.granted.natural_person")


@pytest.mark.parametrize(
    ("cell", "there"),
    [
        ("granted", "the tables are proactive, requests, disputes"),
        ("requests.grant.total", "the lines of requests are received, carried_in"),
        ("requests.granted.all", "the columns of requests.granted are natural_person, business"),
    ],
)
def test_an_unknown_cell_is_told_with_those_there_are(report: gx.Report, cell: str, there: str) -> None:
    with pytest.raises(KeyError, match=there):
        gx.cite(report, cell)


def test_a_corpus_wants_to_know_which_report(corpus: gx.Corpus) -> None:
    with pytest.raises(KeyError, match="which report"):
        gx.cite(corpus, CELL)
    with pytest.raises(KeyError, match="no report 'x'"):
        gx.cite(corpus, CELL, report="x")


def test_what_was_not_read_is_not_cited(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    with pytest.raises(ValueError, match=r"could not be read: .*empty"):
        gx.cite(gx.load(tmp_path, workers=1), CELL)


def test_the_way_back_from_a_file_a_folder_and_a_corpus(root: Path, corpus: gx.Corpus, report: gx.Report) -> None:
    folder = root / "data" / "reports"
    text = gx.cite(report, CELL).gbt7714
    shown = {gx.resolve(text, place).text for place in (report, corpus, folder, folder / "suqian_2024.html")}
    assert len(shown) == 1
    with pytest.raises(gx.CorpusError, match="not the document that was cited"):
        gx.resolve(text, folder / "suqian_2023.html")
    with pytest.raises(ValueError, match="to its end"):
        gx.resolve(text.split("gxtools:")[0], report)


def test_a_corpus_is_named_by_its_contents(root: Path, corpus: gx.Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for path in (root / "data" / "reports").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    again = gx.load(folder, workers=1)
    assert again.id == corpus.id
    corpus.write(tmp_path / "set")
    assert gx.open_corpus(tmp_path / "set").id == corpus.id
    (folder / "suqian_2024.html").write_bytes((folder / "suqian_2024.html").read_bytes() + b"\n")
    assert gx.load(folder, workers=1).id != corpus.id
