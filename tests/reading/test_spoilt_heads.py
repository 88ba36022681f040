"""A head that lost characters may be one that stands there already: then neither says whose the figures are."""

from __future__ import annotations

import pytest

import gxtools as gx
from tests.corpus.samples import page

DIRECT, AFTER = "未经复议直接起诉", "复议后起诉"
SPOILT = "复议\ufffd\ufffd诉"


@pytest.mark.parametrize(("first", "second", "read"), [(DIRECT, AFTER, 15), (DIRECT, SPOILT, 10), (AFTER, SPOILT, 0)])
def test_a_spoilt_head_may_be_the_one_beside_it(first: str, second: str, read: int) -> None:
    text = page(2024, disputes__litigation_direct__total=30, disputes__litigation_after_reconsideration__total=8)
    assert (text.count(DIRECT), text.count(AFTER)) == (1, 1)
    text = text.replace(AFTER, second).replace(DIRECT, first)
    report = gx.read(text.encode(), name="page.html")
    disputes = report.cells.filter(table="disputes")
    assert disputes["value"].count() == read
    doubted = report.problems.filter(rule="uncertain_reading", table="disputes").height > 0
    assert doubted == (read == 0)
