"""Runs a notebook in a kernel of this very interpreter, whatever kernels the machine has."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

# `ignore_cwd`: a file polars.py beside somebody's reports is not to be imported. The kernel's own chatter is no output.
_ARGUMENTS = ["--IPKernelApp.ignore_cwd=True", "--log-level=ERROR"]


class NotebookFailed(RuntimeError):
    """A cell of a curated notebook failed; the text names the cell and what it said."""


class _OwnKernel(KernelSpecManager):
    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name=kernel_name, language="python")


def run_notebook(notebook: nbformat.NotebookNode, folder: Path, advance: Callable[[], None] = lambda: None) -> None:
    """Run every cell with ``folder`` as the current one; the outputs are put into ``notebook``.

    ``advance`` is called after every cell. Raises ``NotebookFailed`` at the first cell that fails.
    """

    def done(**kwargs: Any) -> None:
        advance()

    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=_OwnKernel()),
        extra_arguments=_ARGUMENTS,
        timeout=None,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
        on_cell_complete=done,
    )
    try:
        client.execute(cleanup_kc=True)
    except CellExecutionError as error:
        number = sum(cell.cell_type == "code" and cell.execution_count is not None for cell in notebook.cells)
        raise NotebookFailed(f"code cell {number} failed: {error.ename}: {error.evalue}") from error
