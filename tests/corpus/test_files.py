"""Which files are documents, by which addresses, and by which names."""

from __future__ import annotations

import csv
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import gxtools as gx
from gxtools.corpus import chunks
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
@pytest.mark.parametrize("workers", [1, 2])
def test_names_that_are_no_text(tmp_path: Path, workers: int) -> None:
    path = os.fsencode(tmp_path) + "/报告.html".encode("gb18030")
    with open(path, "wb") as stream:
        stream.write(page().encode())
    corpus = gx.load(tmp_path, workers=workers)
    assert corpus.reports["error"].to_list() == [None]
    assert "\\udcb1\\udca8" in corpus.reports["source"][0]
    corpus.write(tmp_path / "set")
    assert_equal(gx.open_corpus(tmp_path / "set"), corpus)
    assert gx.read(os.fsdecode(path)).reports.equals(corpus.reports)


def test_links_that_lead_round_and_round(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "1.html").write_text(page(), encoding="utf-8")
    for place in (folder, folder / "a", folder / "a" / "b"):
        (place / "up").symlink_to(folder)
        (place / "self").symlink_to(place / "self")
    for source in (folder, f"{folder}/**", f"{folder}/**/*.html", f"{folder}/*/*/*.html", f"{folder}/a/**/b/**/1*"):
        assert sources(gx.load(source, workers=1), folder) == ["a/b/1.html"], source
    # A link that was named is followed: it is what was asked for.
    assert len(gx.load(folder / "a" / "b" / "up", workers=1)) == 1
    assert len(gx.load(f"{folder}/up/a/b/*.html", workers=1)) == 1


def test_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a1.html", "b/a2.html", "b/c/a3.txt", "b/c/[x].html", "B/a4.html", ".h/a5.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(page(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = {
        "*": ["a1.html"],
        "*.txt": [],
        "**/*.txt": ["b/c/a3.txt"],
        "**/a?.html": ["B/a4.html", "a1.html", "b/a2.html"],
        "b/**": ["b/a2.html", "b/c/[x].html", "b/c/a3.txt"],
        "b/**/c/*.html": ["b/c/[x].html"],
        "b/c/[[]x].html": ["b/c/[x].html"],
        "b/c/[x].html": ["b/c/[x].html"],
        "[bB]/a*": ["B/a4.html", "b/a2.html"],
        "nowhere/*": [],
        "*/c/*": ["b/c/[x].html", "b/c/a3.txt"],
    }
    for pattern, expected in found.items():
        assert gx.load(pattern, workers=1).reports["source"].to_list() == expected, pattern


@pytest.mark.skipif(os.name != "posix", reason="pipes and sockets are files only there")
@pytest.mark.parametrize("workers", [1, 2])
def test_pipes_sockets_and_devices(tmp_path: Path, workers: int) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "report.html").write_text(page(), encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        assert sources(gx.load(tmp_path, workers=workers), tmp_path) == ["report.html"]
        named = [tmp_path / "pipe", tmp_path / "report.html", tmp_path / "socket", "/dev/zero", "/dev/null"]
        corpus = gx.load(named, workers=workers)
    assert corpus.reports["error"].null_count() == 1
    assert corpus.reports["error"].drop_nulls().str.contains("it is a pipe, a socket or a device").all()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_folder_that_may_not_be_opened(tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/1.html", "locked/2.html", "z/3.html"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(page(), encoding="utf-8")
    real = os.scandir

    def scandir(folder: Path) -> Iterator[Any]:
        if Path(folder).name == "locked":  # root may open any, and tests may be root's
            raise PermissionError(13, "Permission denied", str(folder))
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    for source in (tmp_path, f"{tmp_path}/**/*.html"):
        corpus = gx.load(source, workers=workers)
        assert sources(corpus, tmp_path) == ["a/1.html", "locked", "z/3.html"]
        assert corpus.reports["error"].is_null().to_list() == [True, False, True]
    with pytest.raises(PermissionError):
        gx.load(tmp_path / "locked", workers=workers)


def test_a_file_that_changes_is_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(requests__granted__total=1), encoding="utf-8")
    real = chunks.open_document

    def changing(data: bytes, *rest: Any) -> Any:
        path.write_text(page(requests__granted__total=2), encoding="utf-8")
        return real(data, *rest)

    monkeypatch.setattr(chunks, "open_document", changing)
    corpus = gx.load(tmp_path, workers=1)
    assert corpus.cells.filter(line="granted", column="total")["value"].to_list() == [1]
    with pytest.raises(CorpusError, match="has changed"):
        corpus.report(corpus.reports["report"][0])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="paths are longer elsewhere")
@pytest.mark.parametrize("longest", [4080, 4094, 5000])
def test_a_folder_too_deep_for_any_path(tmp_path: Path, longest: int) -> None:
    """Also where the path of the folder is just short enough to be opened, and that of a file in it is not."""
    names, left = [], longest - len(str(tmp_path))
    while left > 1:
        names.append("d" * min(200, left - 1))
        left -= len(names[-1]) + 1
    if longest < 5000:
        names.append("e" * 100)
    place = os.open(tmp_path, os.O_RDONLY)
    for name in names:
        os.mkdir(name, dir_fd=place)
        inner = os.open(name, os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(place)
    (tmp_path / "1.html").write_text(page(), encoding="utf-8")
    corpus = gx.load(tmp_path, workers=1)
    assert corpus.reports["error"].is_null().to_list() == [True, False]
    assert "too long" in corpus.reports["error"][1]
