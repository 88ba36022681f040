"""The notebooks on refusals, requesters, backlog and proactive disclosure: their order, their prose, their outputs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.project.notebook_guard import faults

NAMES = ("04_refusal_reasons", "06_requesters", "07_backlog", "08_proactive")
BY_NOTEBOOK = pytest.mark.parametrize("name", NAMES)
# What prose may say in figures: articles and levels of confidence, years, ordinals of the form. No result.
RESULT = re.compile(r"\d[\d,.]*\s?%|\d+\s?(?:件|个机构|对|份报告)|\d+ (?:requests|bodies|pairs)")


def cells_of(root: Path, name: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads((root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    return cells


def prose(root: Path, name: str) -> str:
    return "\n".join("".join(cell["source"]) for cell in cells_of(root, name) if cell["cell_type"] == "markdown")


@BY_NOTEBOOK
def test_nothing_is_left_untested(root: Path, name: str) -> None:
    assert faults(root / "notebooks" / f"{name}.ipynb") == []


@BY_NOTEBOOK
def test_cells_are_few_and_short(root: Path, name: str) -> None:
    code = [cell for cell in cells_of(root, name) if cell["cell_type"] == "code"]
    assert code[0]["metadata"] == {"tags": ["parameters"]}
    assert len(code) <= 13
    assert max(len(cell["source"]) for cell in code) <= 8


@BY_NOTEBOOK
def test_finding_coverage_trace_choices_limits_and_where_to_go_stand_in_order(root: Path, name: str) -> None:
    headings = re.findall(r"^## (.+)$", prose(root, name), re.MULTILINE)
    places = [
        next(place for place, heading in enumerate(headings) if word in heading)
        for word in ("The finding", "Coverage", "One number traced", "Would another choice", "Limits", "Next")
    ]
    assert places == sorted(places)
    assert places[:2] == [0, 1]
    assert all(any("\u4e00" <= c <= "\u9fff" for c in heading) for heading in headings)


@BY_NOTEBOOK
def test_no_result_stands_in_the_prose(root: Path, name: str) -> None:
    assert RESULT.findall(prose(root, name)) == []
    assert "held against the agency's own page: not yet" in prose(root, name)


@BY_NOTEBOOK
def test_simulated_figures_are_marked_where_they_are_shown(root: Path, name: str) -> None:
    from_world = [
        cell
        for cell in cells_of(root, name)
        if cell["cell_type"] == "code" and "gx.simulate" in "".join(cell["source"])
    ]
    assert len(from_world) == 1
    (output,) = from_world[0]["outputs"]
    assert "模拟 simulated" in "".join(output["data"]["text/html"])


def test_the_trace_of_the_amendment_is_what_the_prose_says(root: Path) -> None:
    """Of the simulated world: otherwise closed is high in 2019 and not processed low, against the year after."""
    text = next(
        "".join(cell["outputs"][0]["data"]["text/plain"])
        for cell in cells_of(root, "04_refusal_reasons")
        if "gx.simulate" in "".join(cell["source"])
    )
    rows = {}
    for line in text.splitlines():
        figures = re.findall(r"0\.\d+", line)
        if len(figures) == 3:
            rows[re.findall(r"[a-z]+", line)[0]] = [float(figure) for figure in figures]
    assert rows["other"][0] > max(rows["other"][1:])
    assert rows["unprocessed"][0] < min(rows["unprocessed"][1:])
