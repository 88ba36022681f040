"""Folders that cannot be published, a hostile one, and the copies of the notebooks that read another folder."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

import gxtools as gx
from gxtools.publish.curated import notebook_paths, on_folder, read_notebook
from gxtools.publish.lab import copy_notebooks
from gxtools.publish.publishing import publish_notebooks
from gxtools.publish.running import NotebookFailed, run_notebooks
from tests.explore.made import write_report


def notebook_of(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    with pytest.raises(gx.CorpusError, match="holds no document; give a folder"):
        publish_notebooks(tmp_path / "reports", tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.html").write_text("<p>news</p>", encoding="utf-8")
    with pytest.raises(gx.CorpusError, match=r"none of its 1 document\(s\) could be read") as caught:
        publish_notebooks(tmp_path / "reports", tmp_path / "pages")
    assert "\n" not in str(caught.value)


def test_pages_among_the_reports_are_refused(tmp_path: Path) -> None:
    write_report(tmp_path)
    with pytest.raises(gx.CorpusError, match="lies in the folder of reports"):
        publish_notebooks(tmp_path, tmp_path / "pages")


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        publish_notebooks(tmp_path / "none", tmp_path / "pages")


def test_a_cell_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match="notebook odd, code cell 2: ZeroDivisionError: division by zero"):
        run_notebooks({"odd": notebook_of("x = 0", "1 / x", "x"), "even": notebook_of("1")}, tmp_path)


def test_a_kernel_that_only_began_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[AsyncKernelManager] = []

    async def fail(client: NotebookClient) -> None:
        begun.append(client.km)
        assert client.km.has_kernel
        raise NotebookFailed("another notebook failed")

    monkeypatch.setattr(NotebookClient, "async_start_new_kernel_client", fail)
    with pytest.raises(NotebookFailed):
        run_notebooks({"even": notebook_of("1")}, tmp_path)
    assert [manager.has_kernel for manager in begun] == [False]


def test_only_the_parameter_is_changed() -> None:
    notebook = read_notebook(notebook_paths()[0])
    changed = on_folder(notebook, 'a"b\\1')
    sources = [(old.source, new.source) for old, new in zip(notebook.cells, changed.cells, strict=True)]
    ((old, new),) = [pair for pair in sources if pair[0] != pair[1]]
    assert old.startswith('DATA = "../data/reports"')
    assert json.loads(new.removeprefix("DATA = ").split("  #")[0]) == 'a"b\\1'
    assert all(not cell.get("outputs") for cell in changed.cells)


def test_a_notebook_without_the_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell tagged 'parameters'"):
        on_folder(notebook_of("DATA = 1"), "reports")


def test_copies_for_lab_keep_what_a_person_wrote(tmp_path: Path) -> None:
    write_report(tmp_path / "one")
    write_report(tmp_path / "two")
    shipped = {path.name: path.read_bytes() for path in notebook_paths()}
    work = copy_notebooks(tmp_path / "one", tmp_path / "work")
    copy = work / "00_start_here.ipynb"
    notebook = read_notebook(copy)
    notebook.cells.append(nbformat.v4.new_code_cell("mine = 1"))
    nbformat.write(notebook, copy)
    copy_notebooks(tmp_path / "two", tmp_path / "work")
    text = copy.read_text(encoding="utf-8")
    assert "mine = 1" in text
    assert json.dumps(f'DATA = "{tmp_path / "two"}"')[1:-1] in text
    assert {path.name: path.read_bytes() for path in notebook_paths()} == shipped


def test_a_copy_that_lost_its_parameter_is_told(tmp_path: Path) -> None:
    write_report(tmp_path / "one")
    (tmp_path / "work").mkdir()
    nbformat.write(notebook_of("x"), tmp_path / "work" / "01_one_report.ipynb")
    with pytest.raises(gx.CorpusError, match="delete it to get a fresh copy"):
        copy_notebooks(tmp_path / "one", tmp_path / "work")
