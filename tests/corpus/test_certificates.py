"""Reading certificates: every cell and every identity of the form counted once, and what is wrong shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gxtools as gx
from gxtools.checks.promises import promises
from gxtools.corpus.certificates import Certificates, certificates
from gxtools.forms import forms
from gxtools.writing import CellsAs, HtmlLayout, TextLayout, content_of, set_page, set_text
from tests.corpus.samples import page, text

DOCUMENTS = Path(__file__).parent.parent / "reading" / "documents"
SOURCES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix not in (".toml", ".csv"))
IDENTITIES = ("balance", "handled_sum", "applicant_sum", "dispute_sum")


def of(report: gx.Report | gx.Corpus) -> pl.DataFrame:
    found = certificates(report.reports, report.cells, report.problems, report.extras, report.claims, forms())
    return Certificates.validate(found)


def row(data: str | bytes) -> dict[str, Any]:
    return of(gx.read(data.encode() if isinstance(data, str) else data, name="x")).row(0, named=True)


def rules(certificate: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {one["rule"]: (one["held"], one["broken"], one["undecided"]) for one in certificate["rules"]}


@cache
def _read(source: Path) -> gx.Report | None:
    try:
        return gx.read(source)
    except gx.UnreadableDocument:
        return None


@given(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=6, unique=True))
@settings(max_examples=40)
def test_counts_add_up_whatever_was_read(sources: list[Path]) -> None:
    read = [report for source in sources if (report := _read(source)) is not None]
    if not read:
        return
    together = [pl.concat([getattr(r, name) for r in read]) for name in ("reports", "cells", "problems")]
    more = [pl.concat([getattr(r, name) for r in read]) for name in ("extras", "claims")]
    found = Certificates.validate(certificates(*together, *more, forms()))
    assert found["report"].to_list() == [report.id for report in read]
    assert found.equals(pl.concat([of(report) for report in read]))
    for report, certificate in zip(read, found.iter_rows(named=True), strict=True):
        printed = {(form, table) for form, table in report.cells.select("form", "table").iter_rows()}
        assert certificate["cells"] == sum(len(forms().by_id(form).table(table).cells) for form, table in printed)
        assert certificate["tables"] == len(printed)
        placed = certificate["by_labels"] + certificate["by_inherited_header"] + certificate["by_count"]
        assert certificate["printed"] + certificate["blank"] + certificate["dash"] <= placed
        assert placed + certificate["absent"] <= certificate["cells"]
        assert certificate["extras"] == report.extras.height
        assert certificate["claims"] == report.claims.height
        held = promises(forms()).instances.filter(pl.col("rule").is_in(IDENTITIES)).height
        assert certificate["identities"] <= held


def test_the_seed(shared: Path) -> None:
    (seed,) = (shared / "seed").glob("*.txt")
    certificate = of(gx.read(seed)).row(0, named=True)
    told = {name: value for name, value in certificate.items() if name not in ("report", "path", "path_zh", "rules")}
    assert told == {
        "form": "2019",
        "format": "text",
        "verdict": "doubtful",
        "cells": 198,
        "printed": 198,
        "blank": 0,
        "dash": 0,
        "unreadable": 0,
        "absent": 0,
        "by_labels": 0,
        "by_inherited_header": 183,
        "by_count": 15,
        "tables": 3,
        "missing_tables": 0,
        "identities": 40,
        "held": 38,
        "broken": 2,
        "undecided": 0,
        "extras": 0,
        "claims": 7,
    }
    assert rules(certificate) == {
        "balance": (5, 2, 0),
        "handled_sum": (7, 0, 0),
        "applicant_sum": (23, 0, 0),
        "dispute_sum": (3, 0, 0),
    }


def test_a_planted_broken_balance_shows() -> None:
    sound = row(page(2022))
    assert (sound["verdict"], sound["identities"], sound["held"]) == ("confirmed", 42, 42)
    broken = row(page(2022, requests__carried_in__business=3, requests__carried_in__total=3))
    assert broken["verdict"] == "doubtful"
    assert rules(broken) == {
        "balance": (5, 2, 0),
        "handled_sum": (7, 0, 0),
        "applicant_sum": (25, 0, 0),
        "dispute_sum": (3, 0, 0),
    }


def test_what_lacks_is_undecided_unless_it_is_broken_all_the_same() -> None:
    certificate = row(page(2022, requests__received__business=None, disputes__litigation_direct__upheld="见附件"))
    assert (certificate["blank"], certificate["unreadable"], certificate["verdict"]) == (1, 1, "doubtful")
    assert rules(certificate) == {
        "balance": (6, 0, 1),
        "handled_sum": (7, 0, 0),
        "applicant_sum": (24, 0, 1),
        "dispute_sum": (2, 0, 1),
    }
    beyond = row(
        page(2022, requests__granted__business=9, requests__granted__research=None, requests__granted__total=5)
    )
    assert rules(beyond)["applicant_sum"] == (24, 1, 0)


@pytest.mark.parametrize(
    ("cells", "path", "path_zh", "how"),
    [
        (CellsAs.LINES, "from text with a cell a line", "取自逐格成行的文本", "by_inherited_header"),
        (CellsAs.MARKDOWN, "from rows of text", "取自文本行", "by_labels"),
    ],
)
def test_the_path_through_text(cells: CellsAs, path: str, path_zh: str, how: str) -> None:
    form = forms().by_id("2021")
    content = content_of("2021", "宿迁市人民政府", 2022, {cell[:3]: 0 for cell in form.cells})
    certificate = row(set_text(content, TextLayout(cells=cells)))
    assert certificate["path"].count(path) == 3
    assert certificate["path_zh"].count(path_zh) == 3
    assert (certificate[how], certificate["cells"], certificate["format"]) == (200, 200, "text")


def test_a_missing_table_and_one_over_two_pages() -> None:
    form = forms().by_id("2021")
    values = {cell[:3]: 0 for cell in form.cells if cell.table != "disputes"}
    report = gx.read(set_page(content_of("2021", "宿迁市人民政府", 2022, values), HtmlLayout()).encode(), name="x")
    certificate = of(report).row(0, named=True)
    assert (certificate["verdict"], certificate["missing_tables"], certificate["absent"]) == ("partial", 1, 15)
    assert certificate["path"].endswith("Administrative reconsideration and litigation: missing")
    assert certificate["path_zh"].endswith("政府信息公开行政复议、行政诉讼情况：缺失")
    assert "dispute_sum" not in rules(certificate)
    page_of = pl.when(pl.col("line") == "carried_out").then(pl.lit("page 3, ")).otherwise(pl.lit("page 2, "))
    paged = report.cells.with_columns(where=page_of + pl.col("where"))
    found = certificates(report.reports, paged, report.problems, report.extras, report.claims, forms())
    proactive, requests, disputes = found["path"][0].split("; ")
    assert proactive.endswith("from a table")
    assert requests.endswith("from a table, over several pages")
    assert disputes.endswith("missing")


def test_of_the_statistics_table_what_is_merely_expected_casts_no_doubt() -> None:
    whole = row(page(2016))
    assert (whole["verdict"], rules(whole)) == ("confirmed", {"statistics_sum": (4, 0, 0)})
    # A refusal may have two reasons, and cases may be pending.
    expected = row(page(2016, statistics__denied_privacy__value=2, statistics__reconsideration__value=3))
    assert (expected["verdict"], rules(expected)) == ("confirmed", {"statistics_sum": (4, 0, 0)})
    broken = row(page(2016, statistics__staff__value=2, statistics__handled_on_time__value=None))
    assert (broken["verdict"], rules(broken)) == ("doubtful", {"statistics_sum": (2, 1, 1)})


def test_nothing_and_no_identities() -> None:
    title = (
        "<html><body><h1>宿迁市人民政府2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>无。</p></body></html>"
    )
    nothing = row(title)
    assert (nothing["verdict"], nothing["cells"], nothing["absent"], nothing["rules"]) == ("nothing", 200, 200, [])
    before = row(title.replace("2022", "2012"))
    assert (before["verdict"], before["cells"], before["tables"], before["path"]) == ("nothing", 0, 0, "")


def test_only_documents_that_were_read_have_one(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(2022), encoding="utf-8")
    (tmp_path / "b.txt").write_text("你好，世界", encoding="utf-8")
    (tmp_path / "c.txt").write_text(text(2020), encoding="utf-8")
    corpus = gx.load(tmp_path, workers=1)
    found = of(corpus)
    assert found["report"].to_list() == [corpus.reports["report"][0], corpus.reports["report"][2]]
    assert found["verdict"].to_list() == ["confirmed", "confirmed"]
    assert of(gx.load(tmp_path / "b.txt", workers=1)).is_empty()
