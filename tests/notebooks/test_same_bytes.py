"""The stored notebooks are what another run gives, byte by byte."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

from nbformat.v4 import new_output


def run_notebooks_script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_notebooks", root / "scripts" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_another_run_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "data", tmp_path / "data")
    folder = tmp_path / "notebooks"
    shutil.copytree(root / "notebooks", folder)
    run_notebooks_script(root).run_and_store(folder)
    names = sorted(path.name for path in folder.glob("*.ipynb"))
    changed = [name for name in names if (folder / name).read_bytes() != (root / "notebooks" / name).read_bytes()]
    assert changed == [], "run scripts/run_notebooks.py"
    assert len(names) > 10


def test_what_was_printed_in_pieces_is_stored_whole(root: Path) -> None:
    pieces = [new_output("stream", name="stdout", text=text) for text in ("one\n", "two\n")]
    other = new_output("stream", name="stderr", text="three\n")
    whole = run_notebooks_script(root).with_whole_streams([*pieces, other])
    assert [(output.name, output.text) for output in whole] == [("stdout", "one\ntwo\n"), ("stderr", "three\n")]
