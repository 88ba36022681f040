"""The findings say what the printed characters say, and no more where they say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxtools as gx
from gxtools.explore import Findings, findings
from tests.explore.made import shipped_cells, write_report


def texts(folder: Path) -> list[str]:
    return [f"{finding.zh} {finding.en}" for finding in findings(gx.load(folder))]


def total(name: str, line: str) -> int:
    return int(shipped_cells(name)["requests", line, "total"])


def test_the_newest_year_against_the_printed_characters(root: Path) -> None:
    disclosure, identities, refusals = texts(root / "data" / "reports")
    granted, before = (
        total(name, "granted") + total(name, "partly_granted") for name in ("suqian_2024", "suqian_2023")
    )
    handled, handled_before = total("suqian_2024", "handled"), total("suqian_2023", "handled")
    rates = f"{granted / handled:.1%}", f"{before / handled_before:.1%}"
    for said in ("宿迁市人民政府 2024", f"{granted:,}", f"{handled:,}", *rates):
        assert said in disclosure
    # Wilson's interval for 1902 of 3521, worked by hand.
    assert "52.4% to 55.7%" in disclosure
    assert "1 has sums that do not add up, in 2 places: 重庆市九龙坡区人民政府 2020" in identities
    names = ("jiulongpo_2020", "suqian_2023", "suqian_2024")
    third_party = sum(total(name, "denied_third_party") for name in names)
    denied = sum(int(raw) for name in names for key, raw in shipped_cells(name).items() if is_denied(key))
    assert f"{third_party} of {denied}, or {third_party / denied:.1%}" in refusals
    assert "保护第三方合法权益" in refusals


def is_denied(key: tuple[str, str, str]) -> bool:
    return key[1].startswith("denied_") and key[2] == "total"


def test_several_bodies_are_told_together(tmp_path: Path) -> None:
    write_report(tmp_path, agency="宿迁市人民政府")
    write_report(tmp_path, agency="扬州市人民政府")
    disclosure = texts(tmp_path)[0]
    assert "2 个机构合计 2024 年公开率为 54.0%" in disclosure
    assert "2 bodies together in 2024" in disclosure
    assert "the year before" not in disclosure


def test_a_lone_report_has_no_year_before(tmp_path: Path) -> None:
    write_report(tmp_path)
    disclosure, identities, _ = texts(tmp_path)
    assert "上一年" not in disclosure
    assert "Of 1 report read, none has a sum" in identities


def test_nothing_to_tell_is_told(tmp_path: Path) -> None:
    write_report(tmp_path, without="requests")
    disclosure, _, refusals = texts(tmp_path)
    assert "No report carries all the figures" in disclosure
    assert "no refusals to count" in refusals


@pytest.mark.parametrize(("documents", "said"), [(0, "No report was loaded"), (2, "2 documents given, none read")])
def test_where_nothing_was_read_that_alone_is_told(tmp_path: Path, documents: int, said: str) -> None:
    for number in range(documents):
        (tmp_path / f"{number}.html").write_text("", encoding="utf-8")
    (told,) = texts(tmp_path)
    assert said in told


def test_grounds_that_tie_are_all_named(tmp_path: Path) -> None:
    cells = shipped_cells()
    most = {
        (table, line, column): "0" if line.startswith("denied_") else raw
        for (table, line, column), raw in cells.items()
        if line.startswith("denied_")
    }
    for line in ("denied_inquiry", "denied_deliberative"):
        most |= {("requests", line, "natural_person"): "4", ("requests", line, "total"): "4"}
    # The sums of the report no longer hold, so the outcome line moves with them.
    moved = sum(int(raw) for key, raw in cells.items() if is_denied(key)) - 8
    for column in ("natural_person", "business", "research", "public_interest", "legal_service", "other_organization"):
        was = sum(int(raw) for key, raw in cells.items() if key[1].startswith("denied_") and key[2] == column)
        kept = 8 if column == "natural_person" else 0
        most["requests", "granted", column] = str(int(cells["requests", "granted", column]) + was - kept)
    most["requests", "granted", "total"] = str(int(cells["requests", "granted", "total"]) + moved)
    write_report(tmp_path, changed=most)
    refusals = texts(tmp_path)[2]
    assert "属于四类过程性信息、属于行政查询事项" in refusals
    assert "4 of 8, or 50.0%" in refusals


def test_untrusted_names_are_escaped() -> None:
    from gxtools.explore import Finding

    shown = Findings((Finding("<script>alert(1)</script>", "a & b"),))._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
