"""One chart of an explorer with all that belongs to it, and several of them as one chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED
from gxtools.charts.finishing import Drawn
from gxtools.charts.inline import rows_of
from gxtools.charts.theme import config

Cell = tuple[str, str, str]
Row = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """What a click on a chart means: a name for it, which reports are behind it (as code too), which of their cells."""

    name: str
    reports: pl.Expr
    code: str
    cells: tuple[Cell, ...]

    @property
    def same(self) -> tuple[object, ...]:
        """What stays of a mark when its figures change: its group and its cells."""
        return self.code, self.cells


@dataclass(frozen=True)
class Panel:
    """A chart, the frame that it is drawn from, the call that makes it, and the marks of its dataset, row by row.

    In ``code`` the reports that the chart is drawn of are called ``CHOSEN``. ``data`` names the dataset whose rows are
    the ``marks``; both are empty where the chart says that there is nothing.
    ``left_out`` says in words what the chart does not show.
    """

    chart: Drawn
    frame: pl.DataFrame
    code: str
    data: str = ""
    marks: tuple[Mark, ...] = ()
    left_out: str = ""


def panel(
    chart: Drawn,
    frame: pl.DataFrame,
    by: Sequence[str],
    code: str,
    name_of: Callable[[Row], str],
    cells_of: Callable[[Row], Sequence[Cell]],
    left_out: str = "",
) -> Panel:
    """A panel of a chart that has a dataset with a row for every row of ``frame``, in the same order."""
    name = next((name for name, rows in datasets(chart) if len(rows) == frame.height and rows), None)
    if name is None or name == "nothing":
        return Panel(chart, frame, code, left_out=left_out)
    rows = frame.iter_rows(named=True)
    marks = tuple(Mark(name_of(row), of_group(row, by), group_code(row, by), tuple(cells_of(row))) for row in rows)
    return Panel(chart, frame, code, name, marks, left_out)


def of_group(row: Row, by: Sequence[str]) -> pl.Expr:
    """Which reports stand in the group of ``row``."""
    return reduce(and_, (pl.col(key).eq_missing(pl.lit(row[key])) for key in by), pl.lit(True))


def group_code(row: Row, by: Sequence[str]) -> str:
    """``of_group`` as code."""
    return " & ".join(f'pl.col("{key}").eq_missing(pl.lit({row[key]!r}))' for key in by) or "True"


def filtered(conditions: Sequence[str]) -> str:
    """The call that narrows a selection by these conditions; nothing without any."""
    return f".filter({', '.join(conditions)})" if conditions else ""


def titles(charts: Sequence[Drawn]) -> list[alt.TitleParams]:
    """The titles of charts of one view, with their numbers where there are several.

    A line that stands over one of them already is not said again, save that something is simulated.
    """
    if len(charts) == 1:
        return [charts[0].title]
    said: set[str] = set()
    found = []
    for number, chart in enumerate(charts, 1):
        lines = [line for line in chart.title.subtitle if line not in said or line == SIMULATED]
        said.update(lines)
        # One below the other charts stand with their axes in line; so do titles that begin there, and no others.
        found.append(alt.TitleParams(text=f"图{number} {chart.title.text}", subtitle=lines, frame="group"))
    return found


def together(charts: Sequence[Drawn]) -> Drawn | alt.ConcatChart:
    """Charts one below the other as one, numbered, with the words of them all."""
    if len(charts) == 1:
        return charts[0]
    bare = [chart.copy(deep=False) for chart in charts]
    for chart, title in zip(bare, titles(charts), strict=True):
        chart.config = chart.description = alt.Undefined
        chart.title = title
    whole = alt.concat(*bare, columns=1, spacing=30)
    # Each keeps its own colours.
    whole.resolve = alt.Resolve(
        scale=alt.ScaleResolveMap(
            color="independent", fill="independent", opacity="independent", shape="independent", stroke="independent"
        )
    )
    whole.description = " ".join(str(chart.description) for chart in charts)
    whole.config = alt.Config(**config())
    return whole


def datasets(chart: Any) -> Iterator[tuple[str, Sequence[Row]]]:
    """Name and rows of the datasets that a chart brings, the outermost first."""
    data = getattr(chart, "data", alt.Undefined)
    if isinstance(data, alt.InlineData):
        yield str(data.name), rows_of(data)
    for layer in getattr(chart, "layer", []):
        yield from datasets(layer)
