"""Every notebook on every kind of folder that a reader may have: all cells run, and each says something in words."""

from __future__ import annotations

import json
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from functools import cache, partialmethod
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import pytest

import gxtools as gx
from gxtools.charts.renderer import MIME
from gxtools.explore import Findings
from gxtools.explore.explorer import Explorer
from gxtools.explore.report_explorer import ReportExplorer
from gxtools.forms import forms
from gxtools.publish.curated import on_folder, read_notebook
from gxtools.simulation import documents
from gxtools.writing import Content, HtmlLayout, set_page
from tests.conftest import ROOT
from tests.explore.made import write_report
from tests.notebooks.slicing import of_the_folder, shown_by

NOTEBOOKS = tuple(path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb")))
# What a chart says that has nothing to draw.
SAYS = re.compile("没有可显示|没有空白|全部成立|请选择两份")


def nothing(folder: Path) -> None:
    folder.mkdir()


def nothing_readable(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("no report", encoding="utf-8")
    (folder / "empty.html").write_text("", encoding="utf-8")


def one_report_of_an_unknown_body(folder: Path) -> None:
    write_report(folder, agency="某某单位")


def one_year(folder: Path) -> None:
    write_report(folder)
    write_report(folder, agency="扬州市人民政府")


def all_simulated(folder: Path) -> None:
    folder.mkdir()
    for document in documents(gx.simulate(bodies=4, years=[2022, 2023], seed=3)):
        (folder / document.name).write_bytes(document.data)


def mixed_forms(folder: Path) -> None:
    write_report(folder, without="requests")
    write_report(folder, agency="扬州市人民政府", without="proactive")
    shutil.copy(ROOT / "data" / "reports" / "jiulongpo_2020.html", folder)
    printed = {(cell.table, cell.line, cell.column): "5" for cell in forms().by_id("2014").cells}
    page = set_page(Content("2014", "宿迁市人民政府", 2016, printed), HtmlLayout())
    (folder / "2016.html").write_text(page, encoding="utf-8")


KINDS = (nothing, nothing_readable, one_report_of_an_unknown_body, one_year, all_simulated, mixed_forms)


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.__name__)
def kind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The kind of a folder, and the folder."""
    make: Callable[[Path], None] = request.param
    folder = tmp_path_factory.mktemp("readers") / make.__name__
    make(folder)
    return make.__name__, folder


@pytest.fixture(scope="module", autouse=True)
def _quickly() -> Iterator[None]:
    """Every folder is read once, and charts are not held against the schema of Vega-Lite: other tests do that."""
    load, to_dict = gx.load, alt.TopLevelMixin.to_dict
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gx, "load", cache(lambda folder: load(folder, workers=1)))
        patch.setattr(alt.TopLevelMixin, "to_dict", partialmethod(to_dict, validate=False))
        yield


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_runs_and_says_something(name: str, kind: tuple[str, Path]) -> None:
    cells = of_the_folder(on_folder(read_notebook(ROOT / "notebooks" / name), str(kind[1])))
    assert len(cells) > 3
    names: dict[str, Any] = {}
    for cell in cells:
        with warnings.catch_warnings():
            # A warning stands under the cell as much as its output.
            warnings.simplefilter("error")
            shown = shown_by(cell, names)
        for value in shown:
            assert not isinstance(value, pl.DataFrame), "gx.explore.table says in words that a frame is empty"
            assert value is not None
            said = in_words(value)
            assert said.strip()
            assert not re.search(r"\b(nan|inf|None)\b", said)
            if kind[0] == "all_simulated" and tells_of_figures(value):
                assert "模拟" in said


def in_words(value: Any) -> str:
    """What somebody reads who sees no chart; a chart that draws nothing has to say why."""
    if isinstance(value, alt.TopLevelMixin):
        return described(value.to_dict())
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        return bundle["text/html"] + (described(bundle[MIME]) if MIME in bundle else "")
    return str(value)


def described(spec: dict[str, Any]) -> str:
    for part in spec.get("concat", [spec]):
        assert part["title"]
        text = json.dumps(part, ensure_ascii=False)
        assert re.search(r'"type": "(rect|point|bar)"', text) or SAYS.search(text)
    return str(spec["description"]) + json.dumps(spec.get("title", ""), ensure_ascii=False)


def tells_of_figures(value: Any) -> bool:
    """Whether figures of the reports that were read are in it, and not of observed pages alone."""
    if isinstance(value, Findings):
        return not all(finding.observed for finding in value)
    return isinstance(value, alt.TopLevelMixin | ReportExplorer | Explorer)
