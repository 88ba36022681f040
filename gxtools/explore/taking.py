"""What a reader takes away from a view: its data, its picture, how to cite it, and the code that makes it again."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import altair as alt
import ipywidgets
import polars as pl

from gxtools.charts import save
from gxtools.citation import cite
from gxtools.corpus import Corpus
from gxtools.errors import MissingFont
from gxtools.explore.markup import escaped, framed, paragraph
from gxtools.marks import SIMULATED_TEXT, is_simulated
from gxtools.version import VERSION

_ROW = ipywidgets.Layout(flex_flow="row wrap")
_TYPES = {
    ".csv": "text/csv;charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
# Without it Excel takes a CSV for one in the system's own characters.
_BOM = "\ufeff"


@dataclass(frozen=True)
class View:
    """What is in view: ``name`` of the picture (ASCII), the chart, the frames that it is drawn from by the names of
    their files, a citation, and Python code.
    """

    name: str
    chart: alt.TopLevelMixin
    frames: Mapping[str, pl.DataFrame]
    citation: str
    code: str


class Taking(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """Five buttons and what the last one pressed gives: a link to save a file, or text to select.

    Nothing is made before a button is pressed, and nothing is fetched: a link holds its file. ``view`` is called then,
    so that what is taken away is what is in view; ``clear`` takes back what was given for another view.
    """

    def __init__(self, view: Callable[[], View]) -> None:
        super().__init__()
        self._view = view
        self.data = _button("数据 Data", "CSV")
        self.png = _button("图片 PNG", "PNG")
        self.svg = _button("矢量图 SVG", "SVG")
        self.citation = _button("引用 Citation", "如何引用 how to cite")
        self.code = _button("代码 Code", "重做此图的代码 code that makes this view again")
        self.given = ipywidgets.HTML()
        self.children = (
            ipywidgets.HBox([self.data, self.png, self.svg, self.citation, self.code], layout=_ROW),
            self.given,
        )
        self.data.on_click(lambda _: self._give(_data))
        self.png.on_click(lambda _: self._give(lambda view: link(f"{view.name}.png", picture(view.chart, ".png"))))
        self.svg.on_click(lambda _: self._give(lambda view: link(f"{view.name}.svg", picture(view.chart, ".svg"))))
        self.citation.on_click(lambda _: self._give(lambda view: _text(view.citation)))
        self.code.on_click(lambda _: self._give(lambda view: _text(view.code)))

    def clear(self) -> None:
        """Show nothing below the buttons."""
        self.given.value = ""

    def _give(self, made: Callable[[View], str]) -> None:
        try:
            self.given.value = framed([made(self._view())])
        except (MissingFont, ValueError) as error:
            self.given.value = framed([paragraph(f"无法生成 Cannot be made: {error}")])


def csv_of(frame: pl.DataFrame) -> bytes:
    """The frame as CSV in UTF-8 with the mark that Excel needs; lists and structs in it as JSON text."""
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    flat = frame.with_columns(
        pl.col(name).map_elements(_json, return_dtype=pl.String, skip_nulls=True) for name in nested
    )
    return (_BOM + flat.write_csv()).encode()


def picture(chart: alt.TopLevelMixin, suffix: str) -> bytes:
    """The chart as ``gx.charts.save`` writes it. Raises ``MissingFont``, ``ValueError`` for another suffix."""
    with tempfile.TemporaryDirectory() as folder:
        return save(chart, Path(folder) / f"chart{suffix}").read_bytes()


def link(name: str, data: bytes) -> str:
    """A link that holds a file and saves it as ``name``: reached with the Tab key, followed without a network."""
    held = base64.b64encode(data).decode()
    size = f"{max(1, round(len(data) / 1000)):,} KB"
    return (
        f'<p><a href="data:{_TYPES[Path(name).suffix]};base64,{held}" download="{escaped(name)}">'
        f"保存 Save {escaped(name)} ({size})</a></p>"
    )


def citation(corpus: Corpus, cells: pl.DataFrame) -> str:
    """How to cite what rests on ``cells`` (``report``, ``table``, ``line``, ``column``, ``state``).

    Where they are of one report, a reference to each printed cell in both styles; else, or where there is no document
    as the report is simulated, the corpus by its id, which is the same wherever the same documents are read.
    """
    reports = cells["report"].unique()
    held = cells.filter(pl.col("state") != "absent")
    of_document = corpus.reports.filter(pl.col("report").is_in(reports.implode()))["sha256"].drop_nulls()
    if reports.len() == of_document.len() == 1 and held.height:
        names = [f"{row['table']}.{row['line']}.{row['column']}" for row in held.iter_rows(named=True)]
        cited = [cite(corpus, name, report=reports[0]) for name in names]
        return "\n\n".join(f"{one.gbt7714}\n{one.apa}" for one in cited)
    read = corpus.reports.filter(pl.col("error").is_null()).height
    mark = f"{SIMULATED_TEXT}: " if is_simulated(corpus.reports) else ""
    return (
        f"{mark}政府信息公开工作年度报告 {read} 份，语料编号 gxtools:{corpus.id}，由 gxtools {VERSION} 读取并计算。\n"
        f"{mark}{read} annual report(s) on open government information, corpus gxtools:{corpus.id}, "
        f"read and computed with gxtools {VERSION}."
    )


def _data(view: View) -> str:
    return "".join(link(f"{name}.csv", csv_of(frame)) for name, frame in view.frames.items())


def _json(value: object) -> str:
    return json.dumps(value.to_list() if isinstance(value, pl.Series) else value, ensure_ascii=False, default=str)


def _text(text: str) -> str:
    """Text to select; the Tab key reaches it."""
    return f'<pre tabindex="0">{escaped(text)}</pre>'


def _button(name: str, hint: str) -> ipywidgets.Button:
    return ipywidgets.Button(description=name, tooltip=hint, layout=ipywidgets.Layout(width="130px"))
