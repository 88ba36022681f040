"""Two reports or corpora held against each other: every change is told, and nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import gxtools as gx

NAME = "suqian_2024.html"


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "data" / "reports" / NAME).read_text(encoding="utf-8")


def _report(page: str) -> gx.Report:
    return gx.read(page.encode(), name=NAME)


def test_a_report_differs_from_itself_in_nothing(page: str) -> None:
    assert gx.diff(_report(page), _report(page)).is_empty()


@pytest.mark.parametrize(
    ("printed", "change", "value", "difference"),
    [("<td>1432</td>", "value", 1432.0, 1.0), ("<td></td>", "state", None, None), ("<td>*</td>", "state", None, None)],
)
def test_one_changed_cell_is_the_one_row(
    page: str, printed: str, change: str, value: float | None, difference: float | None
) -> None:
    assert "<td>1431</td>" in page
    found = gx.diff(_report(page), _report(page.replace("<td>1431</td>", printed, 1)))
    assert found.select("change", "value", "value_other", "difference").rows() == [(change, 1431.0, value, difference)]
    assert found["where"][0] == found["where_other"][0]


def test_tables_and_forms_that_only_one_has(page: str, root: Path) -> None:
    start = page.index("<h3>四、") if "<h3>四、" in page else page.index("四、政府信息公开行政复议")
    without = page[:start] + page[page.index("五、存在的主要问题", start) :]
    lost = gx.diff(_report(page), _report(without))
    assert lost.filter(pl.col("table") == "disputes")["change"].to_list() == ["vanished"] * 15
    other = gx.read(root / "data" / "reports" / "jiulongpo_2020.html")
    changes = gx.diff(other, _report(page)).filter(pl.col("line").str.starts_with("other_"))
    assert set(changes.filter(pl.col("table") == "requests")["change"]) == {"appeared"}


def test_corpora_are_compared_body_by_body(root: Path, page: str, tmp_path: Path) -> None:
    for path in (root / "data" / "reports").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / NAME).write_text(page.replace("<td>1431</td>", "<td>1432</td>", 1), encoding="utf-8")
    (tmp_path / "empty.html").write_bytes(b"")
    one, other = gx.load(root / "data" / "reports", workers=1), gx.load(tmp_path, workers=1)
    found = gx.diff(one, other)
    assert found.select("year", "change", "value", "value_other").rows() == [(2024, "value", 1431.0, 1432.0)]
    assert found["report"][0] != found["report_other"][0]
    # With two versions of one year nobody says which is meant.
    (tmp_path / "again.html").write_text(page, encoding="utf-8")
    assert gx.diff(one, gx.load(tmp_path, workers=1)).is_empty()
