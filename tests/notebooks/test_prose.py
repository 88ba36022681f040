"""What the notebooks claim in words, each claim held against a computation: prose and figures cannot part company."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import ipywidgets
import polars as pl
import pytest

import gxtools as gx
from gxtools.explore import findings
from gxtools.forms import Form, forms
from gxtools.forms.crosswalk import crosswalk
from tests.conftest import ROOT

Claim = tuple[str, str, Callable[[], bool]]

NUMBERS = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|dozen|thirty|fifty|most)\b", re.IGNORECASE)
# Numbers of the sentence, not of the figures: two of a pair that it has named, what the next cell computes or chooses.
OF_THE_SENTENCE = (
    "choose any two",
    "mostly a slip",
    "or two columns exchanged",
    "two digits were transposed",
    "last two columns say",
    "in two senses",
    "The two lie far apart",
    "Between two years",
    "tells the two apart",
    "tell the two apart",
    "body of most influence",
    "takes the two sides as independent",
    "without the largest one, three, or ten",
    "stands in two lines is mostly a copy",
    "what the two forms share",
    "Before ten years become one curve",
    "part the two",
    "between two years",
    "the two should not be ranked",
    "the three that differ most",
    "Three ways:",
)


@cache
def shipped() -> gx.Corpus:
    return gx.load(ROOT / "data" / "reports", workers=1)


@cache
def form(id: str) -> Form:
    return forms().by_id(id)


def cells_of(name: str) -> list[dict[str, Any]]:
    (path,) = (ROOT / "notebooks").glob(f"{name}_*.ipynb")
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def joined(text: str | list[str]) -> str:
    return "".join(text)


def prose(name: str) -> str:
    return "\n\n".join(joined(cell["source"]) for cell in cells_of(name) if cell["cell_type"] == "markdown")


def output(name: str, code: str) -> str:
    """The text that the one cell with ``code`` in it gives."""
    (cell,) = [cell for cell in cells_of(name) if cell["cell_type"] == "code" and code in joined(cell["source"])]
    return "".join(joined(out.get("text") or out["data"]["text/plain"]) for out in cell["outputs"])


def rows(name: str, code: str) -> list[list[str]]:
    """The rows of the table that a cell shows."""
    return [line.split(" | ") for line in output(name, code).splitlines()[1:]]


def counted(name: str, code: str) -> dict[str, int]:
    return {row[0]: int(row[1].replace(",", "")) for row in rows(name, code)}


def lines_of(form_id: str, table: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((line.label, tuple(line.columns)) for line in form(form_id).table(table).lines)


def two_bodies() -> bool:
    reports = shipped().reports
    return (reports.height, reports["agency"].n_unique()) == (3, 2)


def of_two_levels() -> bool:
    return dict(shipped().reports.select("agency", "level").rows()) == {
        "宿迁市人民政府": "prefecture",
        "重庆市九龙坡区人民政府": "county",
    }


def first_are_of_the_reports(about: str, number: int) -> bool:
    return [finding.observed for finding in findings(shipped(), about)] == [False] * number + [True]


def breaks_in_columns_only() -> bool:
    broken = shipped().problems.filter(pl.col("rule") == "balance")
    bounds = gx.measures.waiting(shipped(), ["report"]).drop_nulls("same_year_low")
    return (
        broken.height == 2
        and "total" not in broken["column"].to_list()
        and broken["report"].is_in(bounds["report"].to_list()).all()
        and "jiulongpo" in broken["report"][0] + str(shipped().reports.filter(year=2020)["source"][0])
    )


def most_made_none() -> bool:
    made = gx.datasets.observed(subject="proactive.normative_documents.made").filter(pl.col("year") >= 2019)
    return bool(2 * (made["value"] == 0).sum() > made.height)


def estimates_lean_more_the_fewer() -> bool:
    """Within a level the part of the way that an estimate goes from its body's own share to the mean of all."""
    shrunken = gx.measures.shrunken(gx.simulate(bodies=24, years=[2024], seed=7), "disclosure_rate")
    leaning = (pl.col("shrunken") - pl.col("value")) / (pl.col("group_mean") - pl.col("value"))
    told = shrunken.filter(status="ok").select("level", "denominator", leaning=leaning.round(6))
    levels = told.sort("level", "denominator").partition_by("level")
    return len(levels) > 1 and all(level["leaning"].is_sorted(descending=True) for level in levels)


