"""One report: its frames, its errors, and a cell shown where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxtools as gx
from gxtools.errors import CorpusError
from gxtools.frames import DECLARED, SCHEMAS, validate
from tests.corpus.samples import NOT_READ, REPORT_FRAMES, page, text

SCRIPT = '<script>alert("1")</script>'


def test_frames_are_as_declared() -> None:
    report = gx.read(page().encode(), name="page.html")
    frames = {name: getattr(report, name) for name in REPORT_FRAMES}
    assert tuple(DECLARED) == REPORT_FRAMES
    assert {name: dict(frame.schema) for name, frame in frames.items()} == SCHEMAS
    validate(frames)
    assert report.cells.height == 200


def test_path_and_bytes_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(), encoding="utf-8")
    named, held = gx.read(tmp_path / "page.html"), gx.read(page().encode(), name=str(tmp_path / "page.html"))
    for name in REPORT_FRAMES:
        assert getattr(named, name).equals(getattr(held, name))


@pytest.mark.parametrize("name", NOT_READ)
def test_what_yields_nothing_raises_and_names_the_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(NOT_READ[name])
    with pytest.raises(gx.UnreadableDocument) as caught:
        gx.read(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    with pytest.raises(ValueError, match=name):
        gx.read(NOT_READ[name], name=name)


def test_the_systems_own_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        gx.read(tmp_path / "nothing.html")
    with pytest.raises(IsADirectoryError):
        gx.read(tmp_path)


def test_a_title_without_tables_is_a_report_with_problems() -> None:
    report = gx.read(
        "<html><h1>宿迁市人民政府2022年政府信息公开工作年度报告</h1><p>表格见图片。</p></html>".encode(), name="a.html"
    )
    assert report.problems["rule"].to_list() == ["missing_table"] * 3
    assert report.cells["state"].unique().to_list() == ["absent"]


def test_a_year_without_a_form_has_no_cells(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><h1>宿迁市人民政府2010年政府信息公开工作年度报告</h1><p>情况。</p></html>", encoding="utf-8"
    )
    report = gx.read(tmp_path / "a.html")
    assert report.reports.select("year", "form").row(0) == (2010, None)
    assert report.cells.is_empty()
    corpus = gx.load(tmp_path, workers=1)
    assert all(corpus.frames[name].equals(getattr(report, name)) for name in REPORT_FRAMES)


@pytest.mark.parametrize("make", [page, text])
def test_the_cell_is_marked(make: object) -> None:
    report = gx.read(make(requests__granted__total=4321).encode(), name="page")  # type: ignore[operator]
    shown = report.show("requests.granted.total")
    assert "requests.granted.total = 4321 count (printed; " in shown.title
    assert shown.html.count("background:#ffd54d") == 1
    marked = shown.html.split("background:#ffd54d", 1)[1].split("</td>" if make is page else "</div>", 1)[0]
    assert marked.endswith("4321")
    assert shown._repr_html_() == shown.html
    assert ">>>" in repr(shown)
    assert "4321" in shown.text


def test_what_is_shown_is_escaped() -> None:
    data = page(requests__granted__total=SCRIPT, agency="宿迁市人民政府").encode()
    report = gx.read(data, name="page.html")
    assert report.cells.filter(state="unreadable")["raw"].to_list() == [SCRIPT]
    for cell in ("requests.granted.total", "requests.granted.natural_person"):
        shown = report.show(cell)
        assert "<script" not in shown.html
        assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;" in shown.html


def test_a_cell_that_is_not_there_shows_no_place() -> None:
    report = gx.read("<html><h1>宿迁市人民政府2022年政府信息公开工作年度报告</h1></html>".encode(), name="a.html")
    shown = report.show("requests.granted.total")
    assert "absent; not in the document" in shown.title
    assert shown.text == ""


@pytest.mark.parametrize("cell", ["requests.granted", "requests.granted.totals", "", "a.b.c.d", "requests.other.total"])
def test_a_cell_that_the_form_has_not(cell: str) -> None:
    report = gx.read(page().encode(), name="page.html")
    with pytest.raises(KeyError, match="the form has no cell"):
        report.show(cell)


def test_a_report_of_a_corpus_is_read_again(tmp_path: Path) -> None:
    for name, data in {"a.html": page().encode(), "b.html": b""}.items():
        (tmp_path / name).write_bytes(data)
    corpus = gx.load(tmp_path, workers=1)
    good, bad = corpus.reports["report"]
    assert corpus.report(good).cells.equals(corpus.cells)
    with pytest.raises(KeyError, match="no report 'x'"):
        corpus.report("x")
    with pytest.raises(CorpusError, match="it is empty"):
        corpus.report(bad)
    (tmp_path / "a.html").write_text(page(2023), encoding="utf-8")
    with pytest.raises(CorpusError, match="has changed"):
        corpus.report(good)
    (tmp_path / "a.html").unlink()
    with pytest.raises(FileNotFoundError):
        corpus.report(good)
