"""Opens the curated notebooks in JupyterLab, on copies that a person may change."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

from gxtools.errors import CorpusError
from gxtools.publish.curated import notebook_paths, on_folder, read_notebook

WORK = "gxtools-notebooks"
# Settings that keep Lab from asking for news over the network, and from offering it in a corner; nor for extensions.
_SETTINGS = Path(__file__).resolve().parent / "jupyter"
_QUIET = ["--LabApp.extension_manager=readonly"]


def open_lab(folder: str | os.PathLike[str], work: str | os.PathLike[str] = WORK, arguments: Sequence[str] = ()) -> int:
    """Copy the curated notebooks to ``work``, set to read ``folder``, and open JupyterLab there until it is shut down.

    A copy that is there already keeps what a person wrote; only its line ``DATA`` is set. ``arguments`` go to
    JupyterLab as they are. Returns its exit code. Raises ``OSError`` for a folder that is not there, ``CorpusError``
    for a copy that has lost that line.
    """
    place = copy_notebooks(folder, work)
    settings = os.pathsep.join(filter(None, (str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH"))))
    command = [sys.executable, "-m", "jupyterlab", str(place), *_QUIET, *arguments]
    return subprocess.call(command, env=os.environ | {"JUPYTER_CONFIG_PATH": settings})


def copy_notebooks(folder: str | os.PathLike[str], work: str | os.PathLike[str]) -> Path:
    """The copies alone: the folder ``work``, with notebooks that read ``folder`` and have not been run."""
    source = Path(folder).resolve(strict=True)
    if not source.is_dir():
        raise NotADirectoryError(20, "Is no folder of reports", str(folder))
    place = Path(work).resolve()
    place.mkdir(parents=True, exist_ok=True)
    for path in notebook_paths():
        copy = place / path.name
        held = read_notebook(copy if copy.exists() else path)
        try:
            set_up = on_folder(held, str(source))
        except ValueError as error:
            raise CorpusError(f"{copy}: {error}; delete it to get a fresh copy.") from error
        nbformat.write(set_up, copy)  # type: ignore[no-untyped-call]  # typed in part
    return place
