"""The report card: what it says of the seed and of planted faults, in each format, and what a person said of it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.errors import CorpusError
from gxtools.publish.report_card.figures import figures_of
from gxtools.publish.report_card.findings import COLUMNS
from tests.corpus.samples import page, text

SHIPPED = "jiulongpo_2020.html"


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Report:
    return gx.read(root / "data" / "reports" / SHIPPED)


def broken(folder: Path, name: str = "report.html", **figures: float | str | None) -> Path:
    told: dict[str, float | str | None] = {"requests__received__natural_person": 4, "requests__received__total": 4}
    path = folder / name
    path.write_text(page(**(told | figures)), encoding="utf-8")
    return path


def test_the_card_of_the_shipped_report_says_what_is_true_of_it(shipped: gx.Report) -> None:
    checked = gx.check(shipped)
    assert repr(checked) == "Checked(2 errors, 1 warnings, 0 notices; 0 accepted)"
    assert checked.exit_code == 1
    assert checked.findings.columns == COLUMNS
    told = checked.findings.select("rule", "severity", "line", "column", "expected", "found", "difference").rows()
    assert told == [
        ("balance", "error", None, "natural_person", 89.0, 96.0, 7.0),
        ("balance", "error", None, "business", 16.0, 9.0, -7.0),
        ("repeated_figure", "warning", "coercion", "decisions", None, 643954.0, None),
    ]
    assert checked.findings["article"][0] == "国办公开办函〔2019〕60号 三"
    assert not checked.findings["may_be_reading"].any()
    # Nothing else is off, so seven requests stand under the wrong kind of applicant in one line.
    repairs = checked.repairs.select("line", "column", "printed", "would_be").rows()
    assert repairs == [
        ("received", "natural_person", 83.0, 90.0),
        ("received", "business", 16.0, 9.0),
    ]
    assert checked.repairs["kind"].unique().to_list() == ["moved"]


def test_the_page_opens_without_a_network_and_marks_the_place(shipped: gx.Report) -> None:
    html = gx.check(shipped).html()
    assert re.findall(r'(?:src|href)="?(?:https?:)?//', html) == []
    assert "<script" not in html
    assert "default-src 'none'" in html
    for words in (
        "收支平衡 Balance of requests",
        "重庆市九龙坡区人民政府 2020",
        "可能的更正（均未采用）",
        "国办公开办函〔2019〕60号",
    ):
        assert words in html
    assert html.count("background:#ffd54d") >= 3


def test_each_finding_has_its_figures_its_places_and_how_sure_their_reading_is(shipped: gx.Report) -> None:
    checked = gx.check(shipped)
    figures = figures_of(checked.findings, shipped.cells, shipped.forms)
    told = [part.select("sign", "en", "value").rows() for _, part in figures.group_by("finding", maintain_order=True)]
    lines = ("Received this year", "Carried in from last year", "Handled in total", "Carried over to next year")
    assert told == [
        list(zip("++=+", lines, (83.0, 6.0, 95.0, 1.0), strict=True)),
        list(zip("++=+", lines, (16.0, 0.0, 9.0, 0.0), strict=True)),
        [
            ("", "Other services to the public, decisions", 643954.0),
            ("", "Administrative coercion, decisions", 643954.0),
        ],
    ]
    assert figures["where"].null_count() == 0
    html = checked.html()
    # Four cells of each balance and both of the repeated figure are marked where they stand.
    assert html.count("background:#ffd54d") == 4 + 4 + 2
    assert html.count("a fault of reading is unlikely") == 3


def test_in_text_too_every_figure_is_marked_and_neighbours_stand_together(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(text(2022, requests__received__business=3, requests__received__total=3), encoding="utf-8")
    checked = gx.check(path)
    place = checked.findings.filter((pl.col("rule") == "balance") & (pl.col("column") == "business")).row(0, named=True)
    html = checked.html().split(f'id="{place["finding"]}"')[1].split("</details>")[0]
    assert html.count("background:#ffd54d") == 4
    # Received and carried in stand near one another, handled and carried over far below.
    assert html.count("margin:4px 0 10px") == 2


def test_of_a_long_sum_the_zeros_are_counted_not_listed(tmp_path: Path) -> None:
    path = broken(tmp_path, requests__granted__research=2)
    checked = gx.check(path)
    own = checked.findings.filter((pl.col("rule") == "handled_sum") & (pl.col("column") == "research"))["finding"][0]
    figures = figures_of(checked.findings, checked.checked.cells, checked.forms).filter(pl.col("finding") == own)
    assert figures.select("en", "value", "left_out").rows() == [("Granted", 2.0, 21)]
    assert "The other 21 cells hold 0 and are not listed." in checked.html()


def test_of_rules_of_one_id_the_figures_are_those_of_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "2016.html"
    path.write_text(
        page(2016, statistics__staff__value=3, statistics__staff_full_time__value=1, statistics__answered__value=2),
        encoding="utf-8",
    )
    checked = gx.check(path)
    figures = figures_of(checked.findings, checked.checked.cells, checked.forms)
    own = checked.findings.filter(pl.col("message").str.contains("full-time")).row(0, named=True)
    assert (own["rule"], own["severity"]) == ("statistics_sum", "warning")
    lines = figures.filter(pl.col("finding") == own["finding"]).select("sign", "en", "value").rows()
    assert lines == [("+", "Full-time staff", 1.0), ("+", "Part-time staff", 0.0), ("=", "Staff", 3.0)]
    assert own["article"] == "国办发〔2014〕32号 八(三)"
    assert "国办发〔2014〕32号" in checked.html()


@pytest.mark.parametrize(
    ("year", "document"),
    [(2016, "国办发〔2014〕32号"), (2020, "国办公开办函〔2019〕60号"), (2023, "国办公开办函〔2021〕30号")],
)
def test_what_a_rule_rests_on_was_in_force_in_the_reports_year(tmp_path: Path, year: int, document: str) -> None:
    cells: dict[str, float | str | None] = {
        2016: {"statistics__staff__value": None, "statistics__answered__value": 3},
        2020: {"requests__granted__total": None, "requests__received__business": 3},
        2023: {"requests__granted__total": None, "requests__received__business": 3},
    }[year]
    path = tmp_path / "page.html"
    path.write_text(page(year, **cells), encoding="utf-8")
    found = gx.check(path).findings.filter(pl.col("rule") != "claim_differs")
    articles = dict(found.select("rule", "article").iter_rows())
    assert articles["blank_cell"] == document
    rules = {"statistics_sum", "statistics_bound"} if year == 2016 else {"balance", "handled_sum", "applicant_sum"}
    assert rules <= set(articles)
    assert all(articles[rule].startswith(document) for rule in rules)
    # An order of 2021 is no ground for a finding about an earlier report.
    claims = gx.check(path).findings.filter(pl.col("rule") == "claim_differs")["article"].to_list()
    assert set(claims) <= {document if year == 2023 else ""}


def test_a_bound_says_which_side_must_not_be_less(tmp_path: Path) -> None:
    path = tmp_path / "2020.html"
    path.write_text(page(2020, proactive__licences__change=-2), encoding="utf-8")
    html = gx.check(path).html()
    assert "条例 20(5)、(6)、(8)" in html
    assert "must not be less" in html
    path.write_text(page(2016, statistics__published_website__value=2), encoding="utf-8")
    assert "must not be less" in gx.check(path).html()


def test_words_of_a_document_are_escaped(tmp_path: Path) -> None:
    path = broken(tmp_path, requests__granted__total="<script>alert(1)</script>&")
    html = gx.check(path).html()
    assert "<script>alert" not in html


def test_json_and_workbook_hold_the_same_findings(tmp_path: Path, shipped: gx.Report) -> None:
    checked = gx.check(shipped)
    for name in ("card.json", "card.xlsx", "card.html"):
        checked.write(tmp_path / name)
    held = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert [row["finding"] for row in held["findings"]] == checked.findings["finding"].to_list()
    assert held["repairs"][0]["would_be"] == 90.0
    with zipfile.ZipFile(tmp_path / "card.xlsx") as book:
        assert "findings 发现" in book.read("xl/workbook.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    for finding in checked.findings["finding"]:
        assert finding in strings
    with pytest.raises(ValueError, match=r"must end in \.html, \.xlsx or \.json"):
        checked.write(tmp_path / "card.pdf")


def test_a_fingerprint_outlives_the_file_and_not_the_figure(tmp_path: Path) -> None:
    one = gx.check(broken(tmp_path, "one.html")).findings["finding"]
    other = gx.check(broken(tmp_path, "other.html")).findings["finding"]
    assert one.to_list() == other.to_list()
    assert one.is_unique().all()
    changed = gx.check(broken(tmp_path, requests__received__natural_person=5, requests__received__total=5))
    errors = changed.findings.filter(pl.col("severity") == "error")["finding"]
    assert not set(errors) & set(one)


def test_a_verdict_is_kept_and_survives_a_rerun(tmp_path: Path) -> None:
    path, file = broken(tmp_path), tmp_path / "said" / "verdicts.csv"
    checked = gx.check(path, verdicts=file)
    count = checked.open_errors.height
    first = checked.open_errors["finding"][0]
    checked.accept(first, "corrected on 3 March, 更正")
    assert checked.open_errors.height == count - 1
    again = gx.check(path, verdicts=file)
    assert again.findings.filter(pl.col("finding") == first).select("verdict", "note").row(0) == (
        "accepted",
        "corrected on 3 March, 更正",
    )
    for finding in again.open_errors["finding"]:
        again.accept(finding, "so printed")
    assert again.exit_code == 0
    assert "已认可 accepted" in again.html()
    again.accept(first, "it is wrong", verdict="confirmed")
    assert gx.check(path, verdicts=file).exit_code == 1


def test_what_is_no_verdict_is_refused(tmp_path: Path) -> None:
    path = broken(tmp_path)
    checked = gx.check(path)
    with pytest.raises(ValueError, match="no file of verdicts"):
        checked.accept(checked.findings["finding"][0], "x")
    with pytest.raises(KeyError, match="no finding 'nothing'"):
        gx.check(path, verdicts=tmp_path / "v.csv").accept("nothing", "x")
    (tmp_path / "v.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"v\.csv: has no columns"):
        _ = gx.check(path, verdicts=tmp_path / "v.csv").findings
    (tmp_path / "v.csv").write_text("finding,verdict,note\nabc,maybe,\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="'maybe' is no verdict"):
        _ = gx.check(path, verdicts=tmp_path / "v.csv").findings


def test_a_doubtful_reading_is_said_to_be_one(tmp_path: Path) -> None:
    path = broken(tmp_path, requests__granted__total="12 34", requests__handled__business=3)
    findings = gx.check(path).findings
    by_column = findings.filter((pl.col("rule") == "balance") & (pl.col("column") == "business"))
    assert by_column["may_be_reading"].to_list() == [False]
    granted = findings.filter((pl.col("rule") == "applicant_sum") & (pl.col("line") == "granted"))
    assert granted["may_be_reading"].all()


def test_a_folder_a_lost_source_and_a_document_that_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    first = broken(folder)
    (folder / "none.html").write_text("<html><body><p>通知</p></body></html>", encoding="utf-8")
    checked = gx.check(folder)
    first.unlink()
    html = checked.html()
    assert "未读取 not read" in html
    assert "收支平衡" in html
    assert checked.exit_code == 1
    first.touch()
    assert gx.check(gx.load([folder / "none.html"])).exit_code == 2


def test_an_empty_corpus_has_an_empty_card(tmp_path: Path) -> None:
    checked = gx.check(gx.load(tmp_path))
    assert checked.findings.is_empty()
    assert checked.repairs.is_empty()
    assert "共 0 份" in checked.html()
