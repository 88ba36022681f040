"""A wide frame gives what the long one gives, for every measure and definition."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from gxtools.forms import forms
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import measure, measure_wide, wide_reports
from tests.measures.frames import JIULONGPO_2020, SUQIAN_2023, SUQIAN_2024, Frames, Made, corpus, handled

EVERY = [
    (id, definition.id)
    for id, found in measure_definitions(forms()).items()
    if found.kind != "composition"
    for definition in found.definitions
]


@pytest.fixture(scope="module")
def frames() -> Frames:
    made = corpus(
        JIULONGPO_2020,
        SUQIAN_2023,
        SUQIAN_2024,
        Made("blank", "甲县人民政府", 2023, handled(3, 9) | {"partly_granted": "blank"}),
        Made("nameless", None, 2023, handled(3, 9)),
        Made("broken", "乙县人民政府", 2024, handled(4, 9)),
        Made("old", "宿迁市人民政府", 2016, {"answered": 9, "handled": 9, "received": 9}, form="2014"),
        Made("none", None, None, form=None),
        Made("bad", None, None, form=None, error="bad.html: is empty."),
        problems=[("broken", "balance", "error", "requests", None, "total")],
    )
    twice = made.cells.filter((pl.col("report") == "nameless") & (pl.col("line") == "received"))
    return Frames(made.reports, pl.concat([made.cells, twice]), made.problems, made.forms)


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


def test_an_empty_corpus() -> None:
    assert measure_wide(wide_reports(corpus()).lazy(), "disclosure_rate").is_empty()
    with pytest.raises(ValueError, match="id: 'openness'"):
        measure_wide(wide_reports(corpus()).lazy(), "openness")
