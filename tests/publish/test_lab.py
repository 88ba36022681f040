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
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

TOKEN = "local"
START = "import sys; from gxtools.publish.lab import open_lab; open_lab(sys.argv[1], sys.argv[2], sys.argv[3:])"
SECONDS = 60
MILLISECONDS = SECONDS * 1000


@pytest.fixture
def lab(root: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab that ``open_lab`` started on the shipped reports."""
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
        yield address
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


def test_charts_are_drawn_and_a_click_changes_one(lab: str, browser_page: Page) -> None:
    # Lab draws only the cells in view: a window as high as the notebook has them all.
    browser_page.set_viewport_size({"width": 1400, "height": 7000})
    browser_page.set_default_timeout(MILLISECONDS)
    browser_page.goto(f"{lab}/lab/tree/01_one_report.ipynb?token={TOKEN}")
    # Before the kernel is there, Lab would ask for one instead of running.
    expect(browser_page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=MILLISECONDS)
    browser_page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    browser_page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()

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
    report.select_option(index=2)
    expect(in_widget.first).to_contain_text("宿迁市人民政府 2024")
    expect(browser_page.locator(".gx td.c").first).to_have_text("1408")
