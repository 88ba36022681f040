"""Folders of documents for the corpus's tests: reports that the writer sets, and files that are none."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import gxtools as gx
from gxtools.forms import forms
from gxtools.writing import CellsAs, HtmlLayout, TextLayout, content_of, set_page, set_text

REPORT_FRAMES = ("reports", "cells", "extras", "claims", "sections", "problems")
NOT_READ = {
    "empty.html": b"",
    "blanks.txt": b" \n\t\n",
    "hello.txt": "你好，世界".encode(),
    "noise.bin": bytes(range(256)) * 40,
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "archive.html": b"PK\x03\x04" + bytes(200),
    "list.html": "<html><body><ul><li>通知公告</li><li>政策文件</li></ul></body></html>".encode(),
}


def page(year: int = 2022, agency: str = "宿迁市人民政府", **figures: float | str | None) -> str:
    """A page whose cells are 0 but for ``figures``, named ``table__line__column``."""
    return set_page(_content(year, agency, figures), HtmlLayout())


def text(year: int = 2022, agency: str = "宿迁市人民政府", **figures: float | str | None) -> str:
    """The same as text, one cell a line."""
    return set_text(_content(year, agency, figures), TextLayout(cells=CellsAs.LINES))


def _content(year: int, agency: str, figures: dict[str, float | str | None]) -> object:  # type: ignore[misc]
    form = forms().for_year(year)
    assert form is not None
    values: dict[tuple[str, str, str], float | str | None] = {cell[:3]: 0 for cell in form.cells}
    for name, figure in figures.items():
        key = tuple(name.split("__"))
        assert key in values
        values[key] = figure  # type: ignore[index]
    return content_of(form.id, agency, year, values, prose={"overview": ("全年共收到申请3件。",)})


def mixed_folder(folder: Path) -> Path:
    """Reports of both forms in both layouts, copies of one, a broken one, and files that are none, in subfolders."""
    folder.mkdir()
    files: dict[str, bytes] = {
        "b/2020.txt": text(2020, "重庆市九龙坡区人民政府", requests__received__total=3).encode("gb18030"),
        "a/2022.html": page(2022, requests__received__natural_person=3).encode(),
        "a/copy of 2022.html": page(2022, requests__received__natural_person=3).encode(),
        "2021.htm": page(
            2021, "云南省人民政府", requests__granted__total="见附件", proactive__fees__amount=25.1
        ).encode(),
        "no suffix": page(2023, "杭州市余杭区财政局", proactive__rules__made=None).encode(),
        "wrong.pdf": page(2024, proactive__licences__decisions=1234, proactive__penalties__decisions=1234).encode(),
        "truncated.html": page(2022).encode()[:4000],
        "z/last.html": page(2022, requests__received__natural_person=3).encode(),
        **{f"bad/{name}": data for name, data in NOT_READ.items()},
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return folder


def assert_equal(one: gx.Corpus, other: gx.Corpus) -> None:
    """Every frame has the same rows in the same order."""
    for name in REPORT_FRAMES:
        held, expected = one.frames[name], other.frames[name]
        assert held.schema == expected.schema
        assert held.equals(expected), f"{name}\n{held}\n{expected}"


def sources(corpus: gx.Corpus, folder: Path) -> list[str]:
    """The sources as paths within a folder."""
    return [Path(source).relative_to(folder).as_posix() for source in corpus.reports["source"]]


def rows_of(frame: pl.DataFrame, report: str) -> pl.DataFrame:
    """The rows of one report."""
    return frame.filter(pl.col("report") == report)
