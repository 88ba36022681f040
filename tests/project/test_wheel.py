"""The wheel holds all that the package needs, and works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built by the build backend that is installed, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=root, check=True)
    (path,) = folder.glob("gxtools-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package alone, installed from the wheel."""
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel]
    subprocess.run(pip, check=True)
    return target


def run_outside(installed: Path, script: str, folder: Path) -> str:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_every_file_of_the_package_is_inside(root: Path, wheel: Path) -> None:
    files = {path.relative_to(root).as_posix() for path in (root / "gxtools").rglob("*") if path.is_file()}
    files = {name for name in files if "__pycache__" not in name}
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert sorted(files - inside) == []
    assert "gxtools/py.typed" in inside
    assert any(name.startswith("gxtools/forms/") and name.endswith(".toml") for name in inside)


def test_the_notebooks_and_the_reports_are_inside(root: Path, wheel: Path) -> None:
    notebooks = {f"gxtools/{path.relative_to(root).as_posix()}" for path in (root / "notebooks").glob("*.ipynb")}
    reports = {f"gxtools/{path.relative_to(root).as_posix()}" for path in (root / "data" / "reports").iterdir()}
    assert notebooks
    assert reports
    assert sorted((notebooks | reports) - set(zipfile.ZipFile(wheel).namelist())) == []


def test_the_licence_and_the_command_are_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (licence,) = [name for name in archive.namelist() if name.endswith("/LICENSE")]
        (commands,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "MIT License" in archive.read(licence).decode()
        assert "gxtools = gxtools.cli:main" in archive.read(commands).decode()


def test_the_forms_load_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    script = (
        "import gxtools; from gxtools.forms import forms; "
        "print(gxtools.__file__); print(*sorted(form.id for form in forms().all))"
    )
    file, ids = run_outside(installed, script, tmp_path).splitlines()
    assert Path(file).is_relative_to(installed)
    assert {"2019", "2021"} <= set(ids.split())


def test_the_command_line_works_outside_the_checkout(root: Path, installed: Path, tmp_path: Path) -> None:
    command = ["gxtools", "load", str(root / "data" / "reports"), "--out", "set"]
    script = f"import sys; from gxtools.cli import main; sys.argv = {command}; main()"
    assert "read 3" in run_outside(installed, script, tmp_path)
