"""What must hold of every measure and definition of the dictionary, on simulated reports of three forms' years."""

from __future__ import annotations

import inspect
import random
import re
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import gxtools as gx
from gxtools import measures
from gxtools.forms import forms, load_forms
from gxtools.forms.loading import SHIPPED
from gxtools.forms.measure_definitions import FILE, measure_definitions
from gxtools.measures import composition, measure
from tests.measures.frames import Frames, Made, corpus
from tests.measures.test_dictionary import OLD

DICTIONARY = measure_definitions(forms())
RATES = [(id, d.id) for id, found in DICTIONARY.items() if found.kind != "composition" for d in found.definitions]
COMPOSITIONS = [
    (id, d.id) for id, found in DICTIONARY.items() if found.kind == "composition" for d in found.definitions
]
# To the requests received or the reconsiderations of the year, of which the numerator is no part.
MAY_PASS_ONE = {"of_received", "of_reconsidered"}
SUMS = ["numerator", "denominator", "cells_lacking"]


@pytest.fixture(scope="module")
def frames() -> Frames:
    """Simulated reports of 2019 to 2023, some with errors, one of 2016, one without figures and one without a form."""
    world = gx.simulate(bodies=14, years=range(2019, 2024), seed=6)
    documents: dict[str, float | str] = {"published_normative_documents": 30, "normative_documents_made": 40}
    old = replace(OLD, figures=OLD.figures | documents)
    made = corpus(old, Made("blank", "乙县人民政府", 2022, {"handled": "blank"}), Made("none", "丙", 2012, form=None))
    parts = [
        (own.select(made_frame.columns), made_frame)
        for own, made_frame in (
            (world.reports, made.reports),
            (world.cells, made.cells),
            (world.problems, made.problems),
        )
    ]
    reports, cells, problems = (pl.concat([own, ours.cast(dict(own.schema))]) for own, ours in parts)
    return Frames(reports, cells, problems, forms())


def some(frames: Frames, kept: pl.Series) -> Frames:
    reports = frames.reports.filter(kept)
    cells = frames.cells.join(reports.select("report"), on="report", how="semi", maintain_order="left")
    return Frames(reports, cells, frames.problems, frames.forms)


@pytest.fixture(scope="module")
def halves(frames: Frames) -> tuple[Frames, Frames]:
    drawn = random.Random(3)
    left = pl.Series([drawn.random() < 0.5 for _ in range(frames.reports.height)])
    return some(frames, left), some(frames, ~left)


@pytest.fixture(scope="module")
def shuffled(frames: Frames) -> Frames:
    turned = [
        frame.sample(fraction=1, shuffle=True, seed=2) for frame in (frames.reports, frames.cells, frames.problems)
    ]
    return Frames(*turned, frames.forms)


@pytest.mark.parametrize(("id", "definition"), RATES)
def test_bounds_order_splits_and_parts(
    id: str, definition: str, frames: Frames, halves: tuple[Frames, Frames], shuffled: Frames
) -> None:
    by_year = measure(frames, id, ["year"], definition)
    assert by_year["denominator"].is_not_null().any()
    kind = DICTIONARY[id].kind
    known = by_year.drop_nulls("value")
    if kind != "ratio":
        assert (known["value"] >= 0).all()
    if kind == "share" and definition not in MAY_PASS_ONE:
        assert (known["value"] <= 1).all()
    limits = known.drop_nulls("low")
    assert limits.filter(~pl.col("value").is_between("low", "high")).is_empty()
    assert by_year.filter((pl.col("denominator").fill_null(0) <= 0) & pl.col("value").is_not_null()).is_empty()

    assert_frame_equal(measure(shuffled, id, ["year"], definition), by_year)

    parts = pl.concat([measure(half, id, ["year"], definition) for half in halves])
    added = parts.group_by("year").agg(pl.col(SUMS).sum()).sort("year", nulls_last=True)
    assert_frame_equal(added, by_year.select(pl.col("year"), pl.col(SUMS).fill_null(0)))

    whole = measure(frames, id, [], definition).select(SUMS).row(0)
    for by in (["year"], ["agency"], ["report"], ["form", "level"], ["province", "kind"]):
        assert measure(frames, id, by, definition).select(pl.col(SUMS).sum()).row(0) == whole, by


