"""Fixtures of every test: sample reports beside the checkout, the system's Chromium, and Hypothesis's settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Cuts the network below the page: no name and no address resolves but this machine's own.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
INSIDE_SCHEMES = {"about", "blob", "data", "file"}
INSIDE_HOSTS = {"localhost", "127.0.0.1"}

# Shared cores make single examples slow now and then, so no deadline. In CI the same examples every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def skip_for_lack(sentence: str) -> NoReturn:
    """Skip the test, or fail it where the environment variable GXTOOLS_REFUSE_SKIPS is 1.

    `sentence` says what is lacking and what to do.
    """
    if os.environ.get("GXTOOLS_REFUSE_SKIPS") == "1":
        pytest.fail(f"{sentence} (GXTOOLS_REFUSE_SKIPS=1 makes this a failure.)", pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample reports and figures beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        skip_for_lack("The folder `shared` is not beside the checkout: put the sample reports there to run this test.")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    skip_for_lack("No Chromium on this machine: install the system's package `chromium` to run this test.")


@pytest.fixture
def outside_requests() -> list[str]:
    """Addresses outside this machine that `browser_page` asked for; a test that ends with any of them fails.

    A test that means to provoke such a request clears the list once it has looked at it.
    """
    return []


@pytest.fixture
def browser_page(chromium: str, outside_requests: list[str]) -> Iterator[Page]:
    """A page of headless Chromium with the network cut: files and this machine's own servers only.

    Playwright keeps an asyncio loop running in this thread, hence a browser a test; make pages, run notebooks and start
    servers in a subprocess or in a fixture that is asked for earlier.
    """

    def admit(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in INSIDE_SCHEMES or address.hostname in INSIDE_HOSTS:
            route.continue_()
        else:
            outside_requests.append(route.request.url)
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN", service_workers="block")
        context.route("**/*", admit)
        yield context.new_page()
        browser.close()
    assert outside_requests == [], "the page asked for addresses outside this machine"
