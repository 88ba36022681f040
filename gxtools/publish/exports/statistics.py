"""Files of Stata and SPSS, with labels of variables and of values, by ReadStat (package pyreadstat)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from gxtools.forms import Forms
from gxtools.publish.exports.codebook import CATEGORIES, Meaning, meanings

_LONGEST_NAME = {".dta": 32, ".sav": 64}
# Stata 14, the first whose strings are Unicode.
_STATA = 14
_LONGEST_LABEL = 80


def write_statistics(path: Path, frame: pl.DataFrame, forms: Forms, title: str) -> None:
    """Write a ``.dta`` or ``.sav`` file. Raises ``ModuleNotFoundError`` without the extra ``exports``."""
    from pyreadstat import write_dta, write_sav

    names = variable_names(frame.columns, forms, _LONGEST_NAME[path.suffix])
    held = frame.with_columns(*map(_coded, [name for name in CATEGORIES if name in frame.columns]))
    held = held.with_columns(pl.col(pl.Boolean).cast(pl.Int8)).rename(names)
    labels: dict[str, str | None] = {names[column.name]: _label(column) for column in meanings(frame, forms)}
    values: dict[str, dict[int | float, str]] = {
        names[name]: {code: f"{value} {zh}" for code, (value, zh) in enumerate(CATEGORIES[name].items(), 1)}
        for name in CATEGORIES
        if name in frame.columns
    }
    if path.suffix == ".dta":
        write_dta(held, str(path), title, labels, _STATA, variable_value_labels=values)
    else:
        write_sav(held, str(path), title, labels, variable_value_labels=values)


def variable_names(columns: Iterable[str], forms: Forms, longest: int) -> dict[str, str]:
    """A name of a variable for each column: the column's own with ``_`` for the dots where it is short enough.

    Else the table and the numbers of line and column among all that the forms have, the oldest form first, as
    ``requests_12_3``: the same cell has the same name in every file. The label of the variable begins with the full
    name.
    """
    numbers: dict[str, dict[str, int]] = {}
    for cell in (cell for form in forms.all for cell in form.cells):
        for axis, id in (("line", cell.line), ("column", cell.column)):
            seen = numbers.setdefault(f"{axis} of {cell.table}", {})
            seen.setdefault(id, len(seen) + 1)
    names: dict[str, str] = {}
    for column in columns:
        plain = re.sub(r"\W", "_", column)
        if len(plain) > longest:
            table, line, place = column.split(".")
            plain = f"{table}_{numbers[f'line of {table}'][line]}_{numbers[f'column of {table}'][place]}"
        names[column] = plain
    return names


def _coded(name: str) -> pl.Expr:
    codes = {value: code for code, value in enumerate(CATEGORIES[name], 1)}
    return pl.col(name).replace_strict(codes, return_dtype=pl.Int8)


def _label(column: Meaning) -> str:
    text = f"{column.name} {column.meaning_zh}" if "." in column.name else f"{column.meaning_zh} {column.meaning}"
    return text[:_LONGEST_LABEL]
