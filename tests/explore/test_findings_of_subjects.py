"""The findings of each subject against computations that share no code with them, and against nothing at all."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.explore import findings
from tests.explore.made import shipped_cells, write_report

SUBJECTS = ("refusals", "requesters", "backlog", "proactive")
WIDE = ("denied_", "unavailable_", "unprocessed_")


@pytest.fixture(scope="module")
def told(root: Path) -> dict[str, list[str]]:
    """The findings of the shipped reports by subject."""
    corpus = gx.load(root / "data" / "reports")
    return {about: [f"{one.zh} {one.en}" for one in findings(corpus, about)] for about in (*SUBJECTS, "quality")}


def requests(line: str, column: str = "total", name: str = "suqian_2024") -> int:
    return int(shipped_cells(name)["requests", line, column])


def summed(*prefixes: str, column: str = "total") -> int:
    cells = shipped_cells().items()
    return sum(int(raw) for (table, line, c), raw in cells if line.startswith(prefixes) and c == column)


def test_narrow_and_wide(told: dict[str, list[str]]) -> None:
    narrow, wide, handled = summed("denied_"), summed(*WIDE), requests("handled")
    for said in (f"{narrow} 件，占 {narrow / handled:.1%}", f"{wide:,} 件，占 {wide / handled:.1%}", f"{handled:,} 件"):
        assert said in told["refusals"][0]
    grounds = {
        line: int(raw) for (_, line, c), raw in shipped_cells().items() if line.startswith(WIDE) and c == "total"
    }
    most = max(count for line, count in grounds.items() if line.startswith("denied_"))
    assert f"2024: {most} of {narrow}, or {most / narrow:.1%}" in told["refusals"][1]
    assert f"2024: {max(grounds.values())} of {wide:,}" in told["refusals"][1]


def test_what_adds_up(told: dict[str, list[str]]) -> None:
    """九龙坡区 2020 balances neither for natural persons nor for businesses; 7 requests stand in the wrong column."""
    cells = shipped_cells("jiulongpo_2020")
    off = []
    for column in {column for table, _, column in cells if table == "requests"}:
        sides = [
            sum(int(cells["requests", line, column]) for line in side)
            for side in (("received", "carried_in"), ("handled", "carried_out"))
        ]
        off += [abs(sides[0] - sides[1])] if sides[0] != sides[1] else []
    sums, rules, differences = told["quality"]
    # Wilson's interval for 1 of 3, worked by hand.
    assert "1 breaks a rule that must hold, or 33.3% (95% interval 6.1% to 79.2%), in 2 places" in sums
    assert len(off) == 2
    assert f"{sorted(off)[0]} apart in the median, {max(off)} at most" in differences
    assert "Balance of requests 1 of 3" in rules
    assert "收支平衡 1/3（95% 区间 6.1% 至 79.2%）" in rules


def test_reports_that_add_up(tmp_path: Path) -> None:
    write_report(tmp_path)
    sums, rules = findings(gx.load(tmp_path), "quality")
    assert "none breaks a rule that must hold; 95% interval 0.0% to 79.3%" in sums.en
    assert rules.en.startswith("Of 6 rules that could be decided, none is broken")


def test_what_gave_way(told: dict[str, list[str]]) -> None:
    before = shipped_cells("suqian_2023")
    gone = sum(int(raw) for (_, line, c), raw in before.items() if line.startswith("unprocessed_") and c == "total")
    change = summed("unprocessed_") / requests("handled") - gone / requests("handled", name="suqian_2023")
    assert f'most lost "Not processed" ({change * 100:+.1f} points' in told["refusals"][2]


def test_who_asks_and_how_they_fare(told: dict[str, list[str]]) -> None:
    person, everybody = requests("received", "natural_person"), requests("received")
    assert f"{person:,} of {everybody:,} requests" in told["requesters"][0]
    assert f"{person / everybody:.1%}" in told["requesters"][0]
    up = down = 0.0
    for name in ("suqian_2023", "suqian_2024"):
        yes = [
            sum(requests(line, c, name) for line in ("granted", "partly_granted")) for c in ("natural_person", "total")
        ]
        size = [requests("handled", c, name) for c in ("natural_person", "total")]
        a, c = yes[0], yes[1] - yes[0]
        b, d = size[0] - a, size[1] - size[0] - c
        up, down = up + a * d / size[1], down + b * c / size[1]
    # Jiulongpo's columns do not balance, so two reports are left: Mantel and Haenszel's ratio over them.
    assert f"the odds ratio is {up / down:.2f} for the disclosure rate" in told["requesters"][1]
    assert "2 reports to compare in" in told["requesters"][1]


def test_what_waits(told: dict[str, list[str]]) -> None:
    received, carried_in, handled, out = (
        requests(line) for line in ("received", "carried_in", "handled", "carried_out")
    )
    assert f"{out} 件，占 {out / (received + carried_in):.1%}" in told["backlog"][0]
    least, most = (handled - carried_in) / received, min(received, handled) / received
    assert f"at least {least:.1%} and at most {most:.1%}" in told["backlog"][1]
    assert "1 pair of years running" in told["backlog"][2]
    assert "all link" in told["backlog"][2]
    assert "4 of 35 pairs" in told["backlog"][3]


def test_documents_decisions_and_doubts(told: dict[str, list[str]]) -> None:
    proactive = shipped_cells()
    made, gone, now = (
        int(proactive["proactive", "normative_documents", column]) for column in ("made", "repealed", "in_force")
    )
    before = int(shipped_cells("suqian_2023")["proactive", "normative_documents", "in_force"])
    assert (
        f"{before} in force the year before, {made} made, {gone} repealed, {now} in force now" in told["proactive"][0]
    )
    assert f"administrative penalties {int(proactive['proactive', 'penalties', 'decisions']):,}" in told["proactive"][1]
    assert "Of 3 reports read, 1 holds a figure" in told["proactive"][2]
    assert "643954" in told["proactive"][2].replace(",", "")


def test_the_observed_figures_of_normative_documents(told: dict[str, list[str]]) -> None:
    figures = gx.datasets.observed(subject="proactive.normative_documents.made").filter(
        pl.col("body").is_not_null() & pl.col("copy_of").is_null() & (pl.col("year") >= 2019)
    )
    made: dict[tuple[str, int], set[float]] = {}
    for row in figures.iter_rows(named=True):
        if not (row["part_of_year"] or row["contradicted"]):
            made.setdefault((row["body"], row["year"]), set()).add(row["value"])
    known = [values for values in made.values() if len(values) == 1]
    none = sum(values == {0.0} for values in known)
    assert f"for {len(known)} body-years" in told["proactive"][3]
    assert f"none in {none}, or {none / len(known):.1%}" in told["proactive"][3]


def test_observed_figures_are_never_called_simulated() -> None:
    world = gx.simulate(bodies=12, years=range(2022, 2024), seed=1)
    for about in SUBJECTS:
        found = findings(world, about)
        assert [one.zh.startswith("模拟数据：") for one in found] == [not one.observed for one in found]
        assert [one.en.startswith("Simulated data: ") for one in found] == [not one.observed for one in found]
        assert found[-1].observed


@pytest.mark.parametrize("about", SUBJECTS)
@pytest.mark.parametrize("documents", [0, 1])
def test_nothing_to_tell_is_told(tmp_path: Path, about: str, documents: int) -> None:
    for _ in range(documents):
        write_report(tmp_path, without="proactive" if about == "proactive" else "requests")
    own = [one for one in findings(gx.load(tmp_path), about) if not one.observed]
    for one in own:
        assert any(said in one.en.lower() for said in ("no ", "cannot")), one.en
        assert any(said in one.zh for said in ("没有", "无从")), one.zh


@pytest.mark.parametrize("about", SUBJECTS)
def test_a_lone_report(tmp_path: Path, about: str) -> None:
    write_report(tmp_path)
    for one in findings(gx.load(tmp_path), about):
        assert one.zh.endswith("。")
        assert one.en.endswith(".")
        assert "None" not in one.en


def of_folder(folder: Path, about: str) -> list[str]:
    return [f"{one.zh} {one.en}" for one in findings(gx.load(folder, workers=1), about) if not one.observed]


def without_name(page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("甲县人民政府", ""), encoding="utf-8")


def test_a_figure_is_told_of_no_other_body(tmp_path: Path) -> None:
    """The unnamed body has all figures; the named one lacks the table that they come from."""
    without_name(write_report(tmp_path, agency="甲县人民政府", year=2024))
    write_report(tmp_path, agency="乙县人民政府", year=2024, without="requests")
    for about in ("overview", "rates", "refusals", "requesters", "backlog"):
        told = of_folder(tmp_path, about)
        assert not any("乙县" in one for one in told)
        assert "1 body" in told[0]
        assert "1 bodies" not in "".join(told)
        assert "1 个机构合计" not in "".join(told)


@pytest.mark.parametrize("lacking", [("litigation_direct", "litigation_after_reconsideration"), ("litigation_direct",)])
def test_lawsuits_that_are_not_printed_are_not_none(tmp_path: Path, lacking: tuple[str, ...]) -> None:
    blank = {cell: "" for cell in shipped_cells() if cell[0] == "disputes" and cell[1] in lacking}
    write_report(tmp_path, changed=blank)
    told = "".join(of_folder(tmp_path, "litigation"))
    assert "诉讼数字不全" in told
    for denied in ("没有行政诉讼", "no lawsuit", "没有法院审结", "no court case", "in court", "of all"):
        assert denied not in told


def test_two_years_alike_neither_rise_nor_fall(tmp_path: Path) -> None:
    for year in (2023, 2024):
        write_report(tmp_path, year=year)
    assert "2024 年与 2023 年相同" in of_folder(tmp_path, "rates")[2]
    assert "no outcome changed its share" in of_folder(tmp_path, "refusals")[2]
    assert "1 of 1 pair of years running does not link" in "".join(of_folder(tmp_path, "backlog"))


def test_every_sentence_counts_the_bodies_of_its_own_figures(tmp_path: Path) -> None:
    write_report(tmp_path, agency="甲县人民政府", year=2024)
    write_report(tmp_path, agency="乙县人民政府", year=2024, without="requests")
    per_request, ended, *_ = of_folder(tmp_path, "litigation")
    assert per_request.startswith("1 个机构")
    assert ended.startswith("2 个机构")
