"""What is written is read back as the same number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools.figures import Figure, parse, write

COUNTS = st.integers(-(10**15) + 1, 10**15 - 1).map(float)
AMOUNTS = st.decimals(0, 10**9, places=4).map(float)
ANY = st.floats(1e-9, 10**15, exclude_max=True) | st.floats(-(10**15), -1e-9, exclude_min=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (7.0, "7"), (-17.0, "-17"), (1e7, "10000000"), (76320.9, "76320.9"), (1e-4, "0.0001")],
)
def test_plain_characters(value: float, text: str) -> None:
    assert write(value) == text


def test_separators() -> None:
    assert [write(value, separators=True) for value in (999.0, 1000.0, -1234567.5)] == ["999", "1,000", "-1,234,567.5"]


@given(value=COUNTS | ANY, separators=st.booleans())
def test_counts_read_back(value: float, separators: bool) -> None:
    assert parse(write(value, separators=separators)) == Figure(value, "printed")


@given(value=AMOUNTS | ANY, separators=st.booleans())
def test_amounts_read_back(value: float, separators: bool) -> None:
    text = write(value, separators)
    assert parse(text, "10k_cny", "10k_cny") == parse(f"{text}万元", "10k_cny", None) == Figure(value, "printed")


@given(st.decimals(0, 10**9, places=4))
def test_yuan_are_ten_thousandths(amount: Decimal) -> None:
    assert parse(f"{amount * 10_000:.0f}元", "10k_cny", None).value == float(amount)
