"""The pages: complete in themselves, honest about their making, and drawn by a browser whose network is cut."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gxtools.forms import forms
from gxtools.publish.curated import notebook_paths
from gxtools.publish.publishing import Published, publish_notebooks
from gxtools.version import VERSION
from tests.explore.made import write_report

FETCHING = re.compile(r"""<(?:script|img|iframe|link|image)\b[^>]*\b(?:src|href)=|@import|url\(""", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped reports; one without a table, one that means harm, and a module that means to be imported."""
    folder = tmp_path_factory.mktemp("in") / "my \"reports'"
    shutil.copytree(root / "data" / "reports", folder)
    write_report(folder, agency="扬州市人民政府", without="requests")
    hostile = {("requests", "received", "natural_person"): "<img src=x onerror=alert(1)>"}
    write_report(folder, agency="淮安市人民政府", year=2022, changed=hostile, address="javascript:alert(1)")
    for place in (folder, folder.parent):
        (place / "polars.py").write_text("raise SystemExit('imported from beside the reports')", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def published(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Pages of some notebooks, with tables, charts and widgets; CI makes those of all by the README's command."""
    some = [path for path in notebook_paths() if path.stem[:2] in ("00", "01", "02", "03")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gxtools.publish.publishing.notebook_paths", lambda: some)
        yield publish_notebooks(folder, tmp_path_factory.mktemp("out") / "pages")


@pytest.fixture
def drawn(published: Published, browser_page: Page) -> Page:
    browser_page.goto((published.index.parent / "00_start_here.html").as_uri())
    browser_page.wait_for_selector("div.chart svg.marks")
    return browser_page


def test_a_page_a_notebook_and_one_to_begin_with(published: Published, root: Path) -> None:
    names = sorted(path.name for path in published.index.parent.iterdir())
    assert names == [*(path.with_suffix(".html").name for path in notebook_paths()[:4]), "index.html"]
    index = published.index.read_text(encoding="utf-8")
    for finding in published.findings:
        assert finding.zh in index
    assert 'href="00_start_here.html"' in index
    assert "held against the agency&#39;s own page: not yet" in index
    assert "reports&#39;/suqian_2024.html" in index
    assert "reports&#39;/polars.py: " in index


def test_nothing_that_a_document_says_is_run(published: Published) -> None:
    for path in published.index.parent.iterdir():
        page = path.read_text(encoding="utf-8")
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_every_page_says_what_made_it(published: Published, folder: Path) -> None:
    for path in published.index.parent.iterdir():
        page = path.read_text(encoding="utf-8")
        for said in (VERSION, forms().hash, "2020–2024", "2021-02-05", "MIT"):
            assert said in page
        assert str(folder.parent) not in page


def test_no_page_fetches_anything(published: Published) -> None:
    for path in published.index.parent.iterdir():
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in page
        outside_scripts = re.sub(r"<script\b[^>]*>.*?</script>", "<script></script>", page, flags=re.DOTALL)
        assert FETCHING.findall(outside_scripts) == []
        assert ".ipynb" not in re.sub(r">[^<]*<", "><", outside_scripts)


def test_charts_are_drawn_with_the_network_cut(drawn: Page) -> None:
    charts = drawn.locator("div.chart")
    drawn.wait_for_function("document.querySelectorAll('div.chart svg.marks').length == 3")
    assert charts.count() == 3
    for number in range(3):
        assert charts.nth(number).locator("svg.marks path").count() > 3
    assert "54.0%" in charts.first.inner_text()
    assert drawn.locator("text=The chart could not be drawn").count() == 0


def test_a_mark_tells_its_figures(drawn: Page) -> None:
    drawn.locator("div.chart").first.locator("svg.marks .mark-symbol path").first.hover()
    tip = drawn.wait_for_selector("#vg-tooltip-element.visible")
    assert "suqian_202" in tip.inner_text() or "jiulongpo" in tip.inner_text()


def test_a_page_keeps_how_its_widget_stood(published: Published, browser_page: Page) -> None:
    browser_page.goto((published.index.parent / "01_one_report.html").as_uri())
    browser_page.wait_for_selector("div.chart svg.marks")
    assert browser_page.locator("p.static", has_text="gxtools lab").count() == 3
    assert browser_page.locator(".gx td.c").count() == 2
    browser_page.get_by_role("link", name="00_start_here.ipynb").first.click()
    assert browser_page.url.endswith("00_start_here.html")