def otherwise_closed_is_split_in_three() -> bool:
    (step,) = [
        step
        for step in crosswalk(forms())
        if step.before == "2019" and ("requests", "other", "total") in step.old and step.relation == "split"
    ]
    return len({line for _, line, _ in step.new}) == 3


def colours_are_those_of_the_chart() -> bool:
    said = gx.charts.comparability(shipped(), "requests").to_dict()["title"]["subtitle"][1]
    return bool(re.fullmatch(r"Blue: \d+ may be joined; orange: \d+ may not; grey: \d+ on one side only", said))


def in_the_forms_that_are_said() -> bool:
    return sorted(shipped().reports["form"].to_list()) == ["2019", "2021", "2021"]


def no_line_of_punctuality_after_2018() -> bool:
    named = {
        form.id: any("按时" in line.label for table in form.tables for line in table.lines) for form in forms().all
    }
    return named == {"2014": True, "2019": False, "2021": False}


def nothing_carried_before_2019() -> bool:
    return not any("结转" in line.label for table in form("2014").tables for line in table.lines)


def intervals_hold_one() -> bool:
    tested = rows("06", "pl.lit(id)) for id in ids]\nshown")
    return len(tested) == 4 and all(float(row[2]) <= 1 <= float(row[3]) for row in tested)


def reconsiderations_rise_from_2024() -> bool:
    said = output("05", 'findings(world, "litigation")')
    rates = {int(year): float(rate) for year, rate in re.findall(r"(20\d\d) 年 ([\d.]+) 和", said)}
    return sorted(rates) == [2022, 2023, 2024, 2025] and min(rates[2024], rates[2025]) > 2 * max(
        rates[2022], rates[2023]
    )


def intervals_are_wide() -> bool:
    shares = gx.measures.rule_shares(shipped())
    return shares.height > 0 and bool((shares["high"] - shares["low"] > 0.5).all())


def of_article(number: str) -> list[str]:
    """The grounds of denial that rest on an article of the regulation."""
    lines = form("2019").table("requests").lines
    return [line.id for line in lines if line.id.startswith("denied_") and line.article.partition("(")[0] == number]


def ways_to_measure_the_backlog() -> int:
    return len({(row[0], row[1]) for row in rows("07", 'ids = ("backlog_rate", "clearance_rate")')})


def dropdowns() -> int:
    explorer = gx.explore.report(shipped())
    return sum(isinstance(control, ipywidgets.Dropdown) for control in vars(explorer).values())


def few_bodies_state_both() -> bool:
    return max(int(row[4]) for row in rows("04", "denied, unavailable = (")) < 20


