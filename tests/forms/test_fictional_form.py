"""A fictional 2027 form, as data alone: reading, checks, loading and the data set work with no code touched."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.forms import Form, Forms, load_forms
from gxtools.writing import CellsAs, Content, HtmlLayout, Markup, TextLayout, content_of, set_page, set_text
from tests.forms.copies import with_2027

AGENCY = "宿迁市人民政府"
NEW_LINE = [("requests", "denied_algorithm", column) for column in ("natural_person", "total")]


@pytest.fixture
def forms(tmp_path: Path) -> Forms:
    (tmp_path / "forms").mkdir()
    return load_forms(with_2027(tmp_path / "forms"))


def coherent(forms: Forms, year: int = 2027, **changed: float) -> Content:
    """A report that keeps every rule of its form; ``changed`` are cells ``table__line__column``."""
    form = forms.for_year(year)
    assert form is not None
    values: dict[tuple[str, str, str], float] = {cell[:3]: 0 for cell in form.cells}
    for column in ("natural_person", "total"):
        values |= {("requests", "received", column): 9, ("requests", "carried_in", column): 2}
        values |= {("requests", "granted", column): 5, ("requests", "handled", column): 10}
        values |= {("requests", "carried_out", column): 1, ("requests", "unprocessed_petition", column): 1}
    if form.id == "2027":
        values |= dict.fromkeys(NEW_LINE, 4)
        values |= {("disputes", "reconsideration", "withdrawn"): 3, ("disputes", "reconsideration", "total"): 3}
    else:
        values |= {("requests", "denied_inquiry", column): 4 for column in ("natural_person", "total")}
    values |= {tuple(key.split("__")): value for key, value in changed.items()}  # type: ignore[misc]
    return content_of(form.id, AGENCY, year, values, known=forms)


def figures(report: gx.Report | gx.Corpus) -> dict[tuple[str, str, str], float | None]:
    return {tuple(row[:3]): row[3] for row in report.cells.select("table", "line", "column", "value").iter_rows()}  # type: ignore[misc]


def test_the_form_states_only_what_changed(forms: Forms) -> None:
    old, new = forms.by_id("2021"), forms.by_id("2027")
    assert (old.last_year, new.first_year, new.last_year) == (2026, 2027, None)
    assert len(new.cells) == len(old.cells) + 7 + 3
    lines = [line.id for line in new.table("requests").lines]
    assert lines[lines.index("denied_inquiry") + 1] == "denied_algorithm"
    assert new.table("requests").members("denied")[-1] == "denied_algorithm"
    renamed = new.table("requests").line("unprocessed_petition")
    assert (renamed.label, renamed.group) == ("1.投诉求助类申请", "unprocessed")
    assert [rule.id for rule in new.rules] == [rule.id for rule in old.rules]
    assert "withdrawn" in next(rule for rule in new.rules if rule.id == "dispute_sum").text


def layouts(known: Forms, content: Content) -> list[bytes]:
    return [
        set_page(content, HtmlLayout(), known).encode(),
        set_page(content, HtmlLayout(markup=Markup.NESTED, inside_tables=True), known).encode(),
        set_text(content, TextLayout(cells=CellsAs.LINES), known).encode(),
        set_text(content, TextLayout(cells=CellsAs.PIPES), known).encode(),
    ]


def test_reading(forms: Forms) -> None:
    content = coherent(forms)
    for data in layouts(forms, content):
        report = gx.read(data, name="2027", forms=forms)
        assert report.reports.select("agency", "year", "form").row(0) == (AGENCY, 2027, "2027")
        assert {key: float(raw) for key, raw in content.cells.items()} == figures(report)
        assert report.cells["state"].unique().to_list() == ["printed"]
        assert report.problems.rows() == []


def test_its_rules_are_checked(forms: Forms) -> None:
    changed = {"requests__denied_algorithm__total": 5, "disputes__reconsideration__withdrawn": 1}
    page = set_page(coherent(forms, **changed), known=forms).encode()
    problems = gx.read(page, name="2027", forms=forms).problems
    assert problems.select("rule", "severity", "table", "line", "column", "expected", "found").rows() == [
        ("handled_sum", "error", "requests", None, "total", 11.0, 10.0),
        ("applicant_sum", "error", "requests", "denied_algorithm", None, 4.0, 5.0),
        ("dispute_sum", "error", "disputes", "reconsideration", None, 1.0, 3.0),
    ]
    assert "the five results add up to the total" in problems["message"][2]
    assert "五种结果之和等于总计" in problems["message_zh"][2]


def test_the_wrong_year_is_told(forms: Forms) -> None:
    content = coherent(forms)
    late = Content(content.form, content.agency, 2026, content.cells)
    problems = gx.read(set_page(late, known=forms).encode(), name="2026", forms=forms).problems
    mismatched = problems.filter(pl.col("rule") == "form_mismatch")
    # Table proactive is the same in both forms, and then that of the year is taken.
    assert mismatched["table"].to_list() == ["requests", "disputes"]
    assert "2027 form (fictional)" in mismatched["message"][0]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_corpus_of_old_and_new(forms: Forms, tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in (2025, 2026, 2027, 2028):
        (folder / f"{year}.html").write_text(set_page(coherent(forms, year), known=forms), encoding="utf-8")
    corpus = gx.load(folder, workers=workers, forms=forms)
    assert corpus.reports["form"].to_list() == ["2021", "2021", "2027", "2027"]
    # Within each report all holds; that every year has the same figures breaks the chain, across the new form too.
    broken = corpus.problems.join(corpus.reports.select("report", "year"), on="report")
    assert broken.select("year", "rule").unique(maintain_order=True).rows() == [
        (year, "carry_over") for year in (2026, 2027, 2028)
    ]
    corpus.write(tmp_path / "set")
    again = gx.open_corpus(tmp_path / "set", forms=forms)
    assert all(again.frames[name].equals(frame) for name, frame in corpus.frames.items())
    shares = gx.measure(corpus, "disclosure_rate", by=["form"], forms=forms)
    assert shares.select("form", "numerator", "denominator").rows() == [("2021", 10.0, 20.0), ("2027", 10.0, 20.0)]
    denied = gx.measure(corpus, "denial_rate", by=["form"], forms=forms)
    assert denied.select("form", "numerator").rows() == [("2021", 8.0), ("2027", 8.0)]


def test_the_shipped_forms_do_not_know_it(forms: Forms) -> None:
    report = gx.read(set_page(coherent(forms), known=forms).encode(), name="2027")
    unknown = {("requests", "denied_algorithm")} & set(report.cells.select("table", "line").iter_rows())
    assert unknown == set()
    assert report.reports["form"][0] == "2021"
    labels = report.extras["line_label"].to_list()
    assert "9.属于算法模型参数" in labels


def test_forms_are_told_by_their_data(forms: Forms) -> None:
    known: tuple[Form, ...] = load_forms().all
    assert forms.hash != load_forms().hash
    assert [form.id for form in known] == ["2014", "2019", "2021"]
