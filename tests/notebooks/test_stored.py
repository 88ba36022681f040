"""The stored notebooks: the same bytes when run again, and nbval that sees a changed figure and a broken callback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

NOTEBOOKS = tuple(sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")))
FAILED = re.compile(r"\.ipynb::Cell (\d+)")
REPORT_EXPLORER = Path("gxtools", "explore", "report_explorer.py")
EXPLORER = Path("gxtools", "explore", "explorer.py")
MOST_WORDS = 1_000


def copied(root: Path, folder: Path) -> Path:
    """A folder with copies of the notebooks and of the shipped data."""
    shutil.copytree(root / "data", folder / "data")
    shutil.copytree(root / "notebooks", folder / "notebooks")
    return folder


def nbval(folder: Path, name: str, package: Path | None = None) -> subprocess.Popen[str]:
    """Hold a copied notebook against what its cells give now; ``package`` is a folder with another gxtools."""
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    environment = os.environ | ({"PYTHONPATH": str(package)} if package else {})
    path = folder / "notebooks" / name
    return subprocess.Popen([*command, path], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


def with_one_figure_changed(root: Path, folder: Path) -> subprocess.Popen[str]:
    page = copied(root, folder) / "data" / "reports" / "suqian_2024.html"
    change(page, ">1431<", ">1432<")
    return nbval(folder, "00_start_here.ipynb")


def with_code_changed(
    root: Path, folder: Path, name: str, file: Path, sound: str, broken: str
) -> subprocess.Popen[str]:
    package = copied(root, folder) / "package"
    shutil.copytree(root / "gxtools", package / "gxtools", ignore=shutil.ignore_patterns("__pycache__"))
    change(package / file, sound, broken)
    return nbval(folder, name, package)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def failed_cells(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[int]]:
    """The cells that nbval finds wrong after each mutation. The runs go side by side: each waits on its kernel."""
    watching, following = 'control.observe(self._changed, names="value")', 'self._follow(change["owner"])'
    one, own = "01_one_report.ipynb", "10_your_own_reports.ipynb"
    new = tmp_path_factory.mktemp
    running = {
        "figure": with_one_figure_changed(root, new("figure")),
        "silent": with_code_changed(root, new("silent"), one, REPORT_EXPLORER, watching, "pass"),
        "raising": with_code_changed(
            root, new("raising"), one, REPORT_EXPLORER, following, 'raise RuntimeError("broken")'
        ),
        "deaf": with_code_changed(root, new("deaf"), own, EXPLORER, watching.replace("control", "widget"), "pass"),
    }
    outputs = {name: process.communicate()[0] for name, process in running.items()}
    assert {name: process.returncode for name, process in running.items()} == dict.fromkeys(running, 1), outputs
    return {name: {int(number) for number in FAILED.findall(output)} for name, output in outputs.items()}


@pytest.mark.parametrize(
    ("mutation", "name", "source"),
    [
        ("figure", "00_start_here.ipynb", "gx.explore.findings(corpus)"),
        ("figure", "00_start_here.ipynb", "gx.charts.disclosure_rate(corpus)"),
        ("silent", "01_one_report.ipynb", "explorer.table.value = "),
        ("raising", "01_one_report.ipynb", "explorer.table.value = "),
        ("deaf", "10_your_own_reports.ipynb", "quality = gx.explore.quality(corpus)"),
    ],
)
def test_a_mutation_fails(root: Path, failed_cells: dict[str, set[int]], mutation: str, name: str, source: str) -> None:
    cells = json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    (number,) = (number for number, text in enumerate(code) if text.startswith(source))
    assert number in failed_cells[mutation]
    assert 0 not in failed_cells[mutation]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_prose_and_data_agree(root: Path, name: str) -> None:
    prose = "".join("".join(cell["source"]) for cell in cells_of(root, name, "markdown"))
    manifest = json.loads((root / "data" / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest) == 3
    assert len({Path(file).name.split("_")[0] for file in manifest}) == 2
    assert not re.search(r"[二四五六七八九十两]份报告|(?:two|four|five|six) reports that come", prose)
    if "third party" in prose:
        sources = {entry["source"] for entry in manifest.values()}
        stands = "read from a third party's comparison document; held against the agency's own page: not yet"
        assert stands in sources
        assert stands in prose
    # Every figure of a report is computed: none stands in the prose.
    assert {found.replace(" ", "") for found in re.findall(r"\d+(?:\.\d+)?\s?%", prose)} <= {"95%"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_read_in_one_sitting(root: Path, name: str) -> None:
    code = cells_of(root, name, "code")
    assert code[0]["metadata"] == {"tags": ["parameters"]}
    assert [line for line in code[0]["source"] if line.startswith("DATA = ")] == code[0]["source"]
    assert len(code) <= 13
    assert max(len(cell["source"]) for cell in code) <= 8
    prose = "".join("".join(cell["source"]) for cell in cells_of(root, name, "markdown"))
    assert len(re.findall(r"[A-Za-z'’]+", prose)) <= MOST_WORDS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_question_finding_coverage_limits_and_the_next(root: Path, name: str) -> None:
    headings = [
        line
        for cell in cells_of(root, name, "markdown")
        for line in "".join(cell["source"]).splitlines()
        if re.match(r"#+ ", line)
    ]
    assert headings[0].startswith("# ")
    assert all(re.search(r"[\u4e00-\u9fff]", heading) and re.search(r"[A-Za-z]{2}", heading) for heading in headings)
    order = [
        next((n for n, line in enumerate(headings) if word in line), -1)
        for word in ("finding", "Coverage", "Limits", "Next")
    ]
    assert order == sorted(order)
    assert order[0] == 1
    last = "".join(cells_of(root, name, "markdown")[-1]["source"])
    linked = set(re.findall(r"\((\d\d_\w+\.ipynb)\)", last))
    assert linked
    assert linked <= set(NOTEBOOKS)


def cells_of(root: Path, name: str, kind: str) -> list[dict[str, Any]]:
    cells = json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]
