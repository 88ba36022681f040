"""The form of 2014 and its units; words that stand in the place of a figure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gxtools.errors import FormError
from gxtools.forms import forms
from gxtools.forms.cell_words import no_figure

FORM = forms().by_id("2014")


def test_units_of_the_lines() -> None:
    table = FORM.table("statistics")
    counted = Counter(line.counted for line in table.lines)
    assert counted == {"条": 7, "件": 33, "次": 9, "篇": 1, "万元": 2, "个": 2, "人": 3, "人次": 1}
    assert [line.id for line in table.lines if line.counted == "万元"] == ["fees_charged", "budget"]
    assert all((line.counted == "万元") == (line.unit == "10k_cny") for line in table.lines)


@pytest.mark.parametrize("text", ["见附件", "详见附表2", "未统计", "不涉及", "N/A", "请填写数字"])
def test_words_in_place_of_a_figure(text: str) -> None:
    assert no_figure().fullmatch(text)


@pytest.mark.parametrize("text", ["件", "规章", "5", "", "见附件的说明", "附件"])
def test_what_is_no_such_word(text: str) -> None:
    assert not no_figure().fullmatch(text)


@pytest.mark.parametrize(
    ("text", "wrong"), [('no_figure = ["("]', "is no pattern"), ('words = ["无"]', "unknown key"), ("", "is missing")]
)
def test_faults_of_the_words(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "cells.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match=f"cells.toml, line 1: .*{wrong}"):
        no_figure(tmp_path / "cells.toml")
