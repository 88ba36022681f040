"""The shipped reports: as the script sets them, as the manifest says, with the figures of their sources."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from gxtools import figures
from gxtools.forms import forms
from scripts.set_data import set_data

NAMES = ("jiulongpo_2020", "suqian_2023", "suqian_2024")


def figures_of(root: Path, name: str) -> list[dict[str, str]]:
    with (root / f"scripts/figures/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_script_sets_the_same_bytes_again(root: Path, tmp_path: Path) -> None:
    set_data(tmp_path)
    again = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert again == {path: (root / "data" / path).read_bytes() for path in again}


def test_the_manifest_holds_every_document(root: Path) -> None:
    manifest = json.loads((root / "data/manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest) == [f"reports/{name}.html" for name in NAMES]
    assert sorted(path.name for path in (root / "data/reports").iterdir()) == [f"{name}.html" for name in NAMES]
    for name, entry in manifest.items():
        data = (root / "data" / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["size"] == len(data)
        assert entry["source"] in data.decode().replace("&#39;", "'")
        assert entry["source"] in (root / "data/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_form_is_there_with_its_source(root: Path, name: str) -> None:
    report = tomllib.loads((root / f"scripts/figures/{name}.toml").read_text(encoding="utf-8"))
    rows = figures_of(root, name)
    cells = [(cell.table, cell.line, cell.column) for cell in forms().by_id(report["form"]).cells]
    assert [(row["table"], row["line"], row["column"]) for row in rows] == cells
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_the_prose_is_the_reports_own(root: Path, name: str) -> None:
    report = tomllib.loads((root / f"scripts/figures/{name}.toml").read_text(encoding="utf-8"))
    known = set(report["stated"].values())
    known |= {figures.parse(row["raw"]).value for row in figures_of(root, name)}
    for paragraphs in report["prose"].values():
        for paragraph in paragraphs:
            stated = {found.value for found in figures.find(paragraph) if found.unit_word}
            assert stated <= known


@pytest.mark.parametrize("name", ["suqian_2023", "suqian_2024"])
def test_the_citys_figures_are_those_collected(root: Path, shared: Path, name: str) -> None:
    with (shared / "figures/full_reports.csv").open(encoding="utf-8", newline="") as file:
        collected = [row for row in csv.DictReader(file) if row["year"] == name[-4:]]
    keys = ("table", "line", "column", "source")
    assert [[row[key] for key in keys] for row in figures_of(root, name)] == [
        [row[key] for key in keys] for row in collected
    ]
    assert [row["raw"] for row in figures_of(root, name)] == [row["value"] for row in collected]
