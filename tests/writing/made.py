"""Reports made for the writer's tests."""

from __future__ import annotations

from gxtools.forms import Form
from gxtools.writing import Content, content_of


def numbered(form: Form) -> Content:
    """Every cell holds a number of its own, from 1000 in printed order, so that a cell in the wrong place is seen."""
    values = {(cell.table, cell.line, cell.column): 1000 + i for i, cell in enumerate(form.cells)}
    return content_of(form.id, "某市人民政府", form.first_year, values)