CLAIMS: tuple[Claim, ...] = (
    ("00", "随附的三份报告来自两个机关", two_bodies),
    ("00", "The three reports that come with the package are of two bodies", two_bodies),
    ("00", "The three reports that come along are of two bodies", two_bodies),
    ("00", "The three pages were set by this project", two_bodies),
    ("00", "one is a prefecture-level city, the other a district", of_two_levels),
    ("01", "最后一张表在 2019 年以后的格式中是行政复议和行政诉讼", lambda: form("2019").tables[-1].id == "disputes"),
    ("01", "The last table is, in the forms since 2019", lambda: form("2021").tables[-1].id == "disputes"),
    ("01", "first column (natural persons", lambda: form("2019").table("requests").columns[0].id == "natural_person"),
    ("01", "Four dropdowns choose report, table, line and column", lambda: dropdowns() == 4),
    ("01", "The three reports that come with the package are of two bodies", two_bodies),
    ("02", "The three reports that come with the package are no sample", two_bodies),
    ("02", "the wide intervals say that three reports tell nothing of others", intervals_are_wide),
    (
        "03",
        "A rate takes three figures",
        lambda: gx.measures.definition_of(shipped(), "disclosure_rate")[1].text.count("requests.") == 3,
    ),
    ("03", "The three reports that come along are of two bodies", two_bodies),
    (
        "03",
        "two dozen that do not exist",
        lambda: any("bodies=24" in joined(cell["source"]) for cell in cells_of("03")),
    ),
    ("03", "Where the figures of the two bodies come from", two_bodies),
    ("03", "the fewer its requests, the more its estimate leans on the others", estimates_lean_more_the_fewer),
    (
        "04",
        "denied, on eight grounds",
        lambda: len([line for line in form("2021").table("requests").lines if line.id.startswith("denied_")]) == 8,
    ),
    ("04", "The first three sentences are computed from the reports", lambda: first_are_of_the_reports("refusals", 3)),
    ("04", "Few bodies with at least thirty requests", few_bodies_state_both),
    ("04", "the three grounds of article 16", lambda: len(of_article("16")) == 3),
    ("04", "state secrets, other law, security and stability, article 14", lambda: len(of_article("14")) == 3),
    ("04", "third parties, article 15", lambda: of_article("15") == ["denied_third_party"]),
    (
        "04",
        "three definitions, with and without",
        lambda: len(gx.measures.definition_of(shipped(), "denial_rate")[0].definitions) == 3,
    ),
    ("04", "The three reports that come with the package are of two bodies", two_bodies),
    (
        "05",
        "That table has not changed since 2019",
        lambda: lines_of("2019", "disputes") == lines_of("2021", "disputes"),
    ),
    (
        "05",
        "those below fifty requests",
        lambda: any('"least": 50' in joined(cell["source"]) for cell in cells_of("05")),
    ),
    ("05", "reconsiderations were raised from 2024", reconsiderations_rise_from_2024),
    ("06", "six columns of applicants", lambda: len(form("2019").table("requests").columns) == 6 + 1),
    ("06", "five kinds of organisation", lambda: len(form("2021").table("requests").columns) == 1 + 5 + 1),
    ("06", "All six columns must be usable", lambda: len(form("2021").table("requests").columns) == 6 + 1),
    ("06", "The first two sentences are computed from the reports", lambda: first_are_of_the_reports("requesters", 2)),
    ("06", "intervals that can be trusted hold it", intervals_hold_one),
    ("06", "The three reports that come with the package are of two bodies", two_bodies),
    (
        "07",
        "only four totals",
        lambda: (
            {"received", "carried_in", "handled", "carried_out"}
            <= {line.id for line in form("2021").table("requests").lines}
        ),
    ),
    ("07", "The first three sentences are computed from the reports", lambda: first_are_of_the_reports("backlog", 3)),
    ("07", "Three ways to measure the same matter", lambda: ways_to_measure_the_backlog() == 3),
    ("07", "breaks in two columns and holds in total, and so can be used", breaks_in_columns_only),
    ("07", "No form after 2018 has what was closed on time", no_line_of_punctuality_after_2018),
    ("07", "The chain can first be tested in 2020: the form before had no such line", nothing_carried_before_2019),
    ("07", "The three reports that come with the package are of two bodies", two_bodies),
    ("08", "The first three sentences are computed from the reports", lambda: first_are_of_the_reports("proactive", 3)),
    ("08", "Most bodies make none", most_made_none),
    ("08", "The three reports that come with the package are of two bodies", two_bodies),
    (
        "08",
        "more break than were planted",
        lambda: counted("08", "in_force_off")["broken"] > counted("08", "in_force_off")["planted"] > 0,
    ),
    ("08", "Three forms since 2014", lambda: [one.id for one in forms().all] == ["2014", "2019", "2021"]),
    ("09", "Three forms, one curve?", lambda: len(forms().all) == 3),
    ("09", "three sets of lines", lambda: len(forms().all) == 3),
    (
        "09",
        "Of the three reports that come along one is in the form of 2019 and two in that of 2021",
        in_the_forms_that_are_said,
    ),
    ("09", "the 2014 table has none", lambda: [column.id for column in form("2014").tables[0].columns] == ["value"]),
    ("09", "splits what was otherwise closed into three", otherwise_closed_is_split_in_three),
    (
        "09",
        "Blue may be joined, once several lines are added up; orange overlaps and may not; grey",
        colours_are_those_of_the_chart,
    ),
    ("10", "see the three reports that come with the package", two_bodies),
)


@pytest.mark.parametrize(
    ("name", "phrase", "holds"), CLAIMS, ids=[f"{name}: {phrase[:60]}" for name, phrase, _ in CLAIMS]
)
def test_what_is_claimed_stands_there_and_holds(name: str, phrase: str, holds: Callable[[], bool]) -> None:
    assert phrase in prose(name)
    assert holds()


def sentences(text: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.?!。？！])\s*|\n+", text)


@pytest.mark.parametrize("name", sorted({name for name, _, _ in CLAIMS}))
def test_no_number_stands_in_the_prose_that_nothing_holds(name: str) -> None:
    held = [phrase for notebook, phrase, _ in CLAIMS if notebook == name]
    loose = [
        sentence
        for sentence in sentences(prose(name))
        if NUMBERS.search(sentence) and not any(phrase in sentence for phrase in (*held, *OF_THE_SENTENCE))
    ]
    assert loose == []
