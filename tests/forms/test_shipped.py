"""The shipped forms: cells, labels, rules and years, held against what the official forms print."""

from __future__ import annotations

from collections import Counter

import pytest

from gxtools.forms import Term, forms, label_keys, parse_relation, parse_terms
from gxtools.forms.loading import load_forms

APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "public_interest",
    "legal_service",
    "other_organization",
    "total",
)
RESULTS = ("upheld", "corrected", "other", "pending", "total")
LINES = (
    *("received", "carried_in", "granted", "partly_granted", "denied_state_secret", "denied_prohibited_by_law"),
    *("denied_security_stability", "denied_third_party", "denied_internal_affairs", "denied_deliberative"),
    *("denied_enforcement_file", "denied_inquiry", "unavailable_not_held", "unavailable_must_be_created"),
    *("unavailable_unclear", "unprocessed_petition", "unprocessed_repeat", "unprocessed_published"),
    *("unprocessed_excessive", "unprocessed_reissue"),
)
OTHER = {"2019": ("other",), "2021": ("other_not_supplemented", "other_fee_unpaid", "other_other")}
DISPUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
ITEMS = ("items_last_year", "change", "decisions")
PROACTIVE = {
    "2019": {
        "rules": ("made", "published", "public_total"),
        "normative_documents": ("made", "published", "public_total"),
        "licences": ITEMS,
        "other_services": ITEMS,
        "penalties": ITEMS,
        "coercion": ITEMS,
        "fees": ITEMS[:2],
        "procurement": ("projects", "amount"),
    },
    "2021": {
        "rules": ("made", "repealed", "in_force"),
        "normative_documents": ("made", "repealed", "in_force"),
        "licences": ("decisions",),
        "penalties": ("decisions",),
        "coercion": ("decisions",),
        "fees": ("amount",),
    },
}


