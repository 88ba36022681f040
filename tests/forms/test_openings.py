"""The first characters of a pattern: one too few would hide statements."""

from __future__ import annotations

import re

import pytest

from gxtools.forms.claim_subjects import load_claim_subjects
from gxtools.forms.openings import ANY, opening_characters


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("收到", "收"),
        ("收到|接收", "收接"),
        ("(?:新)?收到", "新收"),
        ("(?:新|再)*收到", "新再收"),
        ("(?:新){0,2}收到", "新收"),
        ("(?:新){1,2}收到", "新"),
        ("新+收", "新"),
        ("[收接]到", "收接"),
        ("[0-3]件", "0123"),
        (r"\d件", "0123456789"),
        (r"\(一\)", "("),
        ("(?!不)收到", "收"),
        ("(?<!未)(?:政府|政务)?信息", "政信"),
        ("(?>(?:共)*)收", "共收"),
        ("^收到", "收"),
        ("(?:|新)收", "新收"),
    ],
)
def test_the_characters_with_which_a_match_can_begin(pattern: str, characters: str) -> None:
    assert opening_characters(pattern) == frozenset(characters)


@pytest.mark.parametrize("pattern", ["[^,]收", ".收", "[\ue000-\uf8ff]件"])
def test_anything_may_come_first(pattern: str) -> None:
    assert ANY in opening_characters(pattern)


@pytest.mark.parametrize("pattern", ["(收到)", "(?:收到", "收到)", "[收到"])
def test_other_syntax_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|set|group"):
        opening_characters(pattern)


def test_every_statement_compiles_and_is_found_by_its_openings() -> None:
    index = load_claim_subjects().index
    for statement in index.statements:
        assert re.compile(statement.pattern).groups == 0
        assert statement.openings
        for character in statement.openings - {ANY}:
            choice = index.beginning(character)
            assert choice is not None
            assert statement in choice.statements
