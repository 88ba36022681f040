"""The seed's problems, exactly."""

from __future__ import annotations

from pathlib import Path

import gxtools as gx

COLUMNS = ("rule", "severity", "table", "line", "column", "expected", "found")
BALANCE = ("balance", "error", "requests", None)


def test_nothing_else_is_accused(shared: Path) -> None:
    report = gx.read(next((shared / "seed").glob("*.txt")))
    assert report.problems.select(COLUMNS).rows() == [
        (*BALANCE, "natural_person", 89, 96),
        (*BALANCE, "business", 16, 9),
        ("repeated_figure", "warning", "proactive", "coercion", "decisions", None, 643954),
    ]
    natural_person, business, repeated = report.problems["message"]
    assert "83 + 6 = 89 ≠ 95 + 1 = 96" in natural_person
    assert "16 ≠ 9" in business
    assert "Other services to the public" in repeated
    assert "Administrative coercion" in repeated
    assert all(report.problems["where"].str.contains(r"^line \d+$"))
