"""What a report may hold, and the errors that say what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gxtools.forms import forms
from gxtools.writing import Content, content_of, set_page, set_text


def zeros(form: str) -> Content:
    cells = {(cell.table, cell.line, cell.column): "0" for cell in forms().by_id(form).cells}
    return Content(form, "某市人民政府", 2021, cells)


def test_values_are_written_in_the_unit_that_the_form_prints() -> None:
    fees, rules = ("proactive", "fees", "amount"), ("proactive", "rules", "made")
    later = content_of("2021", "某市人民政府", 2021, {fees: 59237.2449, rules: None})
    assert later.cells == {fees: "59237.2449", rules: ""}
    procurement, change = ("proactive", "procurement", "amount"), ("proactive", "licences", "change")
    earlier = content_of("2019", "某市人民政府", 2020, {procurement: 76320.9, change: -17, rules: "３件"})
    assert earlier.cells == {procurement: "76320.9万元", change: "-17", rules: "３件"}


def test_a_cell_that_the_form_has_not_is_refused() -> None:
    content = zeros("2021")
    wrong = replace(content, cells={**content.cells, ("requests", "other", "total"): "0"})
    with pytest.raises(ValueError, match=r"the 2021 form has no cell requests\.other\.total; drop it"):
        set_page(wrong)


def test_a_line_that_is_given_in_part_is_refused() -> None:
    content = zeros("2019")
    cells = {key: raw for key, raw in content.cells.items() if key != ("requests", "received", "total")}
    with pytest.raises(ValueError, match=r"cell requests\.received\.total is lacking; give every cell of its line"):
        set_text(replace(content, cells=cells))


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="no section 'summary'; there are overview, proactive"):
        set_page(replace(zeros("2019"), prose={"summary": ("x",)}))


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError, match="no form '1999'"):
        set_page(replace(zeros("2019"), form="1999"))
