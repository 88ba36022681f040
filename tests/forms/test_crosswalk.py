"""From form to form: every cell accounted for once, faults named with their line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from gxtools.errors import FormError
from gxtools.forms import forms, load_forms
from gxtools.forms.crosswalk import FILE, crosswalk, load_steps
from gxtools.forms.loading import SHIPPED
from tests.forms.copies import with_2027

TEXT = (SHIPPED / FILE).read_text(encoding="utf-8")


def test_every_cell_of_either_form_is_told_of() -> None:
    known = forms()
    steps = crosswalk(known)
    for before, after in pairwise(known.all):
        own = [step for step in steps if (step.before, step.after) == (before.id, after.id)]
        assert {cell for step in own for cell in step.old} == {cell[:3] for cell in before.cells}
        assert {cell for step in own for cell in step.new} == {cell[:3] for cell in after.cells}
        assert all(not step.joins for step in own if not step.old or not step.new)


def test_what_is_split_in_2021_is_split_in_every_column() -> None:
    splits = [step for step in crosswalk(forms()) if step.before == "2019" and step.relation == "split"]
    assert len(splits) == 7
    assert {step.old[0][2] for step in splits} == {cell[2] for step in splits for cell in step.new}
    assert {cell[1] for cell in splits[0].new} == {"other_not_supplemented", "other_fee_unpaid", "other_other"}


def test_a_namesake_is_the_same_or_renamed() -> None:
    found = {step.new: step.relation for step in crosswalk(forms()) if step.before == "2019"}
    assert found[(("requests", "granted", "total"),)] == "same"
    assert found[(("proactive", "penalties", "decisions"),)] == "renamed"
    assert found[(("disputes", "litigation_direct", "pending"),)] == "same"


def test_a_new_form_needs_no_entry(tmp_path: Path) -> None:
    known = load_forms(with_2027(tmp_path))
    last = [step for step in crosswalk(known) if step.after == "2027"]
    assert [step.new[0][1] for step in last if step.relation == "none" and step.new[0][2] == "total"] == [
        "denied_algorithm"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('relation = "merged"', 'relation = "joined"', "'relation' must be one of same, renamed, merged"),
        ('from = "2014"', 'from = "2013"', "'from' must be one of 2014, 2019, 2021"),
        ('to = "2019"', 'to = "2021"', "'to' must be the form after 'from'"),
        ("statistics.received.value", "statistics.wanted.value", "form 2014 has no cell 'statistics.wanted.value'"),
        ("requests.other_fee_unpaid.*", "requests.other_fee.*", "has no cell 'requests.other_fee.natural_person'"),
        ("joins = true", "joins = 1", "'joins' must be true or false"),
        ('new = ["requests.received.total"]', "new = []", "'new' names no cell"),
        ('relation = "same"', 'kind = "same"', "unknown key 'kind'"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / FILE
    assert old in TEXT
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError, match=r"crosswalk\.toml, line \d+: ") as caught:
        load_steps(file, forms().all)
    assert said in str(caught.value)
