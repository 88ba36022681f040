"""Runs notebooks in kernels of this very interpreter, whatever kernels the machine has."""

from __future__ import annotations

import asyncio
import atexit
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

# `ignore_cwd`: a file polars.py beside somebody's reports is not to be imported. The kernel's own chatter is no output.
_ARGUMENTS = ["--IPKernelApp.ignore_cwd=True", "--log-level=ERROR"]
_AT_ONCE = 2


class NotebookFailed(RuntimeError):
    """A cell of a curated notebook failed; the text names the cell and what it said."""


class _OwnKernel(KernelSpecManager):
    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name=kernel_name, language="python")


async def _run(notebook: nbformat.NotebookNode, name: str, folder: Path, advance: Callable[[], None]) -> None:
    def done(**kwargs: Any) -> None:
        advance()

    manager = AsyncKernelManager(kernel_spec_manager=_OwnKernel())
    client = NotebookClient(
        notebook,
        km=manager,
        extra_arguments=_ARGUMENTS,
        timeout=None,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
        on_cell_complete=done,
    )
    try:
        await client.async_execute(cleanup_kc=True)
    except CellExecutionError as error:
        number = sum(cell.cell_type == "code" and cell.execution_count is not None for cell in notebook.cells)
        raise NotebookFailed(f"notebook {name}, code cell {number}: {error.ename}: {error.evalue}") from error
    finally:
        # Cancelled as another notebook fails, the client leaves what had just begun, or was just ending, to the exit.
        atexit.unregister(client._cleanup_kernel)
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)


async def _run_all(notebooks: Mapping[str, nbformat.NotebookNode], folder: Path, advance: Callable[[], None]) -> None:
    turns = asyncio.Semaphore(_AT_ONCE)

    async def in_turn(name: str, notebook: nbformat.NotebookNode) -> None:
        async with turns:
            await _run(notebook, name, folder, advance)

    async with asyncio.TaskGroup() as group:
        for name, notebook in notebooks.items():
            group.create_task(in_turn(name, notebook))


def run_notebooks(
    notebooks: Mapping[str, nbformat.NotebookNode], folder: Path, advance: Callable[[], None] = lambda: None
) -> None:
    """Run every cell of every notebook, given by name, with ``folder`` as the current one; their outputs are put in.

    ``advance`` is called after every cell. Raises ``NotebookFailed`` at the first cell that fails; the others end then.
    """
    try:
        run_sync(_run_all)(notebooks, folder, advance)
    except* NotebookFailed as failed:
        raise failed.exceptions[0] from None
