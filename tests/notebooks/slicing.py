"""The part of a notebook that the reader's folder decides, and what its cells show, run without a kernel."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import nbformat


def of_the_folder(notebook: nbformat.NotebookNode) -> list[list[ast.stmt]]:
    """Of every code cell the statements that hang on ``DATA``, and those that these need; cells with none are left out.

    What does not hang on it is the same for any folder and run wherever the notebooks are.
    """
    cells = [ast.parse(cell.source).body for cell in notebook.cells if cell.cell_type == "code"]
    hanging = {"DATA"}
    kept: set[ast.stmt] = set()
    for statement in _statements(cells):
        if hanging & (_names(statement, ast.Load) | _names(statement, ast.Store)):
            kept.add(statement)
            hanging |= _names(statement, ast.Store)
    needed = {name for statement in kept for name in _names(statement, ast.Load)}
    for statement in reversed(list(_statements(cells))):
        if statement not in kept and needed & _names(statement, ast.Store):
            kept.add(statement)
            needed |= _names(statement, ast.Load)
    own = [[statement for statement in cell if statement in kept] for cell in cells]
    return [cell for cell in own if cell]


def shown_by(cell: list[ast.stmt], names: dict[str, Any]) -> list[Any]:
    """What a cell prints, and what its last statement shows."""
    printed: list[Any] = []
    names["print"] = lambda *texts: printed.extend(texts)
    *steps, last = cell
    if not isinstance(last, ast.Expr):
        steps = cell
    exec(compile(ast.Module(steps, []), "cell", "exec"), names)
    if not isinstance(last, ast.Expr):
        return printed
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    return printed if value is None and printed else [*printed, value]


def _statements(cells: list[list[ast.stmt]]) -> Iterator[ast.stmt]:
    for cell in cells:
        yield from cell


def _names(statement: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    """The names that a statement takes up or gives away; an import gives away what it brings."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        given = {alias.asname or alias.name for alias in statement.names}
        return given if context is ast.Store else set()
    nodes = list(ast.walk(statement))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, context)}
