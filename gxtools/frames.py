"""The six frames, declared once: columns, types and what must hold in them. Names and meanings are the contract's.

Frames are built as they are declared and validated once a batch (``load``, ``write``, ``open_corpus``), never for a
single report. A frame that fails is this package's fault; a rule of the form that fails is the agency's, and stands in
``problems``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dataframely as dy
import polars as pl

from gxtools.marks import bears_simulated_name, with_mark

STATES = ("printed", "blank", "dash", "unreadable", "absent")
UNITS = ("count", "10k_cny")
SEVERITIES = ("error", "warning", "notice")
LEVELS = ("national", "province", "prefecture", "county", "township")
KINDS = ("government", "office", "department", "vertical", "zone", "institution", "enterprise")
SECTIONS = ("overview", "proactive", "requests", "disputes", "shortcomings", "other")


def _one_of(*allowed: str) -> dy.String:
    return dy.String(nullable=True, check=lambda column: column.is_in(allowed))


class Reports(dy.Schema):
    """One row a document, in the order of paths; ``error`` says why one could not be read.

    ``simulated`` is true exactly where the id or the agency bears the mark of a simulation, so that it can be neither
    given nor taken away by hand.
    """

    report = dy.String(primary_key=True)
    agency = dy.String(nullable=True)
    level = _one_of(*LEVELS)
    kind = _one_of(*KINDS)
    province = dy.String(nullable=True)
    region_code = dy.String(nullable=True, regex=r"^\d{6}$")
    year = dy.Int32(nullable=True)
    form = dy.String(nullable=True)
    published = dy.Date(nullable=True)
    source = dy.String(nullable=True)
    address = dy.String(nullable=True)
    format = dy.String(nullable=True)
    sha256 = dy.String(nullable=True)
    error = dy.String(nullable=True)
    simulated = dy.Bool(nullable=False)

    @dy.rule()
    def simulated_as_the_names_say(cls) -> pl.Expr:
        return pl.col("simulated") == bears_simulated_name()


class Cells(dy.Schema):
    """One row a cell of the official form. ``value`` is in ``unit`` and null exactly when ``state`` is not printed.

    ``form`` is that in which the table was printed; ``evidence`` tells how the cell was placed: ``labels`` (its line's
    and its column's meet there), ``header inherited`` (the header stands apart, as in a flattened copy or on the page
    before), ``count and sums`` (the header is lost), empty where nothing was placed.
    """

    report = dy.String(primary_key=True)
    form = dy.String(nullable=False)
    table = dy.String(primary_key=True)
    line = dy.String(primary_key=True)
    column = dy.String(primary_key=True)
    value = dy.Float64(nullable=True)
    unit = dy.String(nullable=False, check=lambda column: column.is_in(UNITS))
    raw = dy.String(nullable=True)
    state = dy.String(nullable=False, check=lambda column: column.is_in(STATES))
    where = dy.String(nullable=True)
    evidence = dy.String(nullable=False)

    @dy.rule()
    def value_exactly_where_printed(cls) -> pl.Expr:
        return pl.col("value").is_not_null() == (pl.col("state") == "printed")

    @dy.rule()
    def raw_null_only_where_absent(cls) -> pl.Expr:
        return pl.col("raw").is_null() == (pl.col("state") == "absent")


class Extras(dy.Schema):
    """Figures in lines or columns that the form does not have, under their printed labels."""

    report = dy.String(nullable=False)
    table = dy.String(nullable=False)
    line_label = dy.String(nullable=False)
    column_label = dy.String(nullable=False)
    raw = dy.String(nullable=False)
    value = dy.Float64(nullable=True)
    where = dy.String(nullable=True)


class Claims(dy.Schema):
    """Figures stated in the prose, with the sentence that states each."""

    report = dy.String(nullable=False)
    subject = dy.String(nullable=False)
    value = dy.Float64(nullable=False)
    unit = dy.String(nullable=False)
    sentence = dy.String(nullable=False)
    where = dy.String(nullable=True)


class Sections(dy.Schema):
    """The report's text as its headings divide it; ``section`` is null for what stands before the first."""

    report = dy.String(nullable=False)
    section = _one_of(*SECTIONS)
    heading = dy.String(nullable=False)
    text = dy.String(nullable=False)
    where = dy.String(nullable=True)


class Problems(dy.Schema):
    """What could not be read, and every rule of the form that does not hold or cannot be decided."""

    report = dy.String(nullable=False)
    rule = dy.String(nullable=False)
    severity = dy.String(nullable=False, check=lambda column: column.is_in(SEVERITIES))
    table = dy.String(nullable=True)
    line = dy.String(nullable=True)
    column = dy.String(nullable=True)
    expected = dy.Float64(nullable=True)
    found = dy.Float64(nullable=True)
    message = dy.String(nullable=False)
    message_zh = dy.String(nullable=False)
    where = dy.String(nullable=True)


DECLARED: dict[str, type[dy.Schema]] = {
    "reports": Reports,
    "cells": Cells,
    "extras": Extras,
    "claims": Claims,
    "sections": Sections,
    "problems": Problems,
}
SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    name: {column: declared.dtype for column, declared in schema.columns().items()} for name, schema in DECLARED.items()
}


_EMPTY: dict[str, pl.DataFrame] = {name: pl.DataFrame(schema=schema) for name, schema in SCHEMAS.items()}


def frame(name: str, rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Rows in the order of the declared columns -> the declared frame. Those of ``reports`` end before the mark."""
    if not rows:
        return _EMPTY[name].clone()
    given = {column: dtype for column, dtype in SCHEMAS[name].items() if column != "simulated"}
    columns = zip(*rows, strict=True)
    made = pl.DataFrame(
        [pl.Series(column, values, dtype) for (column, dtype), values in zip(given.items(), columns, strict=True)]
    )
    return with_mark(made) if name == "reports" else made


def validate(frames: Mapping[str, pl.DataFrame]) -> None:
    """Hold every frame against its declaration. Raises ``dataframely.exc.ValidationError`` or ``SchemaError``."""
    for name, schema in DECLARED.items():
        found, declared = frames[name].columns, list(SCHEMAS[name])
        if found != declared:
            raise pl.exceptions.SchemaError(f"frame '{name}' has the columns {found}, declared are {declared}")
        schema.validate(frames[name])
