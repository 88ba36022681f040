"""A frame as a notebook shows it: whole, its figures as people write them, and words where it has no row."""

from __future__ import annotations

import polars as pl

from gxtools.explore.markup import escaped, framed, paragraph

MOST = 40
EMPTY = "没有可列的行。No row to list."
_LACKING = "–"
_DECIMALS = 3


class Table:
    """The first 40 rows of ``frame`` with their texts in full, and how many more there are. ``frame`` is unchanged.

    Figures of a column have three decimals where any of them is broken, or as many as a small one needs so as not to
    look like 0. What is not there is a dash, never 0.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self._columns = [_texts(column) for column in frame.head(MOST).iter_columns()]

    def __repr__(self) -> str:
        if self.frame.is_empty():
            return EMPTY
        lines = [" | ".join(row) for row in (self.frame.columns, *zip(*self._columns, strict=True))]
        return "\n".join([*lines, *self._more()])

    def _repr_html_(self) -> str:
        if self.frame.is_empty():
            return framed([paragraph(EMPTY)])
        head = "".join(f"<th>{escaped(name)}</th>" for name in self.frame.columns)
        tags = ["<td>{}</td>" if column.dtype.is_numeric() else "<th>{}</th>" for column in self.frame.iter_columns()]
        body = "".join(
            f"<tr>{''.join(tag.format(escaped(text)) for tag, text in zip(tags, row, strict=True))}</tr>"
            for row in zip(*self._columns, strict=True)
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return framed([table, *map(paragraph, self._more())])

    def _more(self) -> list[str]:
        left = self.frame.height - MOST
        return [f"另有 {left:,} 行 and {left:,} more"] if left > 0 else []


def _texts(column: pl.Series) -> list[str]:
    if not column.dtype.is_float():
        return [_text(value) for value in column]
    figures: list[float | None] = column.to_list()
    whole = all(figure is None or figure.is_integer() for figure in figures)
    return [_LACKING if figure is None else _figure(figure, whole) for figure in figures]


def _figure(value: float, whole: bool) -> str:
    if whole:
        return f"{value:,.0f}"
    small = value and abs(value) < 0.5 * 10**-_DECIMALS
    return f"{value:.1g}" if small else f"{value:,.{_DECIMALS}f}"


def _text(value: object) -> str:
    if isinstance(value, pl.Series):
        return "、".join(map(str, value)) or _LACKING
    return _LACKING if value is None else str(value)
