"""A wide frame gives what the long one gives, for every measure and definition."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import gxtools as gx
from gxtools.errors import CorpusError
from gxtools.forms import forms
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.frames import SCHEMAS
from gxtools.measures import measure, measure_wide, wide_reports, widening
from tests.measures.frames import Frames, corpus, mixed

EVERY = [
    (id, definition.id)
    for id, found in measure_definitions(forms()).items()
    if found.kind != "composition"
    for definition in found.definitions
]


@pytest.fixture(scope="module")
def frames() -> Frames:
    return mixed()


@pytest.mark.parametrize(("id", "definition"), EVERY)
def test_the_same_as_from_long_cells(frames: Frames, id: str, definition: str) -> None:
    wide = wide_reports(frames).lazy()
    for by in ([], ["year"], ["agency", "year"], ["report"], ["form", "level"]):
        assert_frame_equal(measure_wide(wide, id, by, definition), measure(frames, id, by, definition))


@pytest.mark.parametrize(("id", "part"), [("disclosure_rate", "column"), ("correction_rate", "line")])
def test_by_line_and_column(frames: Frames, id: str, part: str) -> None:
    wide = wide_reports(frames).lazy()
    assert_frame_equal(measure_wide(wide, id, ["year", part]), measure(frames, id, ["year", part]))


def test_only_the_columns_that_are_needed_are_read(frames: Frames, tmp_path: Path) -> None:
    wide = wide_reports(frames)
    needed = ["requests.granted.total", "requests.partly_granted.total", "requests.handled.total"]
    wide.select("report", "agency", "year", "form", *needed).write_parquet(tmp_path / "wide.parquet")
    scanned = pl.scan_parquet(tmp_path / "wide.parquet")
    assert_frame_equal(measure_wide(scanned, "disclosure_rate"), measure(frames, "disclosure_rate"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set with planted errors, and with reports that nobody could read before, within and behind it."""
    simulated = gx.simulate(bodies=12, years=range(2019, 2022), seed=4, errors={"handled_with_carried_out": 0.5})
    held = simulated.frames
    unread = held["reports"].head(1).with_columns(error=pl.lit("x.html: is empty."), form=None)
    formless = unread.with_columns(error=None)
    rows = [
        unread.with_columns(report=pl.lit("simulated-a")),
        held["reports"].head(7),
        formless.with_columns(report=pl.lit("simulated-b")),
        held["reports"].slice(7),
        formless.with_columns(report=pl.lit("simulated-c")),
    ]
    held["reports"] = pl.concat([row.cast(dict(held["reports"].schema)) for row in rows])
    folder = tmp_path_factory.mktemp("world") / "set"
    gx.Corpus(held, forms()).write(folder)
    return folder


@pytest.mark.parametrize("at_once", [300, 577, 10**6])
def test_piece_by_piece_from_a_data_set(world: Path, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widening, "CELLS_AT_ONCE", at_once)
    whole = wide_reports(gx.open_corpus(world))
    streamed = wide_reports(gx.scan(world))
    assert whole.height == 38
    assert whole["simulated"].all()
    assert whole["requests.handled.total"].null_count() > 2
    assert_frame_equal(streamed.collect(), whole)
    asked = streamed.filter(pl.col("year") == 2020).select("requests.handled.total", "report").head(5)
    known = whole.filter(pl.col("year") == 2020).select("requests.handled.total", "report").head(5)
    assert_frame_equal(asked.collect(), known)


def test_the_same_measure_from_the_data_set_as_from_the_corpus(world: Path) -> None:
    kept = measure(gx.open_corpus(world), "denial_rate", ["level", "year"])
    assert_frame_equal(measure_wide(wide_reports(gx.scan(world)), "denial_rate", ["level", "year"]), kept)


def test_cells_out_of_order_are_refused_and_not_lost(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widening, "CELLS_AT_ONCE", 700)
    held = gx.open_corpus(world)
    turned = {name: frame.lazy() for name, frame in held.frames.items()} | {"cells": held.cells.reverse().lazy()}
    with pytest.raises(CorpusError, match="do not stand in the order of the reports"):
        wide_reports(turned).collect()
    mixed = Frames(held.reports, held.cells.reverse(), held.problems, held.forms)
    assert_frame_equal(wide_reports(mixed), wide_reports(held))


def test_an_empty_data_set(tmp_path: Path) -> None:
    gx.Corpus({name: pl.DataFrame(schema=schema) for name, schema in SCHEMAS.items()}, forms()).write(tmp_path / "set")
    assert measure_wide(wide_reports(gx.scan(tmp_path / "set")), "disclosure_rate").is_empty()


def test_an_empty_corpus() -> None:
    assert measure_wide(wide_reports(corpus()).lazy(), "disclosure_rate").is_empty()
    with pytest.raises(ValueError, match="id: 'openness'"):
        measure_wide(wide_reports(corpus()).lazy(), "openness")
