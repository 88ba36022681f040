"""The data set on disk: lossless, replaced all or nothing, and never put over other files."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from dataframely.exc import ValidationError

import gxtools as gx
from gxtools.corpus import store
from gxtools.forms import forms
from tests.corpus.samples import REPORT_FRAMES, assert_equal, mixed_folder, page


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> gx.Corpus:
    return gx.load(mixed_folder(tmp_path_factory.mktemp("corpus") / "reports"), workers=1)


def test_lossless(corpus: gx.Corpus, tmp_path: Path) -> None:
    corpus.write(tmp_path / "new" / "set")
    assert_equal(gx.open_corpus(tmp_path / "new" / "set"), corpus)
    assert_equal(gx.open_corpus(str(tmp_path / "new" / "set")), corpus)


def test_scanned_lazily(corpus: gx.Corpus, tmp_path: Path) -> None:
    corpus.write(tmp_path / "set")
    frames = gx.scan(tmp_path / "set")
    assert tuple(frames) == REPORT_FRAMES
    assert all(isinstance(frame, pl.LazyFrame) for frame in frames.values())
    assert all(frame.collect().equals(corpus.frames[name]) for name, frame in frames.items())
    printed = frames["cells"].filter(pl.col("state") == "printed").select(pl.len()).collect().item()
    assert printed == corpus.cells["value"].count()


def test_an_empty_corpus_keeps_its_columns(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    empty = gx.load(tmp_path / "reports")
    empty.write(tmp_path / "set")
    assert_equal(gx.open_corpus(tmp_path / "set"), empty)


def test_the_manifest_names_version_and_forms(corpus: gx.Corpus, tmp_path: Path) -> None:
    corpus.write(tmp_path / "set")
    manifest = json.loads((tmp_path / "set" / "dataset.json").read_text(encoding="utf-8"))
    assert (manifest["version"], manifest["forms"]) == (gx.__version__, forms().hash)
    assert manifest["rows"] == {name: corpus.frames[name].height for name in REPORT_FRAMES}


def test_an_older_set_is_replaced_whole(corpus: gx.Corpus, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.html").write_text(page(), encoding="utf-8")
    small = gx.load(tmp_path / "one", workers=1)
    for written in (corpus, small, small, corpus):
        written.write(tmp_path / "set")
        assert_equal(gx.open_corpus(tmp_path / "set"), written)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "set"]


def test_a_link_to_a_set_is_followed(corpus: gx.Corpus, tmp_path: Path) -> None:
    corpus.write(tmp_path / "set")
    (tmp_path / "link").symlink_to(tmp_path / "set")
    corpus.write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert_equal(gx.open_corpus(tmp_path / "set"), corpus)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "set"]


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "reports.parquet", "dataset.json"])
def test_folders_of_others_are_refused(corpus: gx.Corpus, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(gx.CorpusError, match="holds other files"):
        corpus.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_set_with_files_of_others_is_refused(corpus: gx.Corpus, tmp_path: Path) -> None:
    corpus.write(tmp_path / "set")
    (tmp_path / "set" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(gx.CorpusError, match="holds other files"):
        corpus.write(tmp_path / "set")
    assert (tmp_path / "set" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_is_refused(corpus: gx.Corpus, tmp_path: Path) -> None:
    (tmp_path / "set").write_text("mine", encoding="utf-8")
    with pytest.raises(gx.CorpusError, match="is a file"):
        corpus.write(tmp_path / "set")
    assert (tmp_path / "set").read_text(encoding="utf-8") == "mine"


def test_what_is_no_set_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        gx.open_corpus(tmp_path / "nothing")
    with pytest.raises(gx.CorpusError, match="is no data set"):
        gx.open_corpus(tmp_path)
    with pytest.raises(gx.CorpusError, match="is no data set"):
        gx.scan(tmp_path)


def test_frames_that_are_not_as_declared_are_not_written(corpus: gx.Corpus, tmp_path: Path) -> None:
    corpus.write(tmp_path / "set")
    wrong = corpus.cells.with_columns(value=pl.when(pl.col("state") == "printed").then(None).otherwise(1.0))
    with pytest.raises(ValidationError):
        gx.Corpus({**corpus.frames, "cells": wrong}, corpus.forms).write(tmp_path / "set")
    with pytest.raises(pl.exceptions.SchemaError, match="cells"):
        gx.Corpus({**corpus.frames, "cells": corpus.cells.drop("where")}, corpus.forms).write(tmp_path / "set")
    assert_equal(gx.open_corpus(tmp_path / "set"), corpus)
    corpus.cells.with_columns(unit=pl.lit("kg")).write_parquet(tmp_path / "set" / "cells.parquet")
    with pytest.raises(ValidationError):
        gx.open_corpus(tmp_path / "set")


WRITER = """
import sys
import gxtools as gx
one, two, place = sys.argv[1:]
corpora = [gx.open_corpus(one), gx.open_corpus(two)]
print("ready", flush=True)
while True:
    for corpus in corpora:
        corpus.write(place)
        print("written", flush=True)
"""


def test_a_killed_write_leaves_the_old_or_the_new_set(corpus: gx.Corpus, tmp_path: Path, root: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.html").write_text(page(), encoding="utf-8")
    small = gx.load(tmp_path / "one", workers=1)
    corpus.write(tmp_path / "large set")
    small.write(tmp_path / "small set")
    small.write(tmp_path / "set")
    arguments = [sys.executable, "-c", WRITER, *(str(tmp_path / f"{name} set") for name in ("large", "small"))]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    chance = random.Random(7)
    for _ in range(5):
        with subprocess.Popen(
            [*arguments, str(tmp_path / "set")], stdout=subprocess.PIPE, text=True, env=environment
        ) as child:
            assert child.stdout is not None
            for _ in range(3):
                child.stdout.readline()
            time.sleep(chance.random() * 0.02)
            child.send_signal(signal.SIGKILL)
        found = gx.open_corpus(tmp_path / "set")
        assert_equal(found, small if len(found) == 1 else corpus)
    small.write(tmp_path / "set")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large set", "one", "set", "small set"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux exchanges two folders in one step")
def test_an_older_set_is_never_out_of_its_place(
    corpus: gx.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.write(tmp_path / "set")
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("moved in two steps"))
    corpus.write(tmp_path / "set")
    assert_equal(gx.open_corpus(tmp_path / "set"), corpus)


def test_where_folders_cannot_be_exchanged(corpus: gx.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_exchange", lambda *_: False)
    for _ in range(2):
        corpus.write(tmp_path / "set")
        assert_equal(gx.open_corpus(tmp_path / "set"), corpus)
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
