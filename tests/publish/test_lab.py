"""JupyterLab itself, in a browser whose network is cut: charts are drawn, and a click on a widget changes its chart."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import nbformat
import polars as pl
import pytest
from playwright.sync_api import Locator, Page, expect

import gxtools as gx
from gxtools.charts.provinces import layout

TOKEN = "local"
START = "import sys; from gxtools.publish.lab import open_lab; open_lab(sys.argv[1], sys.argv[2], sys.argv[3:])"
SECONDS = 60
MILLISECONDS = SECONDS * 1000


@pytest.fixture(scope="module")
def lab(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab that ``open_lab`` started on the shipped reports, and the folder of its notebooks."""
    tmp_path = tmp_path_factory.mktemp("lab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = [f"--port={port}", "--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}"]
    options += ["--no-browser", "--allow-root"]
    own = {name: str(tmp_path / name) for name in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", START, root / "data" / "reports", tmp_path / "work", *options],
            env=os.environ | own,
            cwd=tmp_path,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_for(f"{address}/api", server)
        yield address, tmp_path / "work"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=SECONDS)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("JupyterLab did not start")


def run(page: Page, address: str, notebook: str) -> None:
    """Open a notebook alone, without what was open before, and run all its cells."""
    # Lab draws only the cells in view: a window as high as the notebook has them all.
    page.set_viewport_size({"width": 1400, "height": 9000})
    page.set_default_timeout(MILLISECONDS)
    page.goto(f"{address}/lab/tree/{notebook}?token={TOKEN}&reset")
    # Before the kernel is there, Lab would ask for one instead of running.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=MILLISECONDS)
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()


def test_charts_are_drawn_and_a_click_changes_one(lab: tuple[str, Path], browser_page: Page) -> None:
    run(browser_page, lab[0], "01_one_report.ipynb")

    # The widget stands in two places; two charts are shown by themselves.
    in_widget = browser_page.locator(".jupyter-widgets .vega-embed svg.marks")
    expect(in_widget).to_have_count(2, timeout=MILLISECONDS)
    expect(browser_page.locator(".jp-RenderedVegaCommon5 .marks")).to_have_count(2)
    bars = in_widget.first.locator(".mark-rect path")
    expect(bars).to_have_count(3)

    expect(browser_page.locator(".Toastify__toast")).to_have_count(0)

    report, table, line, column = (browser_page.locator(".widget-dropdown select").nth(number) for number in range(4))
    table.select_option(index=1)
    expect(bars).to_have_count(23)
    expect(browser_page.locator(".gx td.c").first).to_have_text("99")
    column.select_option(index=0)
    expect(in_widget.first).to_contain_text("natural persons")
    line.select_option(index=2)
    expect(browser_page.locator(".gx td.c").first).to_have_text("58")
    # From the keyboard: in Lab the arrow would else go to the next cell.
    report.focus()
    browser_page.keyboard.press("End")
    expect(in_widget.first).to_contain_text("宿迁市人民政府 2024")
    expect(browser_page.locator(".gx td.c").first).to_have_text("1408")


@dataclass(frozen=True)
class Driven:
    """An explorer: which of its charts is read back, by which fields of its rows, and what they must be.

    ``printed`` is what stands in a cell behind the mark ``clicked`` of its first chart, once the level is the
    prefecture's.
    """

    name: str
    chart: int
    fields: tuple[str, str]
    figures: Callable[[gx.measures.HasFrames], pl.DataFrame]
    printed: str
    clicked: int = 0


def counts_of_rules(corpus: gx.measures.HasFrames) -> pl.DataFrame:
    shares = gx.measures.rule_shares(corpus)
    return shares.select(pl.format("{}/{}", "broken", "decided"), "undecided")


def printed_totals(corpus: gx.measures.HasFrames) -> pl.DataFrame:
    """Both reports of the one body that has two, line by line."""
    totals = corpus.cells.filter((pl.col("table") == "requests") & (pl.col("column") == "total"))
    years = corpus.reports.filter(pl.col("year") > 2020).select("report", "year").sort("year")
    one, other = (totals.join(years.filter(year=year), on="report")["value"] for year in (2023, 2024))
    return pl.DataFrame([one, other.alias("other")])


def rates_of_tiles(corpus: gx.measures.HasFrames) -> pl.DataFrame:
    """Numerator and denominator of every tile in its order, null where no report is."""
    rates = gx.measure(corpus, "disclosure_rate", ["province", "year"]).filter(year=2024)
    tiles = pl.DataFrame({"province": list(layout())})
    return tiles.join(rates, on="province", how="left", maintain_order="left").select("numerator", "denominator")


