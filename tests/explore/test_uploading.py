"""What is chosen in the browser is read as a folder of it would be, and what cannot be read is told."""

from __future__ import annotations

import datetime
import gc
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from polars.testing import assert_frame_equal

import gxtools as gx
from gxtools.documents import archives
from gxtools.explore.uploading import Upload

WHEN = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "data" / "reports").glob("*.html"))}


def choose(upload: Upload, **files: bytes) -> None:
    """As the browser tells it."""
    upload.files.value = tuple(
        {"name": name, "type": "", "size": len(data), "content": memoryview(data), "last_modified": WHEN}
        for name, data in files.items()
    )


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def test_documents_and_archives(root: Path, pages: dict[str, bytes]) -> None:
    upload = gx.explore.upload()
    assert repr(upload) == "Upload(Corpus(0 reports read, 0 not read))"
    assert "No file chosen yet" in upload._repr_mimebundle_()["text/html"]
    expected = gx.load(root / "data" / "reports", workers=1)
    choose(upload, **pages)
    assert_frame_equal(upload.corpus.cells, expected.cells)
    assert "3 file(s) chosen, 3 report(s) read." in upload._told.value
    choose(upload, **{"reports.zip": zipped(pages)})
    assert_frame_equal(upload.corpus.cells, expected.cells)
    report = upload.corpus.report(upload.corpus.reports["report"][0])
    assert ">>> 99 <<<" in report.show("requests.received.total").text


def test_what_cannot_be_read_is_told(pages: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    upload = gx.explore.upload()
    choose(upload, **{"<b>.html": b"", "ok.html": pages["suqian_2024.html"]})
    assert upload.corpus.reports["error"].null_count() == 1
    assert "1 could not be read" in upload._told.value
    assert "<p>_b_.html: it is empty" in upload._told.value
    monkeypatch.setattr(archives, "_MOST_MEMBERS", 1)
    choose(upload, **{"many.zip": zipped(pages)})
    assert "Nothing was read: " in upload._told.value
    assert len(upload.corpus) == 0


def test_names_stay_in_the_folder(pages: dict[str, bytes]) -> None:
    upload = gx.explore.upload()
    page = pages["suqian_2024.html"]
    choose(upload, **{"../../x.html": page, "..": page, "/etc/y.html": page, "C:\\z.html": page})
    assert upload.corpus.reports["error"].null_count() == 4
    for source in upload.corpus.reports["source"]:
        assert Path(source).resolve().is_relative_to(upload._folder.resolve())


def test_nothing_is_left_behind(pages: dict[str, bytes]) -> None:
    upload: Any = gx.explore.upload()
    choose(upload, **pages)
    folder = upload._folder
    assert folder.exists()
    upload.close()
    upload.files.close()
    del upload
    gc.collect()
    assert not folder.exists()


def test_a_name_longer_than_a_disk_takes(pages: dict[str, bytes]) -> None:
    upload = gx.explore.upload()
    choose(upload, **{"长" * 120 + ".html": pages["suqian_2024.html"], "长" * 120: pages["suqian_2023.html"]})
    assert upload.corpus.reports["error"].null_count() == 2
    assert upload.corpus.reports["source"].str.ends_with(".html").any()