@pytest.mark.parametrize(
    ("id", "part"), [("disclosure_rate", "column"), ("other_rate", "column"), ("pending_share", "line")]
)
def test_the_parts_of_a_report_add_up_to_it(id: str, part: str, frames: Frames) -> None:
    counted = ["numerator", "denominator"]
    each = measure(frames, id, ["report", part]).filter(pl.col("numerator").is_not_null().all().over("report"))
    whole = measure(frames, id, ["report"]).join(each.select("report").unique(), on="report", how="semi")
    added = each.group_by("report").agg(pl.col(counted).sum()).sort("report")
    assert added.height > 20
    both = added.join(whole.drop_nulls("numerator"), on="report", suffix="_whole")
    assert both.filter(pl.any_horizontal(pl.col(name) != pl.col(f"{name}_whole") for name in counted)).is_empty()


@pytest.mark.parametrize(("id", "definition"), COMPOSITIONS)
def test_compositions_too(
    id: str, definition: str, frames: Frames, halves: tuple[Frames, Frames], shuffled: Frames
) -> None:
    keys = ["year", "line", "column"]
    found = composition(frames, id, ["year"], definition)
    known = found.drop_nulls("share")
    assert known["share"].is_between(0, 1).all()
    assert known.drop_nulls("low").filter(~pl.col("share").is_between("low", "high")).is_empty()
    assert_frame_equal(composition(shuffled, id, ["year"], definition), found)
    within = DICTIONARY[id].definitions[0].within
    group = ["year", "line"] if within else ["year"]
    parts = known.group_by(group).agg(pl.col("count").sum(), pl.col("share").sum(), pl.col("whole").max())
    # The forms of two years do not meet in one: each year's parts are those of its form.
    assert (parts["count"] == parts["whole"]).all()
    assert parts["share"].is_between(1 - 1e-9, 1 + 1e-9).all()
    split = pl.concat([composition(half, id, ["year"], definition) for half in halves])
    added = split.group_by(keys).agg(pl.col("count", "whole").sum())
    joined = found.select(*keys, pl.col("count", "whole").fill_null(0)).join(
        added, on=keys, nulls_equal=True, suffix="_1"
    )
    assert joined.height == found.height
    assert joined.filter((pl.col("count") != pl.col("count_1")) | (pl.col("whole") != pl.col("whole_1"))).is_empty()


def test_a_definition_changed_in_the_data_changes_its_text_and_its_figure_alike(frames: Frames, tmp_path: Path) -> None:
    """Each denominator is put in the place of its numerator: every share is 1, and its text says so."""
    folder = tmp_path / "forms"
    shutil.copytree(SHIPPED, folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    turned = re.sub(r'numerator = "[^"]+"\ndenominator = "([^"]+)"', r'numerator = "\1"\ndenominator = "\1"', text)
    (folder / FILE).write_text(turned, encoding="utf-8")
    changed = load_forms(folder)
    known = measure_definitions(changed)
    for id, definition in RATES:
        frame = measure(frames, id, ["year"], definition, forms=changed).drop_nulls("value")
        assert frame.height > 0, (id, definition)
        assert frame["value"].unique().to_list() == [1000 if DICTIONARY[id].kind == "per_1000" else 1], (id, definition)
        now = next(d for d in known[id].definitions if d.id == definition)
        before = next(d for d in DICTIONARY[id].definitions if d.id == definition)
        numerator, denominator = now.text.split("; form ")[0].split(" / ")
        assert numerator == denominator
        assert before.text != now.text


SAID = {
    "formula": r"[Ff]ormula|[Mm]aximum likelihood|With exact intervals| = ",
    "source": r"[Ss]ource|(18|19|20)\d\d",
    "assumptions": r"[Aa]ssum|\bTakes\b",
    "what it is not for": r"\bNot\b|\bnot for\b|\bnever\b|\bNever\b",
}


@pytest.mark.parametrize(
    "name", sorted(set(measures.__all__) - {"HasFrames", "Selection", "definition_of", "forms_of"})
)
def test_every_docstring_says_what_it_must(name: str) -> None:
    text = inspect.getdoc(getattr(measures, name)) or ""
    assert [what for what, words in SAID.items() if not re.search(words, text)] == []