DRIVEN = (
    Driven(
        "rates",
        1,
        ("numerator", "denominator"),
        lambda corpus: gx.measure(corpus, "disclosure_rate", ["level"]).select("numerator", "denominator"),
        "1191",
    ),
    Driven(
        "refusals",
        1,
        ("count", "of"),
        lambda corpus: gx.measures.composition(corpus, "refusals", ["level"]).select("count", "whole"),
        "1191",
    ),
    Driven(
        "disputes",
        1,
        ("count", "of"),
        lambda corpus: gx.measures.disputes_by_outcome(corpus, ["level"]).select("count", "whole"),
        "3486",
    ),
    # The rule that the prose of 宿迁市 2024 breaks.
    Driven("quality", 0, ("counts", "undecided"), counts_of_rules, "宿迁市人民政府 2024", clicked=6),
    Driven("compare", 1, ("value", "value_other"), printed_totals, "1191"),
    Driven("provinces", 0, ("numerator", "denominator"), rates_of_tiles, "1431", list(layout()).index("江苏省")),
)
# The scene that Vega drew holds the row behind each mark.
DRAWN = """
(chart) => [...chart.querySelectorAll("svg.marks path, svg.marks text")]
  .map((node) => node.__data__).filter((item) => item && item.datum && item.datum.mark !== undefined)
  .map((item) => item.datum)
"""
MARK = """
(chart, mark) => [...chart.querySelectorAll("svg.marks path")].find((node) => node.__data__
  && ["symbol", "rect"].includes(node.__data__.mark.marktype) && node.__data__.datum.mark === mark)
"""


class Part(NamedTuple):
    """Some reports as long cells."""

    reports: pl.DataFrame
    cells: pl.DataFrame
    problems: pl.DataFrame


def of_level(corpus: gx.Corpus, level: str) -> Part:
    reports = corpus.reports.filter(pl.col("level") == level)
    cells, problems = (frame.join(reports, on="report", how="semi") for frame in (corpus.cells, corpus.problems))
    return Part(reports, cells, problems)


def read_back(chart: Locator, fields: tuple[str, str]) -> list[tuple[float, ...]]:
    """The figures of every row that has a mark in the page, in the order of rows."""
    rows = {row["mark"]: tuple(row[field] for field in fields) for row in chart.evaluate(DRAWN)}
    return [rows[number] for number in sorted(rows)]


def assert_drawn(chart: Locator, driven: Driven, corpus: gx.measures.HasFrames) -> None:
    """The page comes to show what is computed afresh."""
    wanted, seen = driven.figures(corpus).rows(), []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and seen != wanted:
        time.sleep(0.05)
        seen = read_back(chart, driven.fields)
    assert seen == wanted, driven.name


def test_explorers_follow_mouse_and_keyboard(lab: tuple[str, Path], root: Path, browser_page: Page) -> None:
    address, work = lab
    corpus = gx.load(root / "data" / "reports", workers=1)
    source = f"import gxtools as gx\ncorpus = gx.load({str(root / 'data' / 'reports')!r}, workers=1)"
    cells = [source, *(f"gx.explore.{driven.name}(corpus)" for driven in DRIVEN)]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text, id=f"cell-{number}") for number, text in enumerate(cells)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, work / "explorers.ipynb")
    run(browser_page, address, "explorers.ipynb")
    explorers = browser_page.locator(".jp-OutputArea-output .gx-explorer")
    expect(explorers).to_have_count(len(DRIVEN), timeout=MILLISECONDS)

    for number, driven in enumerate(DRIVEN):
        explorer = explorers.nth(number)
        charts = explorer.locator(".vega-embed")
        expect(charts.locator("svg.marks").nth(1)).to_be_visible()
        chart = charts.nth(driven.chart)
        assert_drawn(chart, driven, corpus)

        explorer.locator("input").first.focus()
        browser_page.keyboard.press("Tab")
        browser_page.keyboard.press("ArrowDown")
        assert_drawn(chart, driven, of_level(corpus, "prefecture"))

        mark = charts.first.evaluate_handle(MARK, driven.clicked).as_element()
        assert mark is not None
        mark.click(force=True)
        expect(explorer.locator(".gx td, .gx th", has_text=driven.printed).first).to_be_visible()
        chosen = explorer.locator("select").last.evaluate("list => list.selectedIndex")
        assert chosen == 0, "the mark was chosen in the first chart alone"

    expect(browser_page.locator(".Toastify__toast")).to_have_count(0)
