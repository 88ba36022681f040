"""The stored notebooks: the same bytes when run again, and nbval that sees a changed figure and a broken callback."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

NOTEBOOKS = ("00_start_here.ipynb", "01_one_report.ipynb")
EXPLORER = Path("gxtools", "explore", "report_explorer.py")


def run_notebooks_script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_notebooks", root / "scripts" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Path:
    """A folder with copies of the notebooks and of the shipped data."""
    shutil.copytree(root / "data", tmp_path / "data")
    shutil.copytree(root / "notebooks", tmp_path / "notebooks")
    return tmp_path


def nbval(folder: Path, name: str, package: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Hold a copied notebook against what its cells give now; ``package`` is a folder with another gxtools."""
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    environment = os.environ | ({"PYTHONPATH": str(package)} if package else {})
    path = folder / "notebooks" / name
    return subprocess.run([*command, path], cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_another_run_gives_the_same_bytes(root: Path, copied: Path, name: str) -> None:
    path = copied / "notebooks" / name
    run_notebooks_script(root).run_and_store(path)
    assert path.read_bytes() == (root / "notebooks" / name).read_bytes(), "run scripts/run_notebooks.py"


def test_one_changed_figure_fails(copied: Path) -> None:
    page = copied / "data" / "reports" / "suqian_2024.html"
    text = page.read_text(encoding="utf-8")
    assert text.count(">1431<") == 1
    page.write_text(text.replace(">1431<", ">1432<"), encoding="utf-8")
    done = nbval(copied, "00_start_here.ipynb")
    assert done.returncode == 1, done.stdout
    assert re.search(r"\d+ failed, \d+ passed", done.stdout)
    assert "handled_sum" in done.stdout


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ('control.observe(self._changed, names="value")', "pass"),
        ('self._follow(change["owner"])', 'raise RuntimeError("broken callback")'),
    ],
    ids=["silent", "raising"],
)
def test_a_broken_callback_fails(root: Path, copied: Path, sound: str, broken: str) -> None:
    shutil.copytree(root / "gxtools", copied / "package" / "gxtools", ignore=shutil.ignore_patterns("__pycache__"))
    explorer = copied / "package" / EXPLORER
    text = explorer.read_text(encoding="utf-8")
    assert text.count(sound) == 1
    explorer.write_text(text.replace(sound, broken), encoding="utf-8")
    done = nbval(copied, "01_one_report.ipynb", copied / "package")
    assert done.returncode == 1, done.stdout
    assert re.search(r"\d+ failed, \d+ passed", done.stdout)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_prose_and_data_agree(root: Path, name: str) -> None:
    notebook = json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))
    prose = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    manifest = json.loads((root / "data" / "manifest.json").read_text(encoding="utf-8"))
    assert {"三份报告", "两个机关", "three reports", "two bodies"} <= {
        words for words in ("三份报告", "两个机关", "three reports", "two bodies") if words in prose
    }
    assert len(manifest) == 3
    assert len({Path(file).name.split("_")[0] for file in manifest}) == 2
    sources = {entry["source"] for entry in manifest.values()}
    assert "read from a third party's comparison document; held against the agency's own page: not yet" in sources
    assert "read from a third party's comparison document; held against the agency's own page: not yet" in prose
    # Every figure of a report is computed: none stands in the prose.
    assert re.findall(r"\d+(?:\.\d+)?\s?%", prose) in ([], ["95%", "95 %"], ["95%", "95%"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_are_few_and_short(root: Path, name: str) -> None:
    cells = json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code[0]["metadata"] == {"tags": ["parameters"]}
    assert len(code) <= 13
    assert max(len(cell["source"]) for cell in code) <= 8
