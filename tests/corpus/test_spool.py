"""Frames that lie on disk: the same as those in memory, however they are asked for, and gone with their corpus."""

from __future__ import annotations

import gc
import pickle
import tempfile
from pathlib import Path

import pytest

import gxtools as gx
from gxtools.corpus import gathering, spool
from tests.corpus.samples import REPORT_FRAMES, assert_equal, mixed_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("corpus") / "reports")


@pytest.fixture(scope="module")
def expected(folder: Path) -> gx.Corpus:
    return gx.load(folder, workers=1)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder; and frames are put down there after every third document."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(gathering, "_BATCH", 3)
    monkeypatch.setattr(spool, "_HELD", 1)
    return place


def test_few_reports_need_no_file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    assert len(gx.load(folder, workers=1)) == 15


def test_the_same_as_in_memory(folder: Path, temporary: Path, expected: gx.Corpus) -> None:
    corpus = gx.load(folder, workers=1)
    assert len(list(temporary.glob("gxtools-*/cells-*.parquet"))) > 1
    assert len(corpus) == len(expected)
    assert_equal(corpus, expected)
    assert corpus.cells is corpus.cells


def test_written_without_being_asked_for(
    folder: Path, temporary: Path, expected: gx.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = gx.load(folder, workers=1)
    with monkeypatch.context() as context:
        context.setattr(spool.Spool, "__getitem__", lambda *_: pytest.fail("a whole frame was read"))
        corpus.write(tmp_path / "set")
    assert_equal(gx.open_corpus(tmp_path / "set"), expected)
    assert {name: frame.height for name, frame in corpus.frames.items()} == {
        name: expected.frames[name].height for name in REPORT_FRAMES
    }
    corpus.write(tmp_path / "set")
    assert_equal(gx.open_corpus(tmp_path / "set"), expected)


def test_the_files_go_with_the_corpus(folder: Path, temporary: Path) -> None:
    corpus = gx.load(folder, workers=1)
    assert len(list(temporary.iterdir())) == 1
    del corpus
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_the_files_go_where_a_load_fails(folder: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = gathering.validate

    def failing(frames: object) -> None:
        real(frames)  # type: ignore[arg-type]
        if list(temporary.iterdir()):
            raise ZeroDivisionError("planted")

    monkeypatch.setattr(gathering, "validate", failing)
    with pytest.raises(ZeroDivisionError):
        gx.load(folder, workers=1)
    gc.collect()
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("temporary")
def test_a_pickled_corpus_holds_its_frames(folder: Path, expected: gx.Corpus) -> None:
    assert_equal(pickle.loads(pickle.dumps(gx.load(folder, workers=1))), expected)
