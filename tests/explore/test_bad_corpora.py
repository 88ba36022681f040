"""Every explorer says what it can and cannot show of corpora that lack something; none fails or is without words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import gxtools as gx
from tests.explore.made import write_report


def unreadable(folder: Path) -> None:
    (folder / "empty.html").write_text("", encoding="utf-8")


def one_report(folder: Path) -> None:
    write_report(folder)


def unknown_body(folder: Path) -> None:
    write_report(folder, agency="某某单位")
    write_report(folder, agency="某某单位", year=2023)


def without_requests(folder: Path) -> None:
    write_report(folder, without="requests")
    write_report(folder, without="requests", year=2023)


def mixed(folder: Path) -> None:
    unreadable(folder)
    write_report(folder)
    source = Path(__file__).resolve().parents[2] / "data" / "reports" / "jiulongpo_2020.html"
    (folder / "2020.html").write_bytes(source.read_bytes())


SAYS = re.compile("没有可显示的内容|没有空白|全部成立|请选择两份|两份报告")


@pytest.fixture(scope="module", params=[unreadable, one_report, unknown_body, without_requests, mixed])
def lacking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> gx.Corpus:
    folder = tmp_path_factory.mktemp("lacking")
    request.param(folder)
    return gx.load(folder, workers=1)


@pytest.mark.parametrize("name", ["quality", "compare", "provinces"])
def test_it_says_what_it_can_show(name: str, lacking: gx.Corpus) -> None:
    explorer = getattr(gx.explore, name)(lacking)
    bundle = explorer._repr_mimebundle_()
    for part in [chart.to_dict() for chart in explorer._charts]:
        assert drawn(part) or SAYS.search(str(part))
        assert part["title"]["text"]
        assert not re.search(r"\b(nan|inf)\b", str(part), re.IGNORECASE)
    assert "reports chosen" in bundle["text/html"]
    explorer._taking.citation.click()
    assert "annual report" in explorer._taking.given.value.lower()
    for marks in explorer.marks:
        if len(marks.options) > 1:
            marks.value = 0
    assert explorer._failure.value == ""
    assert explorer._below.value


def drawn(part: dict[str, Any]) -> bool:
    """Whether anything but words is drawn."""
    return bool(re.search(r"'type': '(rect|point|bar)'", str(part)))


def test_fewer_than_two_reports_are_not_compared(tmp_path: Path) -> None:
    write_report(tmp_path)
    explorer = gx.explore.compare(gx.load(tmp_path, workers=1))
    assert "Choose two different reports" in str(explorer.chart.to_dict())
    assert explorer.code.endswith("needed.")


def test_a_year_without_a_province_says_so(tmp_path: Path) -> None:
    write_report(tmp_path, agency="某某单位")
    assert "没有可显示的内容" in str(gx.explore.provinces(gx.load(tmp_path, workers=1)).chart.to_dict())
