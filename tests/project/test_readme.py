"""The README's Quick start: two commands, each in its own `sh` block, that need Python and its venv module only."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

Commands = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def quick_start_commands(root: Path) -> Commands:
    """The very function by which CI takes the commands out of the README."""
    function: Commands = runpy.run_path(str(root / ".ci" / "readme_command.py"))["quick_start_commands"]
    return function


def test_two_commands_that_set_up_and_test(root: Path, quick_start_commands: Commands) -> None:
    set_up, test = quick_start_commands((root / "README.md").read_text(encoding="utf-8"))
    assert set_up.startswith("python3 -m venv .venv")
    assert "--require-hashes -r requirements.lock" in set_up
    assert ".venv/bin/gxtools notebooks" in set_up
    assert test == ".venv/bin/python -m pytest"


def test_each_is_one_command(root: Path, quick_start_commands: Commands) -> None:
    for command in quick_start_commands((root / "README.md").read_text(encoding="utf-8")):
        lines = command.splitlines()
        assert all(line.endswith("\\") for line in lines[:-1]), command
        assert ";" not in command


def test_ci_runs_the_readme_s_commands(root: Path) -> None:
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "readme_command 1\n" in script
    assert "readme_command 2 " in script
    assert "-m pytest" not in script


def test_blocks_of_other_headings_and_languages_are_left_alone(quick_start_commands: Commands) -> None:
    text = (
        "# T\n\n```sh\nzero\n```\n\n## Quick start · 快速上手\n\n```sh\none && \\\n  more\n```\n\n```python\nx\n```\n\n"
        "### Then\n\n```sh\ntwo\n```\n\n## Next\n\n```sh\nthree\n```\n"
    )
    assert quick_start_commands(text) == ["one && \\\n  more", "two"]


def test_a_missing_heading_is_told(quick_start_commands: Commands) -> None:
    with pytest.raises(ValueError, match="Quick start"):
        quick_start_commands("# T\n")


def test_the_table_of_the_notebooks_is_made_from_them(root: Path) -> None:
    with_table = runpy.run_path(str(root / "scripts" / "list_notebooks.py"))["with_table"]
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert with_table(readme, root / "notebooks") == readme, "run scripts/list_notebooks.py"
    assert readme.count(".ipynb)") >= len(list((root / "notebooks").glob("*.ipynb")))
