"""The explorer follows its dropdowns, says every state in words, escapes what it shows, and hides no failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gxtools as gx
from gxtools.charts.renderer import MIME
from gxtools.explore import ReportExplorer
from gxtools.explore.report_view import ReportView
from tests.explore.made import shipped_cells, write_report


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports")


def bundle(explorer: ReportExplorer) -> dict[str, Any]:
    return explorer._repr_mimebundle_()


def rows(explorer: ReportExplorer) -> list[dict[str, Any]]:
    spec = bundle(explorer)[MIME]
    assert spec == {**explorer.chart.to_dict(), "$schema": spec["$schema"]}
    found: list[dict[str, Any]] = spec["data"]["values"]
    return found


def test_the_newest_report_comes_first(shipped: gx.Corpus) -> None:
    explorer = gx.explore.report(shipped)
    names = [name for name, _ in explorer.report.options]
    assert names == ["重庆市九龙坡区人民政府 2020", "宿迁市人民政府 2023", "宿迁市人民政府 2024"]
    expected = "ReportExplorer(report=宿迁市人民政府 2024, table=requests, line=received, column=total)"
    assert repr(explorer) == expected
    assert bundle(explorer)["text/plain"] == expected
    assert {row["label"]: row["value"] for row in rows(explorer)}[
        "一、本年新收政府信息公开申请数量 Received this year"
    ] == 3525


def test_every_dropdown_moves_what_is_shown(shipped: gx.Corpus) -> None:
    explorer = gx.explore.report(shipped)
    explorer.table.value = "disputes"
    assert [row["value"] for row in rows(explorer)] == [170, 25, 52]
    assert explorer._drawing.spec["data"]["values"] == rows(explorer)
    explorer.line.value = "litigation_direct"
    assert [row.get("look") for row in rows(explorer)] == [None, "chosen", None]
    assert ">>> 25 <<<" in explorer.source.text
    explorer.column.value = "pending"
    assert [row["value"] for row in rows(explorer)] == [36, 7, 13]
    assert ">>> 7 <<<" in bundle(explorer)["text/html"].replace("&gt;", ">").replace("&lt;", "<")
    explorer.report.value = explorer.report.options[0][1]
    assert repr(explorer).startswith(
        "ReportExplorer(report=重庆市九龙坡区人民政府 2020, table=disputes, line=litigation_direct"
    )
    assert "83 + 6 = 89 ≠ 95 + 1 = 96" in explorer._above.value


def test_columns_are_those_of_the_line(shipped: gx.Corpus) -> None:
    explorer = gx.explore.report(shipped)
    explorer.table.value = "proactive"
    assert [id for _, id in explorer.column.options] == ["made", "repealed", "in_force"]
    explorer.line.value = "fees"
    assert [id for _, id in explorer.column.options] == ["amount"]
    assert "万元 10k CNY" in explorer._above.value


def test_totals_of_the_form_are_hollow(shipped: gx.Corpus) -> None:
    looks = {row["label"]: row.get("look") for row in rows(gx.explore.report(shipped))}
    assert [label for label, look in looks.items() if look == "total"] == ["（七）总计 Handled in total"]


@pytest.fixture
def states(tmp_path: Path) -> gx.Corpus:
    """One report with a cell in every state, and hostile characters in one."""
    changed = {
        ("requests", "received", "natural_person"): "",
        ("requests", "received", "business"): "—",
        ("requests", "received", "research"): "<script>alert(1)</script>",
    }
    write_report(tmp_path, changed=changed, without="disputes")
    return gx.load(tmp_path)


def test_states_are_said_in_words(states: gx.Corpus) -> None:
    explorer = gx.explore.report(states)
    shown = bundle(explorer)["text/html"]
    assert "空白 blank</td>" in shown
    assert "— 以符号代替 dash</td>" in shown
    assert "读不准 unreadable</td>" in shown
    explorer.column.value = "natural_person"
    first = rows(explorer)[0]
    assert (first["value"], first["words"]) == (None, "空白 blank")
    explorer.table.value = "disputes"
    assert bundle(explorer)["text/html"].count("文件中没有 absent</td>") == 15
    assert {row["value"] for row in rows(explorer)} == {None}


def test_what_a_document_says_is_escaped(states: gx.Corpus) -> None:
    explorer = gx.explore.report(states)
    explorer.column.value = "research"
    for shown in (bundle(explorer)["text/html"], explorer._above.value, explorer._below.value):
        assert "<script>" not in shown
        assert "&lt;script&gt;" in shown


def test_a_source_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    path = write_report(tmp_path)
    corpus = gx.load(tmp_path)
    path.unlink()
    explorer = gx.explore.report(corpus)
    assert "The source cannot be opened now" in explorer._below.value
    assert "3525" in explorer._above.value
    write_report(tmp_path, changed={("requests", "received", "total"): "3526"})
    assert "The source is not as it was" in str(gx.explore.report(corpus).source)


def test_reports_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write_report(tmp_path / "a")
    write_report(tmp_path / "b", changed={("proactive", "rules", "made"): "3"})
    names = [name for name, _ in gx.explore.report(gx.load(tmp_path)).report.options]
    assert len(set(names)) == 2
    assert all(name.startswith("宿迁市人民政府 2024 (") for name in names)


def test_nothing_to_look_into_is_said(tmp_path: Path) -> None:
    explorer = gx.explore.report(gx.load(tmp_path))
    assert repr(explorer) == "ReportExplorer(report=（无）none, table=None, line=None, column=None)"
    assert "no table of a national form" in bundle(explorer)["text/html"]
    assert "nothing to count" in explorer.finding[0].en
    assert explorer.source is None


def test_a_failing_callback_is_raised_and_shown(shipped: gx.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = gx.explore.report(shipped)

    def fail(view: ReportView) -> str:
        raise RuntimeError("<b>broken</b>")

    with monkeypatch.context() as patched:
        patched.setattr(ReportView, "table_part", fail)
        with pytest.raises(RuntimeError, match="broken"):
            explorer.table.value = "disputes"
        assert (
            "Failed: what follows may not be what was chosen. RuntimeError: &lt;b&gt;broken" in explorer._failure.value
        )
    explorer.table.value = "proactive"
    assert explorer._failure.value == ""


def test_every_printed_figure_is_in_the_table(shipped: gx.Corpus) -> None:
    explorer = gx.explore.report(shipped)
    for table in ("proactive", "requests", "disputes"):
        explorer.table.value = table
        shown = bundle(explorer)["text/html"].split("</table>")[0]
        printed = sorted(raw for key, raw in shipped_cells().items() if key[0] == table)
        cells = [piece.split("</td>")[0].split(">")[-1] for piece in shown.split("<td")[1:]]
        assert sorted(cell.removeprefix("⚠ ") for cell in cells if cell) == printed
