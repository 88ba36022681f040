"""Which files are documents, by which addresses, and by which names."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest

import gxtools as gx
from gxtools.errors import CorpusError
from tests.corpus.samples import assert_equal, page, sources


def test_hidden_files_links_and_pipes_are_no_documents(tmp_path: Path) -> None:
    folder, outside = tmp_path / "reports", tmp_path / "outside"
    for place in (folder, outside, folder / ".hidden", folder / "inner"):
        place.mkdir()
    for path in (
        folder / "a.html",
        folder / ".a.html",
        folder / ".hidden/b.html",
        outside / "c.html",
        folder / "inner/d.html",
    ):
        path.write_text(page(), encoding="utf-8")
    (folder / "link.html").symlink_to(outside / "c.html")
    (folder / "links").symlink_to(outside)
    (folder / "broken").symlink_to(outside / "gone")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    (folder / "sources.csv").write_text("file,address\na.html,https://example.org/a\n", encoding="utf-8")
    (folder / "inner" / "sources.csv").write_text("file,address\n", encoding="utf-8")
    assert sources(gx.load(folder), folder) == ["a.html", "inner/d.html"]
    assert sources(gx.load(f"{folder}/*"), folder) == ["a.html"]


def addresses(folder: Path, *documents: str, source: Any = None) -> list[str | None]:
    for name in documents:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(page(), encoding="utf-8")
    return gx.load(source or folder).reports["address"].to_list()


def test_addresses_stand_in_sources_csv(tmp_path: Path) -> None:
    with (tmp_path / "sources.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(
            [
                ["file", "note", "address"],
                ["a.html", "x", " https://example.org/a "],
                ["in/b.html", "", "https://example.org/b"],
            ]
        )
    assert addresses(tmp_path, "a.html", "c.html", "in/b.html") == [
        "https://example.org/a",
        None,
        "https://example.org/b",
    ]
    (tmp_path / "in" / "sources.csv").write_text("file,address\nb.html,https://example.org/own\n", encoding="utf-8")
    assert addresses(tmp_path)[2] == "https://example.org/own"


def test_a_table_above_the_folder_does_not_matter(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (tmp_path / "sources.csv").write_text("reports/a.html;1\n", encoding="utf-8")
    assert addresses(folder, "a.html") == [None]
    (folder / "sources.csv").write_text("file,address\nb/c.html,https://example.org/c\n", encoding="utf-8")
    assert addresses(folder, "b/c.html") == [None, "https://example.org/c"]
    assert addresses(folder, source=[folder / "b"]) == [None]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"name;url\n", "header must be 'file,address'"),
        ("file,address\n\u62a5".encode("gb18030"), "no UTF-8"),
        (b"", "header"),
    ],
)
def test_a_bad_table_of_addresses_is_told(tmp_path: Path, data: bytes, wrong: str) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "sources.csv").write_bytes(data)
    with pytest.raises(CorpusError, match=wrong) as caught:
        gx.load(tmp_path)
    assert str(tmp_path / "sources.csv") in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only there")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + "/报告.html".encode("gb18030")
    with open(path, "wb") as stream:
        stream.write(page().encode())
    corpus = gx.load(tmp_path, workers=1)
    assert corpus.reports["error"].to_list() == [None]
    assert "\\udcb1\\udca8" in corpus.reports["source"][0]
    corpus.write(tmp_path / "set")
    assert_equal(gx.open_corpus(tmp_path / "set"), corpus)
    assert gx.read(os.fsdecode(path)).reports.equals(corpus.reports)
