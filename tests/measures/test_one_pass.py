"""Many measures asked in one pass are those asked one by one; the sizes of groups are their wholes."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import gxtools as gx
from gxtools.measures import Selection, composition, litigation, traced_measure
from gxtools.measures.compositions import whole_sizes
from gxtools.measures.disputing import ASKED
from gxtools.measures.one_pass import traced_measures
from gxtools.measures.rates import rate_sizes
from tests.measures.frames import mixed

WORLD = gx.simulate(bodies=40, years=range(2019, 2023), seed=4)
CORPORA: dict[str, Any] = {
    "all forms": mixed(),
    "a world": WORLD,
    "a selection": Selection(WORLD).filter(pl.col("year") > 2020),
    "nothing": Selection(WORLD).filter(pl.lit(False)),
}
BYS = ([], ["year"], ["agency", "form"])


@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("by", BYS, ids=" ".join)
def test_in_one_pass_as_one_by_one(name: str, by: list[str]) -> None:
    corpus = CORPORA[name]
    asked = [*ASKED, ("disclosure_rate", None, False), ("normative_turnover", None, False)]
    together = traced_measures(corpus, asked, by)
    rows = 0
    for id, definition, by_line in asked:
        keys = [*by, "line"] if by_line else by
        alone = traced_measure(corpus, id, keys, definition)
        own = together.filter(measure=id).join(alone.select("definition").unique(), on="definition", how="semi")
        assert_frame_equal(own.select(alone.columns), alone)
        rows += alone.height
    assert together.height == rows
    assert litigation(corpus, by).height == together.filter(pl.col("measure").is_in([id for id, *_ in ASKED])).height


@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("id", ["refusals", "outcomes", "disputes_by_outcome"])
def test_sizes_are_the_wholes(name: str, id: str) -> None:
    parts = composition(CORPORA[name], id, ["year"]).group_by("year").agg(denominator=pl.col("whole").max())
    assert_frame_equal(whole_sizes(CORPORA[name], id, ["year"]).sort("year"), parts.sort("year"))


@pytest.mark.parametrize("name", CORPORA)
def test_sizes_are_the_denominators(name: str) -> None:
    alone = traced_measure(CORPORA[name], "denial_rate", ["agency"]).select("agency", "denominator")
    assert_frame_equal(rate_sizes(CORPORA[name], "denial_rate", ["agency"]), alone, check_row_order=False)
