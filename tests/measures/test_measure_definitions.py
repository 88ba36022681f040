"""The file of measures is refused, with its line, where anything in it is not sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxtools.errors import FormError
from gxtools.forms import forms
from gxtools.forms.loading import SHIPPED
from gxtools.forms.measure_definitions import FILE, load_measures, measure_definitions

TEXT = (SHIPPED / FILE).read_text(encoding="utf-8")


def test_the_first_definition_is_the_default_and_quotes_its_sum() -> None:
    first = measure_definitions(forms())["disclosure_rate"].definitions[0]
    assert first.id == "of_handled"
    assert first.text == "(requests.granted.total + requests.partly_granted.total) / (requests.handled.total)"
    assert first.forms == tuple(form.id for form in forms().all if form.first_year >= 2019)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "share"', 'kind = "part"', "'kind' must be one of share, per_1000, ratio, composition"),
        ('kind = "share"', 'kind = "share"\nunit = "件"', "unknown key 'unit'"),
        ('breaks = ["2019", "2021"]', 'breaks = ["1066"]', "no break '1066'"),
        ('id = "of_received"', 'id = "of_handled"', "id 'of_handled' stands twice under 'disclosure_rate'"),
        ('"requests.handled.total"', '"requests.done.total"', "form 2019 has no cell 'requests.done.total'"),
        ('"requests.handled.total"', '"requests.handled.all"', "form 2019 has no cell 'requests.handled.all'"),
        ('"requests.handled.total"', '"ledger.handled.total"', "form 2019 has no cell 'ledger.handled.total'"),
        ('"requests.handled.total"', '"handled"', "term 'handled' is no table.line.column"),
        ('"requests.handled.total"', '"2 * 3"', "is no sum of terms"),
        ('since = "2019"', 'since = "1999"', "'since' must be one of"),
        ('since = "2021"', 'since = "2019"', "form 2019 has no cell 'requests.other_not_supplemented.total'"),
        ('measure = "disclosure_rate"', 'measure = "openness"', "no measure 'openness'"),
        (
            'definition = "already_public_added"',
            'definition = "mine"',
            "no definition 'mine' of a measure 'disclosure_",
        ),
        ('since = "2014"\nuntil = "2014"', 'since = "2014"\nuntil = "2019"', "serves form 2019 without a bridge"),
        ('within = "line"', 'within = "page"', "'within' must be line"),
        ('id = "third_party_share"', 'id = "inquiry_share"', "no measure 'third_party_share'"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / FILE
    assert old in TEXT
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError, match=r"measures\.toml, line \d+: ") as caught:
        load_measures(file, forms().all)
    assert said in str(caught.value)
