"""Rules between years, between a government and its bodies, outliers and copies: each on reports made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gxtools.checks import check_corpus
from gxtools.checks.chains import chains
from gxtools.errors import FormError
from gxtools.forms import forms
from gxtools.forms.mistakes import load_mistakes
from gxtools.forms.outlier_cells import load_outlier_cells
from gxtools.forms.parent_rules import load_parent_rules
from gxtools.forms.prose_rules import load_prose_rules
from gxtools.forms.rule_names import load_rule_names, rule_names
from gxtools.forms.year_rules import load_year_rules
from gxtools.frames import frame

CITY = "宿迁市人民政府"
Sections = list[tuple[str, str]]


class Years:
    """Reports of bodies, each with a few figures; every other cell is 0."""

    def __init__(self) -> None:
        self.reports: list[tuple[Any, ...]] = []
        self.cells: list[tuple[Any, ...]] = []
        self.sections: list[tuple[Any, ...]] = []

    def add(self, id: str, year: int, figures: dict[str, float | str] | None = None, **body: Any) -> Years:
        form = forms().for_year(year)
        assert form is not None
        whose = {"agency": CITY, "level": "prefecture", "kind": "government", "code": "321300", "prose": ""} | body
        names = (whose["agency"], whose["level"], whose["kind"], None, whose["code"])
        self.reports.append((id, *names, year, form.id, None, f"{id}.html", None, "html", None, None))
        for table, line, column, unit in form.cells:
            figure = (figures or {}).get(f"{table}.{line}.{column}", 0)
            lacks = isinstance(figure, str)
            raw = None if figure == "absent" else "" if lacks else f"{figure:g}"
            state = figure if lacks else "printed"
            value = None if lacks else float(figure)
            where = f"{id}: {table}.{line}.{column}"
            self.cells.append((id, form.id, table, line, column, value, unit, raw, state, where, "labels"))
        if whose["prose"]:
            self.sections.append((id, "overview", "一、总体情况", whose["prose"], "paragraph 1"))
        return self

    def problems(self, *rules: str) -> list[tuple[Any, ...]]:
        held = frame("reports", self.reports), frame("cells", self.cells), frame("sections", self.sections)
        found = check_corpus(held[0], held[1].lazy(), held[2].lazy(), forms())
        chosen = found.filter(pl.col("rule").is_in(rules)) if rules else found
        return chosen.select("report", "rule", "severity", "line", "column", "expected", "found").rows()


def requests(**figures: float | str) -> dict[str, float | str]:
    return {f"requests.{name.replace('__', '.')}": figure for name, figure in figures.items()}


def test_what_one_year_carries_over_the_next_carries_in() -> None:
    years = Years().add("a", 2021, requests(carried_out__total=7)).add("b", 2022, requests(carried_in__total=7))
    assert years.problems() == []
    years.add("c", 2023, requests(carried_in__total=1))
    assert years.problems() == [("c", "carry_over", "error", None, "total", 0.0, 1.0)]


def test_a_column_is_a_warning_where_the_total_agrees() -> None:
    before = requests(carried_out__total=5, carried_out__business=5)
    after = requests(carried_in__total=5, carried_in__other_organization=5)
    found = Years().add("a", 2021, before).add("b", 2022, after).problems()
    assert found == [
        ("b", "carry_over", "warning", None, "business", 5.0, 0.0),
        ("b", "carry_over", "warning", None, "other_organization", 0.0, 5.0),
    ]


def test_the_chain_holds_across_the_change_of_form_and_breaks_at_a_gap() -> None:
    years = Years().add("a", 2020, requests(carried_out__total=3)).add("b", 2021, requests(carried_in__total=2))
    assert [row[:3] for row in years.problems()] == [("b", "carry_over", "error")]
    assert Years().add("a", 2019, requests(carried_out__total=3)).add("b", 2021).problems() == []


def test_the_first_year_of_the_form_and_another_body_are_held_to_nothing() -> None:
    assert Years().add("a", 2019, requests(carried_in__total=9)).problems() == []
    other = (
        Years().add("a", 2021, requests(carried_out__total=7)).add("b", 2022, agency="宿迁市公安局", kind="department")
    )
    assert other.problems() == []
    office = Years().add("a", 2021, requests(carried_out__total=7)).add("b", 2022, kind="office")
    assert office.problems() == []


def test_a_blank_leaves_it_open_and_bounds_decide() -> None:
    blank = Years().add("a", 2021, requests(carried_out__total="blank")).add("b", 2022, requests(carried_in__total=2))
    assert blank.problems() == [("b", "carry_over", "notice", None, "total", None, None)]
    absent = Years().add("a", 2021, dict.fromkeys(_all("requests"), "absent")).add("b", 2022)
    assert absent.problems("carry_over") == []
    stock = {"proactive.rules.in_force": 9.0, "proactive.rules.repealed": "blank", "proactive.rules.made": 1.0}
    # 2 in force, 1 made: no number of repealed ones gives 9.
    decided = Years().add("a", 2021, {"proactive.rules.in_force": 2.0}).add("b", 2022, stock).problems()
    assert decided == [("b", "stock_flow", "warning", "rules", None, None, None)]


def _all(table: str) -> list[str]:
    return [f"{table}.{cell.line}.{cell.column}" for cell in forms().by_id("2021").table(table).cells]


def test_versions_of_last_year_that_differ_accuse_nobody() -> None:
    years = Years().add("a", 2021, requests(carried_out__total=7)).add("a2", 2021, requests(carried_out__total=8))
    years.add("b", 2022, requests(carried_in__total=1))
    assert years.problems() == [("b", "carry_over", "notice", None, "total", None, None)]
    same = Years().add("a", 2021).add("a2", 2021).add("b", 2022, requests(carried_in__total=1))
    assert same.problems() == [("b", "carry_over", "error", None, "total", 0.0, 1.0)]


def test_stock_and_flow() -> None:
    def of(made: float, repealed: float, in_force: float) -> dict[str, float | str]:
        names = ("made", "repealed", "in_force")
        return {f"proactive.rules.{n}": v for n, v in zip(names, (made, repealed, in_force), strict=True)}

    assert Years().add("a", 2021, of(0, 0, 10)).add("b", 2022, of(3, 1, 12)).problems() == []
    found = Years().add("a", 2021, of(0, 0, 10)).add("b", 2022, of(3, 1, 13)).problems()
    assert found == [("b", "stock_flow", "warning", "rules", None, 12.0, 13.0)]


CONSOLIDATED = "2022年，全市各级行政机关共收到政府信息公开申请10件。"


def _government(prose: str, **more: Any) -> Years:
    years = Years().add("p", 2022, requests(received__total=10), prose=prose)
    years.add("d", 2022, requests(received__total=7), agency="宿迁市公安局", kind="department")
    county = {"agency": "泗洪县人民政府", "level": "county", "code": "321324"}
    years.add("c", 2022, requests(received__total=5), **county)
    return years.add(
        "cd", 2022, requests(received__total=50), **county | {"agency": "泗洪县公安局", "kind": "department"}
    )


def test_a_consolidated_report_is_not_below_its_bodies() -> None:
    assert _government(CONSOLIDATED).problems() == [("p", "parent_sum", "warning", "received", "total", 12.0, 10.0)]
    assert _government("本机关共收到申请10件。").problems() == []


def test_blanks_of_a_government_leave_it_open_and_those_of_a_body_add_nothing() -> None:
    years = Years().add("p", 2022, requests(received__total="blank"), prose=CONSOLIDATED)
    years.add("d", 2022, requests(received__total=7), agency="宿迁市公安局", kind="department")
    years.add("e", 2022, requests(received__total="blank"), agency="宿迁市教育局", kind="department")
    assert years.problems() == [("p", "parent_sum", "notice", "received", "total", None, None)]
    decided = Years().add("p", 2022, requests(received__total=6), prose=CONSOLIDATED)
    decided.add("d", 2022, requests(received__total=7), agency="宿迁市公安局", kind="department")
    decided.add("e", 2022, requests(received__total="blank"), agency="宿迁市教育局", kind="department")
    assert decided.problems() == [("p", "parent_sum", "warning", "received", "total", 7.0, 6.0)]


def test_of_versions_of_a_bodys_report_the_least_counts() -> None:
    years = _government(CONSOLIDATED)
    years.add("d2", 2022, requests(received__total=1), agency="宿迁市公安局", kind="department")
    assert years.problems() == []


def test_bodies_that_report_to_their_own_system_or_another_year_do_not_count() -> None:
    years = Years().add("p", 2022, requests(received__total=1), prose=CONSOLIDATED)
    years.add("t", 2022, requests(received__total=9), agency="国家税务总局宿迁市税务局", kind="vertical")
    years.add("d", 2021, requests(received__total=9), agency="宿迁市公安局", kind="department")
    assert years.problems() == []


def test_a_figure_far_from_all_other_years_is_pointed_at() -> None:
    years = Years()
    for body in range(60):
        for year in range(2021, 2025):
            fees = 8.0 + body % 5 + year % 3
            figure = fees * 10_000 if (body, year) == (7, 2023) else fees
            whose = {"agency": f"第{body}县公安局", "level": "county", "kind": "department", "code": None}
            years.add(f"{body}-{year}", year, {"proactive.fees.amount": figure}, **whose)
    found = years.problems("implausible")
    assert [row[:5] for row in found] == [("7-2023", "implausible", "notice", "fees", "amount")]
    assert found[0][6] == (8.0 + 7 % 5 + 2023 % 3) * 10_000


def test_prose_and_large_figures_that_come_again() -> None:
    texts = [f"{name}方面的工作继续推进并且取得了新的进展成效" for name in "甲乙丙丁戊己"]
    prose = "。".join(f"2021年，{text}" for text in texts)
    decisions: dict[str, float | str] = {"proactive.licences.decisions": 4567.0, "proactive.rules.in_force": 1234.0}
    years = Years().add("a", 2021, decisions, prose=prose)
    years.add("b", 2022, decisions, prose=prose.replace("2021", "2022"))
    assert [row[:5] for row in years.problems()] == [
        ("b", "repeated_figure", "notice", "licences", "decisions"),
        ("b", "boilerplate", "notice", None, None),
    ]
    other = "。".join(f"今年我们在{name}这一件事情上做了许多和往年不同的尝试" for name in "甲乙丙丁戊己")
    fresh = Years().add("a", 2021, prose=prose).add("b", 2022, prose=other)
    assert fresh.problems() == []


def test_nothing_of_nothing_and_of_one_report() -> None:
    assert Years().problems() == []
    assert Years().add("a", 2022, requests(carried_in__total=4)).problems() == []


def test_every_message_is_in_both_languages() -> None:
    years = Years().add("a", 2021, requests(carried_out__total=7)).add("b", 2022, requests(carried_in__total="blank"))
    held = frame("reports", years.reports), frame("cells", years.cells).lazy()
    told = check_corpus(held[0], held[1], frame("sections", []).lazy(), forms()).row(0, named=True)
    assert "last year's report: a.html" in told["message"]
    assert "blank" in told["message"]
    assert "上年报告：a.html" in told["message_zh"]
    assert "空白" in told["message_zh"]


def test_chains() -> None:
    years = Years()
    for year, into, out in ((2019, 0, 5), (2020, 5, 2), (2021, 2, 3), (2022, 1, 1), (2024, 9, 1), (2025, 1, 1)):
        years.add(str(year), year, requests(carried_in__total=into, carried_out__total=out))
    years.add("alone", 2022, agency="宿迁市公安局", kind="department")
    told = chains(frame("reports", years.reports), frame("cells", years.cells).lazy(), forms())
    assert told.rows() == [(CITY, "government", 6, 4, 3, 2019, 2021, [2022], 2.0, 0.0)]


SHIPPED = Path(forms().folder)


@pytest.mark.parametrize(
    ("file", "load", "old", "new", "wrong"),
    [
        ("year_rules.toml", load_year_rules, "previous.carried_out", "previous.nothing", "lacks cells"),
        ("year_rules.toml", load_year_rules, 'axis = "columns"', 'axis = "rows"', "axis"),
        ("year_rules.toml", load_year_rules, "since = 2020", 'since = "2020"', "since"),
        (
            "year_rules.toml",
            load_year_rules,
            "carried_in = previous.carried_out",
            "carried_in = carried_out",
            "last year's",
        ),
        ("mistakes.toml", load_mistakes, 'change = "received"', 'change = "recieved"', "recieved"),
        ("mistakes.toml", load_mistakes, 'rule = "balance"', 'rule = "ballance"', "ballance"),
        ("outliers.toml", load_outlier_cells, '"carried_in"', '"carried_inn"', "carried_inn"),
        ("outliers.toml", load_outlier_cells, "false_discoveries = 0.05", "false_discoveries = 0", "false_discoveries"),
        ("parent_rules.toml", load_parent_rules, 'column = "decisions"', 'column = "decision"', "decision"),
        ("parent_rules.toml", load_parent_rules, 'severity = "warning"', 'severity = "grave"', "severity"),
        ("prose_rules.toml", load_prose_rules, 'line = "other_fee_unpaid"', 'line = "other_fee"', "other_fee"),
        ("prose_rules.toml", load_prose_rules, 'severity = "notice"', 'severity = "error"', "severity"),
        ("prose_rules.toml", load_prose_rules, "'处理费'", "'处理费('", "is no pattern"),
        ("prose_rules.toml", load_prose_rules, 'section = "other"', 'sections = "other"', "unknown key"),
    ],
)
def test_a_fault_in_the_data_is_named_by_file(
    tmp_path: Path, file: str, load: Any, old: str, new: str, wrong: str
) -> None:
    text = (SHIPPED / file).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / file
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError, match=rf"{file}.*{wrong}"):
        load(path, forms().all)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("since = 2021", 'since = "2021"', "since"),
        ("of_form = true", "of_form = 1", "of_form"),
        ('id = "sign"', 'id = "balance"', "stands twice"),
    ],
)
def test_a_fault_in_the_names_is_named_by_file(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    text = (SHIPPED / "rule_names.toml").read_text(encoding="utf-8")
    path = tmp_path / "rule_names.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError, match=rf"rule_names.toml.*{wrong}"):
        load_rule_names(path)


def test_every_rule_has_a_name_in_both_languages(root: Path) -> None:
    known = rule_names(forms())
    assert {rule.id for form in forms().all for rule in form.rules} <= set(known)
    assert all(name.zh and name.en for name in known.values())
    text = (SHIPPED / "rule_names.toml").read_text(encoding="utf-8")
    path = root / "build" / "none.toml"
    assert not path.exists()
    assert len(load_rule_names(SHIPPED / "rule_names.toml")) == text.count("[[rules]]")
