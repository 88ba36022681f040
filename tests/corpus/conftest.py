"""Fixtures of the corpus's tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxtools.corpus.apart import end_kept
from tests.corpus.faults import plant


@pytest.fixture
def faults(tmp_path_factory: pytest.TempPathFactory, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every process apart that starts now has the planted faults."""
    site = tmp_path_factory.mktemp("site")
    plant(site)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), str(root)]))
    end_kept()
    yield
    end_kept()
