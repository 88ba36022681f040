"""Every fault planted into a copy of the shipped data is refused, with the file and the line where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxtools.errors import FormError
from gxtools.forms import load_forms
from tests.forms.copies import change, copy_of_data

CORRECTED = 'id = "corrected"\nzh = "结果纠正"'
BALANCE = 'terms = "received + carried_in = handled + carried_out"'
MADE = "2019,proactive,column,made,本年新制作数,\n"
OUTCOMES = 'id = "unprocessed"\nnumber = "（五）"\nzh = "不予处理"\nen = "Not processed"\nparent = "outcomes"'
DISPUTE_SUM = 'id = "dispute_sum"\ntable = "disputes"\naxis = "lines"\n'
# Name: file, what stands there, what is planted, the line that must be named, what is said of it.
FAULTS: dict[str, tuple[str, str, str, str, str]] = {
    "unknown key": ("2019.toml", "last_year = 2020", "last_year = 2020\nbogus = 1", "bogus = 1", "unknown key 'bogus'"),
    "unknown key of a column": (
        "2019.toml",
        CORRECTED,
        f"{CORRECTED}\ncolour = 1",
        "colour = 1",
        "unknown key 'colour'",
    ),
    "unknown key of a table": (
        "2021.toml",
        'remove_lines = ["other"]',
        'remove_lines = ["other"]\nremove = 1',
        "remove = 1",
        "unknown key 'remove'",
    ),
    "removed rule": (
        "2021.toml",
        'remove_rules = ["items_flow", ',
        'remove_rules = ["items_flows", ',
        "remove_rules = ",
        "'items_flows' in 'remove_rules' is no rule",
    ),
    "unknown key of sections": (
        "sections.toml",
        "# The six",
        "bogus = 1\n# The six",
        "bogus = 1",
        "unknown key 'bogus'",
    ),
    "missing key": (
        "2019.toml",
        CORRECTED,
        'id = "corrected"',
        '[[tables.disputes.columns]]\nid = "corrected"',
        "key 'zh' is missing",
    ),
    "missing year": ("2021.toml", "first_year = 2021\n", "", "# 政府", "key 'first_year' is missing"),
    "year that is text": (
        "2021.toml",
        "first_year = 2021",
        'first_year = "2021"',
        'first_year = "2021"',
        "must be a year",
    ),
    "year that is a flag": (
        "2021.toml",
        "first_year = 2021",
        "first_year = true",
        "first_year = true",
        "must be a year",
    ),
    "label that is no text": ("2019.toml", CORRECTED, 'id = "corrected"\nzh = 5', "zh = 5", "must be text"),
    "label without words": ("2019.toml", CORRECTED, 'id = "corrected"\nzh = "（1）"', 'zh = "（1）"', "has no words"),
    "flag that is text": ("2019.toml", "signed = true", 'signed = "no"', 'signed = "no"', "must be true or false"),
    "unit": ("2019.toml", 'unit = "10k_cny"', 'unit = "yuan"', 'unit = "yuan"', "must be one of 10k_cny, count"),
    "layout": ("2019.toml", '"lines_across"', '"sideways"', '"sideways"', "must be lines_down or lines_across"),
    "duplicate id": (
        "2019.toml",
        CORRECTED,
        'id = "upheld"\nzh = "结果纠正"',
        'id = "upheld"\nzh = "结果纠正"',
        "stands twice",
    ),
    "duplicate line of an extension": (
        *(
            "2021.toml",
            'id = "other_other"',
            'id = "other_fee_unpaid"',
            'id = "other_fee_unpaid"\nafter = "other_fee',
            "twice",
        ),
    ),
    "id that no term can name": (
        "2019.toml",
        CORRECTED,
        'id = "Corrected!"\nzh = "结果纠正"',
        'id = "Corrected!"',
        "small letters",
    ),
    "duplicate form": ("2021.toml", 'id = "2021"', 'id = "2019"', 'id = "2019"', "stands in 2019.toml too"),
    "duplicate rule": (
        *("2019.toml", f"{DISPUTE_SUM}", 'id = "applicant_sum"\ntable = "disputes"\naxis = "lines"\n'),
        *('id = "applicant_sum"\ntable = "disputes"', "stands twice"),
    ),
    "missing term": (
        "2019.toml",
        BALANCE,
        BALANCE.replace("carried_out", "carried_over"),
        "carried_over",
        "'carried_over'",
    ),
    "term of the other axis": (
        "2019.toml",
        BALANCE,
        BALANCE.replace("carried_out", "total"),
        "handled + total",
        "'total'",
    ),
    "no relation": ("2019.toml", BALANCE, BALANCE.replace(" = handled", " + handled"), "+ handled", "is no relation"),
    "unknown table of a rule": (
        *("2019.toml", DISPUTE_SUM, DISPUTE_SUM.replace("disputes", "suits"), 'table = "suits"', "no table 'suits'"),
    ),
    "axis of a rule": (
        "2019.toml",
        DISPUTE_SUM,
        DISPUTE_SUM.replace("lines", "rows"),
        'axis = "rows"',
        "must be one of columns",
    ),
    "line of a rule": (
        *("2019.toml", DISPUTE_SUM, f'{DISPUTE_SUM}only = ["nothing"]\n', 'only = ["nothing"]', "'nothing' in 'only'"),
    ),
    "unknown group": (
        "2019.toml",
        'group = "article_20_9"',
        'group = "article_99"',
        'group = "article_99"',
        "no group",
    ),
    "group within itself": (
        *("2019.toml", OUTCOMES, OUTCOMES.replace('parent = "outcomes"', 'parent = "unprocessed"')),
        *('parent = "unprocessed"', "lies within itself"),
    ),
    "unknown column of a group": (
        *(
            "2019.toml",
            '"published", "public_total"]',
            '"publishd", "public_total"]',
            '"publishd"',
            "no column 'publishd'",
        ),
    ),
    "label with two meanings": (
        "2019.toml",
        CORRECTED,
        'id = "corrected"\nzh = "结果维持"',
        'zh = "结果维持"\nen = "corr',
        "means both",
    ),
    "label of the list with two meanings": (
        *(
            "labels.csv",
            MADE,
            "2019,proactive,column,published,本年新制作数量,\n",
            "column,published,本年新制作数量",
            "means both",
        ),
    ),
    "heading with two meanings": (
        *(
            "sections.toml",
            '["其他需要报告的事项"',
            '["总体情况", "其他需要报告的事项"',
            '["总体情况", "其他需要',
            "means two sections",
        ),
    ),
    "last year before the first": (
        "2019.toml",
        "last_year = 2020",
        "last_year = 2018",
        "last_year = 2018",
        "lies before",
    ),
    "overlapping years": ("2019.toml", "last_year = 2020", "last_year = 2021", "2021.toml:first_year", "overlap"),
    "two forms in force": ("2019.toml", "last_year = 2020\n", "", "2021.toml:first_year", "overlap those of form 2019"),
    "hole in the years": (
        "2021.toml",
        "first_year = 2021",
        "first_year = 2023",
        "first_year = 2023",
        "no form serves 2021 to 2022",
    ),
    "lenient year of another form": (
        *(
            "2019.toml",
            "lenient_years = [2019]",
            "lenient_years = [2021]",
            "lenient_years = [2021]",
            "that the form serves",
        ),
    ),
    "lenient years no list": (
        "2019.toml",
        "lenient_years = [2019]",
        "lenient_years = 2019",
        "lenient_years = 2019",
        "a list",
    ),
    "bad TOML": ("2019.toml", "[tables.disputes]", "[tables.disputes", "[tables.disputes\n", "is no valid TOML"),
    "unknown base": ("2021.toml", 'extends = "2019"', 'extends = "2018"', 'extends = "2018"', "which is no form"),
    "own base": ("2021.toml", 'extends = "2019"', 'extends = "2021"', 'extends = "2021"', "which is itself"),
    "ring of bases": (
        *(
            "2019.toml",
            "last_year = 2020",
            'last_year = 2020\nextends = "2021"',
            '2021.toml:extends = "2019"|extends = "2021"',
        ),
        "which is itself",
    ),
    "removed line that is none": (
        "2021.toml",
        '["other"]',
        '["others"]',
        '["others"]',
        "is no line of the form that it extends",
    ),
    "neighbour that is none": (
        "2021.toml",
        'after = "other_fee_unpaid"',
        'after = "x"',
        'after = "x"',
        "no 'x' to stand after",
    ),
    "narrow CSV row": (
        "labels.csv",
        MADE,
        MADE.replace("数,\n", "数\n"),
        MADE.replace("数,\n", "数\n"),
        "has 5 fields",
    ),
    "CSV header": ("labels.csv", ",label,address", ",label", "form,table", "the header must be"),
    "CSV axis": ("labels.csv", MADE, MADE.replace("column", "col"), "proactive,col,", "axis 'col' is none of"),
    "CSV id": ("labels.csv", MADE, MADE.replace("made", "mad"), ",mad,", "no form has column 'mad'"),
    "CSV form": ("labels.csv", MADE, MADE.replace("2019", "2018"), "2018,", "no form has column 'made'"),
    "CSV label without words": ("labels.csv", MADE, "2019,proactive,column,made,—,\n", "made,—,", "has no words"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_refused_by_file_and_line(fault: str, tmp_path: Path) -> None:
    file, old, new, anchor, wrong = FAULTS[fault]
    data = copy_of_data(tmp_path)
    change(data / file, old, new)
    with pytest.raises(FormError) as caught:
        load_forms(data)
    assert wrong in caught.value.wrong
    places = [place.split(":", 1) if ".toml:" in place else (file, place) for place in anchor.split("|")]
    lines = {(name, _line(data / name, text)) for name, text in places}
    assert (caught.value.file, caught.value.line) in lines
    assert str(caught.value).startswith(f"{caught.value.file}, line {caught.value.line}: ")


def _line(file: Path, anchor: str) -> int:
    """The line on which the anchor begins."""
    text = file.read_text(encoding="utf-8")
    return text[: text.index(anchor)].count("\n") + 1


@pytest.mark.parametrize("file", ["2019.toml", "labels.csv"])
def test_other_encodings_are_refused(file: str, tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    text = (data / file).read_text(encoding="utf-8").replace("\n", "\n\n", 1)
    (data / file).write_bytes(text.split("\n", 1)[0].encode() + b"\n" + text.split("\n", 1)[1].encode("gb18030"))
    with pytest.raises(FormError, match=f"{file}, line \\d+: is no UTF-8 text"):
        load_forms(data)


def test_folder_without_forms(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="holds no form"):
        load_forms(tmp_path)


def test_untouched_copy_loads_and_has_the_same_hash(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    assert load_forms(data).hash == load_forms().hash


def test_hash_changes_with_the_data_but_not_with_line_ends(tmp_path: Path) -> None:
    (tmp_path / "crlf").mkdir()
    crlf = copy_of_data(tmp_path / "crlf")
    for file in crlf.iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_forms(crlf).hash == load_forms().hash
    (tmp_path / "changed").mkdir()
    changed = copy_of_data(tmp_path / "changed")
    change(changed / "2019.toml", 'en = "2019 trial form"', 'en = "2019 form"')
    assert load_forms(changed).hash != load_forms().hash
