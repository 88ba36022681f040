"""A ZIP archive is loaded as the folder that it holds, within limits, and what lies or leads elsewhere is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import gxtools as gx
from gxtools.documents import archives

EXCEPT_SOURCE = pl.exclude("source")


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "data" / "reports").glob("*.html"))}


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def errors(corpus: gx.Corpus) -> dict[str, str]:
    read = corpus.reports.select("source", "error").drop_nulls("error")
    return {source.split(".zip/")[-1]: error for source, error in read.iter_rows()}


def test_the_frames_are_those_of_the_folder(root: Path, pages: dict[str, bytes], tmp_path: Path) -> None:
    path = packed(tmp_path / "reports.zip", {f"2024/{name}": data for name, data in pages.items()})
    for workers in (1, 2):
        corpus, folder = gx.load(path, workers=workers), gx.load(root / "data" / "reports", workers=1)
        for name, frame in folder.frames.items():
            assert_frame_equal(corpus.frames[name].select(EXCEPT_SOURCE), frame.select(EXCEPT_SOURCE))
        assert corpus.reports["source"].to_list() == [f"{path}/2024/{name}" for name in pages]
        assert corpus.id == folder.id


def test_a_member_is_read_again_to_be_shown(pages: dict[str, bytes], tmp_path: Path) -> None:
    path = packed(tmp_path / "reports.zip", pages)
    corpus = gx.load(path, workers=1)
    report = corpus.report(corpus.reports["report"][2])
    assert ">>> 3525 <<<" in report.show("requests.received.total").text
    assert gx.read(f"{path}/suqian_2024.html").id == report.id
    path.unlink()
    with pytest.raises(OSError, match="suqian_2024"):
        corpus.report(report.id)


def test_addresses_stand_beside(pages: dict[str, bytes], tmp_path: Path) -> None:
    table = "\ufefffile,address\n2024/suqian_2024.html,https://example.gov.cn/2024\n".encode()
    path = packed(tmp_path / "a.zip", {"sources.csv": table, "2024/suqian_2024.html": pages["suqian_2024.html"]})
    corpus = gx.load(path, workers=1)
    assert corpus.reports["address"].to_list() == ["https://example.gov.cn/2024"]


def test_hidden_members_and_folders_are_no_documents(pages: dict[str, bytes], tmp_path: Path) -> None:
    page = pages["suqian_2024.html"]
    members = {"a/": b"", "a/b.html": page, "__MACOSX/a/._b.html": b"x", ".git/c.html": page, "a/.DS_Store": b"x"}
    assert [
        name.split(".zip/")[1] for name in gx.load(packed(tmp_path / "a.zip", members), workers=1).reports["source"]
    ] == ["a/b.html"]


def test_names_that_lead_outside_are_refused(pages: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_bytes(pages["suqian_2024.html"])
    names = ["../outside.html", f"{tmp_path}/outside.html", "a/../../outside.html", "..\\outside.html", "C:\\x.html"]
    corpus = gx.load(packed(tmp_path / "a.zip", dict.fromkeys(names, pages["suqian_2024.html"])), workers=1)
    assert corpus.reports.height == len(names)
    assert corpus.reports["agency"].null_count() == len(names)
    assert all("leads out of it" in error for error in errors(corpus).values())
    assert ".." not in "".join(corpus.reports["source"].str.split(".zip/").list.last())


def test_an_archive_within_is_refused_in_words(pages: dict[str, bytes], tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", pages).read_bytes()
    corpus = gx.load(
        packed(tmp_path / "outer.zip", {"inner.zip": inner, "a.html": pages["suqian_2024.html"]}), workers=1
    )
    assert list(errors(corpus)) == ["inner.zip"]
    assert "a zip archive, a format that is not read" in errors(corpus)["inner.zip"]
    assert corpus.reports["agency"].drop_nulls().to_list() == ["宿迁市人民政府"]


def test_an_archive_in_a_folder_stays_a_document(pages: dict[str, bytes], tmp_path: Path) -> None:
    packed(tmp_path / "a.zip", pages)
    corpus = gx.load(tmp_path, workers=1)
    assert corpus.reports.height == 1
    assert "a zip archive, a format that is not read" in corpus.reports["error"][0]


def test_sizes_are_looked_at_before_anything_is_expanded(
    pages: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.zip", {"bomb.html": b"0" * 5_000_000, "a.html": pages["suqian_2024.html"]})

    def refuse(*arguments: object) -> None:
        pytest.fail("a member over the limit was opened")

    with monkeypatch.context() as patched:
        patched.setattr(zipfile.ZipFile, "open", refuse)
        with pytest.raises(gx.UnreadableDocument, match="over the limit"):
            gx.read(f"{path}/bomb.html", max_bytes=1_000_000)
    corpus = gx.load(path, workers=1, max_bytes=1_000_000)
    assert "over the limit" in errors(corpus)["bomb.html"]
    assert corpus.reports["agency"].drop_nulls().to_list() == ["宿迁市人民政府"]


def test_a_size_that_is_a_lie_is_found(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.html": b"0" * 3_000_000})
    data = path.read_bytes()
    # The directory and the member's own head say 10 bytes.
    path.write_bytes(data.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(gx.UnreadableDocument, match="damaged"):
        gx.read(f"{path}/a.html")


@pytest.mark.parametrize(
    ("limit", "value", "said"), [("_MOST_MEMBERS", 2, "more than 2 files"), ("_MOST_BYTES", 9, "9 bytes")]
)
def test_an_archive_over_its_limits(
    limit: str, value: int, said: str, pages: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, limit, value)
    with pytest.raises(gx.UnreadableDocument, match=said):
        gx.load(packed(tmp_path / "a.zip", pages), workers=1)


def test_damaged_and_encrypted_members_cost_themselves_alone(pages: dict[str, bytes], tmp_path: Path) -> None:
    members = {
        "a.html": pages["jiulongpo_2020.html"],
        "b.html": pages["suqian_2023.html"],
        "c.html": pages["suqian_2024.html"],
    }
    path = packed(tmp_path / "a.zip", members)
    with zipfile.ZipFile(path) as archive:
        places = {info.filename: info.header_offset for info in archive.infolist()}
    data = bytearray(path.read_bytes())
    data[places["b.html"] + 500] ^= 0xFF
    directory = data.rindex(b"PK\x01\x02", 0, data.rindex(b"c.html"))
    data[directory + 8] |= 1
    path.write_bytes(data)
    corpus = gx.load(path, workers=1)
    assert "damaged" in errors(corpus)["b.html"]
    assert "encrypted" in errors(corpus)["c.html"]
    assert corpus.reports["agency"].drop_nulls().to_list() == ["重庆市九龙坡区人民政府"]


def test_what_is_no_archive_is_a_document(pages: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "page.zip"
    path.write_bytes(pages["suqian_2024.html"])
    assert gx.load(path, workers=1).reports["agency"].to_list() == ["宿迁市人民政府"]
    cut = packed(tmp_path / "cut.zip", pages)
    cut.write_bytes(cut.read_bytes()[:1000])
    assert "a zip archive" in gx.load(cut, workers=1).reports["error"][0]


def test_chinese_names_of_windows(pages: dict[str, bytes], tmp_path: Path) -> None:
    name = "宿迁市2024年.html"
    plain = "x" * len(name.encode("gbk"))
    path = packed(tmp_path / "a.zip", {plain: pages["suqian_2024.html"]})
    path.write_bytes(path.read_bytes().replace(plain.encode(), name.encode("gbk")))
    assert gx.load(path, workers=1).reports["source"][0].endswith(f"/{name}")


def test_two_members_of_one_name_are_two_documents(pages: dict[str, bytes], tmp_path: Path) -> None:
    members = {"a.html": pages["suqian_2023.html"], "b.html": pages["suqian_2024.html"]}
    path = packed(tmp_path / "a.zip", members)
    path.write_bytes(path.read_bytes().replace(b"b.html", b"a.html"))
    corpus = gx.load(path, workers=1)
    assert sorted(corpus.reports["year"]) == [2023, 2024]


def test_names_that_begin_with_the_folder_itself(tmp_path: Path, pages: dict[str, bytes]) -> None:
    page = pages["suqian_2024.html"]
    path = packed(tmp_path / "a.zip", {"./2024/a.html": page, "b.html": page, "./b.html": page})
    sources = [source.split(".zip/")[1] for source in gx.load(path, workers=1).reports["source"]]
    assert sorted(sources) == ["2024/a.html", "b.html", "b.html (2)"]


def test_a_source_that_a_corpus_tells_can_be_loaded_again(tmp_path: Path, pages: dict[str, bytes]) -> None:
    whole = gx.load(packed(tmp_path / "a.zip", pages), workers=1).reports
    one = whole["source"][0]
    assert gx.load([one], workers=1).reports["sha256"].to_list() == [whole["sha256"][0]]
    with pytest.raises(FileNotFoundError):
        gx.load([f"{tmp_path / 'a.zip'}/not_there.html"], workers=1)


def test_an_archive_of_nothing_is_no_document(tmp_path: Path) -> None:
    assert len(gx.load(packed(tmp_path / "empty.zip", {}), workers=1)) == 0