@pytest.mark.parametrize(("form", "counts"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_count_of_cells(form: str, counts: tuple[int, int, int]) -> None:
    found = Counter(cell.table for cell in forms().by_id(form).cells)
    assert tuple(found[table] for table in ("proactive", "requests", "disputes")) == counts
    assert len(forms().by_id(form).cells) == sum(counts) == {"2019": 198, "2021": 200}[form]


def test_statistics_table_has_58_lines() -> None:
    table = forms().by_id("2014").table("statistics")
    assert [cell.column for cell in table.cells] == ["value"] * 58
    assert [line.under for line in table.lines if line.id.startswith("litigation_")] == ["litigation"] * 3


def test_cells_common_to_both_forms() -> None:
    cells = [{cell[:3] for cell in forms().by_id(id).cells} for id in ("2019", "2021")]
    assert Counter(table for table, _, _ in cells[0] & cells[1]) == {"proactive": 5, "requests": 154, "disputes": 15}


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_in_printed_order(form: str) -> None:
    lines = [*LINES, *OTHER[form], "handled", "carried_out"]
    expected = [("proactive", line, column) for line, columns in PROACTIVE[form].items() for column in columns]
    expected += [("requests", line, column) for line in lines for column in APPLICANTS]
    expected += [("disputes", line, column) for line in DISPUTES for column in RESULTS]
    assert [cell[:3] for cell in forms().by_id(form).cells] == expected


def test_only_amounts_are_money() -> None:
    money = {(form.id, *cell[:3]) for form in forms().all for cell in form.cells if cell.unit == "10k_cny"}
    assert money == {
        ("2014", "statistics", "fees_charged", "value"),
        ("2014", "statistics", "budget", "value"),
        ("2019", "proactive", "procurement", "amount"),
        ("2021", "proactive", "fees", "amount"),
    }
    # The 2019 form prints no unit: a bare amount is uncertain.
    assert forms().by_id("2019").table("proactive").column("amount").default_unit is None
    assert forms().by_id("2021").table("proactive").column("amount").default_unit == "10k_cny"


def test_years() -> None:
    years = (2013, 2018, 2019, 2020, 2021, 2040)
    served = {year: form.id if (form := forms().for_year(year)) else None for year in years}
    assert served == {2013: None, 2018: "2014", 2019: "2019", 2020: "2019", 2021: "2021", 2040: "2021"}
    assert forms().by_id("2019").lenient_years == (2019,)
    with pytest.raises(KeyError, match="no form '2018'; there are 2014, 2019, 2021"):
        forms().by_id("2018")


def test_groups_have_the_lines_of_their_names() -> None:
    for form in (forms().by_id("2019"), forms().by_id("2021")):
        table = form.table("requests")
        for group, count in (("denied", 8), ("unavailable", 3), ("unprocessed", 5)):
            assert table.members(group) == tuple(line for line in LINES if line.startswith(f"{group}_"))
            assert len(table.members(group)) == count
        assert table.members("other") == OTHER[form.id]
        assert table.members("outcomes") == (*LINES[2:], *OTHER[form.id], "handled")
        assert table.members("granted") == ("granted",)


@pytest.mark.parametrize(
    ("label", "form", "table", "axis", "id"),
    [
        ("一、本年新收政府信息公开申请数量", "2021", "requests", "line", "received"),
        ("（七）总计", "2019", "requests", "line", "handled"),
        ("(二)部分公开(区分处理的，只计这一情形，不计其他情形)", "2021", "requests", "line", "partly_granted"),
        ("部分公开", "2021", "requests", "line", "partly_granted"),
        ("3.危及“三安全一稳定”", "2021", "requests", "line", "denied_security_stability"),
        ("危及三安全一稳定", "2021", "requests", "line", "denied_security_stability"),
        ("商业 企业", "2021", "requests", "column", "business"),
        ("行政规范性文件", "2019", "proactive", "line", "normative_documents"),
        ("规范性文件", "2021", "proactive", "line", "normative_documents"),
        ("本年增／减", "2019", "proactive", "column", "change"),
        ("结 果 维 持", "2019", "disputes", "column", "upheld"),
        ("复议后起诉", "2021", "disputes", "line", "litigation_after_reconsideration"),
    ],
)
def test_labels(label: str, form: str, table: str, axis: str, id: str) -> None:
    meanings = next(found for key in label_keys(label) if (found := forms().labels.get(key)))
    assert [m.id for m in meanings if (m.form, m.table, m.axis) == (form, table, axis)] == [id]


def test_every_official_label_is_known() -> None:
    for form in forms().all:
        for table in form.tables:
            for axis, items in (("line", table.lines), ("column", table.columns), ("group", table.groups)):
                for item in items:
                    printed = item.zh if axis == "column" else item.label
                    found = {
                        (m.form, m.table, m.axis, m.id) for key in label_keys(printed) for m in forms().labels[key]
                    }
                    assert (form.id, table.id, axis, item.id) in found


def test_rules() -> None:
    outcomes = "granted + partly_granted + denied + unavailable + unprocessed + other = handled"
    expected = {
        "balance": ("columns", "received + carried_in = handled + carried_out"),
        "handled_sum": ("columns", outcomes),
        "applicant_sum": ("lines", " + ".join(APPLICANTS[:6]) + " = total"),
        "dispute_sum": ("lines", "upheld + corrected + other + pending = total"),
    }
    for form in (forms().by_id("2019"), forms().by_id("2021")):
        rules = {rule.id: rule for rule in form.rules}
        for id, (axis, text) in expected.items():
            assert (rules[id].axis, rules[id].text, rules[id].severity) == (axis, text, "error")
            assert parse_relation(text) == (rules[id].relation, rules[id].left, rules[id].right)


def test_terms() -> None:
    assert parse_terms("a + b.c_2 - d") == (Term("a", 1), Term("b.c_2", 1), Term("d", -1))
    assert parse_relation("a - b >= 0") == (">=", (Term("a", 1), Term("b", -1)), ())


@pytest.mark.parametrize(
    "text", ["", "a b", "a +", "+ + a", "2 a", "a * b", "A", "a == b", "a = b = c", "a", "__import__('os')"]
)
def test_what_is_no_relation(text: str) -> None:
    with pytest.raises(ValueError, match="is"):
        parse_relation(text)


def test_the_hash_names_the_data() -> None:
    assert len(forms().hash) == 16
    assert int(forms().hash, 16) >= 0
    assert forms() is load_forms()
