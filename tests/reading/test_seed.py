"""The seed, a real report as text with the heads of table four lost: every cell, claim and problem, typed by hand."""

from __future__ import annotations

import csv
import datetime
import re
from pathlib import Path

import polars as pl
import pytest

import gxtools as gx

FIGURES = "scripts/figures/jiulongpo_2020.csv"


@pytest.fixture(scope="module")
def seed(shared: Path) -> Path:
    return next((shared / "seed").glob("*.txt"))


@pytest.fixture(scope="module")
def report(seed: Path) -> gx.Report:
    return gx.read(seed)


@pytest.fixture(scope="module")
def typed(root: Path) -> list[dict[str, str]]:
    """The figures as a person typed them from the seed, cell by cell."""
    with (root / FIGURES).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_identity(report: gx.Report) -> None:
    row = report.reports.row(0, named=True)
    told = {
        "agency": "重庆市九龙坡区人民政府",
        "level": "county",
        "kind": "government",
        "province": "重庆市",
        "region_code": "500107",
        "year": 2020,
        "form": "2019",
        "published": datetime.date(2021, 2, 5),
    }
    assert {name: row[name] for name in told} == told


def test_every_cell_is_printed_as_typed(report: gx.Report, typed: list[dict[str, str]]) -> None:
    read = [
        (cell["table"], cell["line"], cell["column"], cell["raw"], cell["state"])
        for cell in report.cells.iter_rows(named=True)
    ]
    assert read == [(row["table"], row["line"], row["column"], row["raw"], "printed") for row in typed]


def test_values_are_those_characters(report: gx.Report) -> None:
    for cell in report.cells.iter_rows(named=True):
        assert cell["value"] == float(cell["raw"].removesuffix("万元")), cell
    place = (pl.col("line") == "procurement") & (pl.col("column") == "amount")
    amount = report.cells.row(by_predicate=place, named=True)
    assert (amount["value"], amount["unit"], amount["raw"]) == (76320.9, "10k_cny", "76320.9万元")


def test_where_leads_to_the_characters(report: gx.Report, seed: Path) -> None:
    lines = seed.read_text(encoding="utf-8").splitlines()
    places = []
    for cell in report.cells.iter_rows(named=True):
        match = re.fullmatch(r"line (\d+)", cell["where"])
        assert match is not None
        places.append(int(match[1]))
        assert lines[int(match[1]) - 1].strip() == cell["raw"], cell
    assert places == sorted(set(places)), "each cell stands in a line of its own, in printed order"


def test_evidence(report: gx.Report) -> None:
    by_table = report.cells.select("table", "evidence").unique().rows()
    assert sorted(by_table) == [
        ("disputes", "count and sums"),
        ("proactive", "header inherited"),
        ("requests", "header inherited"),
    ]


def test_nothing_is_left_over(report: gx.Report) -> None:
    assert report.extras.is_empty()


def test_problems_are_these_and_no_others(report: gx.Report) -> None:
    problems = report.problems.select("rule", "severity", "table", "line", "column").rows()
    assert sorted(problems, key=str) == [
        ("balance", "error", "requests", None, "business"),
        ("balance", "error", "requests", None, "natural_person"),
        ("repeated_figure", "warning", "proactive", "coercion", "decisions"),
    ]


def test_claims(report: gx.Report) -> None:
    claims = {(row["subject"], row["value"]): row for row in report.claims.iter_rows(named=True)}
    for subject, value, words in (
        ("proactive_published", 13741.0, "政府信息13741条"),
        ("requests.handled.total", 104.0, "办理信息公开申请104件"),
        ("proactive.normative_documents.made", 33.0, "新制作规范性文件33件"),
        ("disputes_all", 5.0, "诉讼案件5件"),
    ):
        assert words in claims[subject, value]["sentence"]
    fifteen = [subject for subject, value in claims if value == 15]
    assert len(fifteen) == 2
    assert not any(subject.endswith((".made", ".published")) for subject in fifteen)


def test_sections(report: gx.Report) -> None:
    named = report.sections.filter(report.sections["section"].is_not_null())
    assert named["section"].to_list() == ["overview", "proactive", "requests", "disputes", "shortcomings", "other"]
