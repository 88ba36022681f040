"""environment.yml asks conda for just what pyproject.toml asks pip for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.project.requirements import by_name, declared


@pytest.fixture(scope="module")
def entries(root: Path) -> list[Any]:
    listed: list[Any] = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    return listed


def test_names_and_bounds_are_those_of_pyproject(root: Path, entries: list[Any]) -> None:
    conda = [entry for entry in entries if isinstance(entry, str)]
    pip = [text for entry in entries if isinstance(entry, dict) for text in entry["pip"]]
    assert len(by_name(conda + pip)) == len(conda + pip), "a package is listed twice"
    asked = {
        name: str(wanted.specifier) for name, wanted in by_name(conda + pip).items() if name not in {"python", "pip"}
    }
    assert asked == {name: str(wanted.specifier) for name, wanted in declared(root).items()}


def test_the_python_is_that_of_pyproject(root: Path, entries: list[Any]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"python{project['requires-python']}" in entries
