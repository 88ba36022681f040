"""Loading: the same as reading one by one, in the order of paths, whatever reads, and never stopped by a document."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import gxtools as gx
from gxtools.corpus import chunks, loading
from gxtools.errors import FormError
from tests.corpus.samples import NOT_READ, REPORT_FRAMES, assert_equal, mixed_folder, page, rows_of, sources

ORDER = [
    *("2021.htm", "a/2022.html", "a/copy of 2022.html", "b/2020.txt"),
    *(f"bad/{name}" for name in sorted(NOT_READ)),
    *("no suffix", "truncated.html", "wrong.pdf", "z/last.html"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("corpus") / "reports")


@pytest.fixture(scope="module")
def corpus(folder: Path) -> gx.Corpus:
    return gx.load(folder, workers=1)


def test_one_row_a_file_in_the_order_of_paths(corpus: gx.Corpus, folder: Path) -> None:
    assert sources(corpus, folder) == ORDER
    assert corpus.reports["report"].n_unique() == len(ORDER) == len(corpus)


def test_the_same_as_reading_one_by_one(corpus: gx.Corpus, folder: Path) -> None:
    read = 0
    for row in corpus.reports.iter_rows(named=True):
        if row["error"] is not None:
            with pytest.raises(gx.UnreadableDocument) as caught:
                gx.read(row["source"])
            assert str(caught.value) == row["error"]
            assert all(rows_of(corpus.frames[name], row["report"]).is_empty() for name in REPORT_FRAMES[1:])
            continue
        read += 1
        report = gx.read(row["source"])
        for name in REPORT_FRAMES:
            held = rows_of(corpus.frames[name], row["report"]).with_columns(report=pl.lit(report.id))
            assert held.equals(getattr(report, name)), (row["source"], name)
    assert read == 8


def test_frames_are_in_the_order_of_reports(corpus: gx.Corpus) -> None:
    order = {id: number for number, id in enumerate(corpus.reports["report"])}
    for name in REPORT_FRAMES:
        numbers = [order[id] for id in corpus.frames[name]["report"]]
        assert numbers == sorted(numbers), name


def test_copies_are_numbered_in_the_order_of_paths(corpus: gx.Corpus) -> None:
    ids = corpus.reports.filter(pl.col("source").str.contains("2022.html|last"))["report"].to_list()
    base = corpus.reports.filter(pl.col("report") == ids[0])["sha256"][0][:16]
    assert ids == [base, f"{base}-2", f"{base}-3"]
    for id in ids[1:]:
        assert rows_of(corpus.cells, id).drop("report").equals(rows_of(corpus.cells, base).drop("report"))


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_no_report_has_its_error(corpus: gx.Corpus, name: str) -> None:
    row = corpus.reports.filter(pl.col("source").str.ends_with(f"bad/{name}")).row(0, named=True)
    assert row["error"].startswith(f"{row['source']}: ")
    assert row["error"].endswith(".")
    assert row["sha256"] is not None
    assert {row[key] for key in ("agency", "level", "kind", "year", "form", "published", "format")} == {None}


def test_too_large_files_have_their_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    corpus = gx.load(tmp_path, max_bytes=1000)
    assert "over the limit of 1,000" in corpus.reports["error"][0]
    assert corpus.reports.select("report", "sha256").row(0) == ("unread-1", None)


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers(corpus: gx.Corpus, folder: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 3)
    assert_equal(gx.load(folder, workers=workers), corpus)


@pytest.mark.parametrize(
    "executor",
    [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn"))],
    ids=["threads", "processes"],
)
def test_any_executor(
    corpus: gx.Corpus, folder: Path, executor: Callable[[], Executor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 4)
    with executor() as pool:
        assert_equal(gx.load(folder, executor=pool), corpus)


def test_chunks_do_not_show(corpus: gx.Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 1)
    assert_equal(gx.load(folder, workers=1), corpus)


def test_globs_and_lists(corpus: gx.Corpus, folder: Path) -> None:
    assert sources(gx.load(f"{folder}/*/2*"), folder) == ["a/2022.html", "b/2020.txt"]
    assert sources(gx.load(f"{folder}/**/*.html"), folder) == [name for name in ORDER if name.endswith(".html")]
    listed = [folder / "z", str(folder / "2021.htm"), folder / "a" / "2022.html", folder / "a"]
    assert sources(gx.load(listed), folder) == ["2021.htm", "a/2022.html", "a/copy of 2022.html", "z/last.html"]
    assert sources(gx.load(iter(listed)), folder) == sources(gx.load(listed), folder)
    assert_equal(gx.load([folder]), corpus)
    assert len(gx.load([])) == 0


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nothing"):
        gx.load(tmp_path / "nothing")
    with pytest.raises(FileNotFoundError, match="nothing"):
        gx.load([tmp_path, tmp_path / "nothing"])
    with pytest.raises(ValueError, match="workers must be at least 1"):
        gx.load(tmp_path, workers=0)


def test_an_empty_folder(tmp_path: Path) -> None:
    corpus = gx.load(tmp_path)
    assert [corpus.frames[name].height for name in REPORT_FRAMES] == [0] * 6


class Deleting(Executor):
    """Reads a chunk after one of its documents has gone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.path.unlink()
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_a_document_that_goes_while_loading(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(page(), encoding="utf-8")
    corpus = gx.load(tmp_path, executor=Deleting(tmp_path / "a.html"))
    assert corpus.reports["error"].is_null().to_list() == [False, True]
    assert (
        corpus.reports["error"][0]
        == f"{tmp_path / 'a.html'}: No such file or directory. Check that it is there and may be read."
    )


def test_a_fault_of_ours_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / name).write_text(page(), encoding="utf-8")
    real = chunks.read_document

    def failing(document: Any, name: str, forms: Any) -> Any:
        if name.endswith("b.html"):
            raise ZeroDivisionError("planted")
        return real(document, name, forms)

    monkeypatch.setattr(chunks, "read_document", failing)
    corpus = gx.load(tmp_path, workers=1)
    assert corpus.reports["error"].is_null().to_list() == [True, False, True]
    assert "ZeroDivisionError: planted" in corpus.reports["error"][1]
    assert rows_of(corpus.cells, corpus.reports["report"][1]).is_empty()


def test_a_fault_of_the_forms_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")

    def failing(*_: Any) -> Any:
        raise FormError("2019.toml", 7, "planted")

    monkeypatch.setattr(chunks, "read_document", failing)
    with pytest.raises(FormError, match=r"2019.toml, line 7: planted"):
        gx.load(tmp_path, workers=1)


@pytest.mark.usefixtures("faults")
def test_nor_is_one_that_another_process_finds(tmp_path: Path) -> None:
    (tmp_path / "misformed.html").write_text(page(), encoding="utf-8")
    with pytest.raises(FormError, match=r"2019.toml, line 7: planted"):
        gx.load(tmp_path, workers=2)


def test_progress_is_for_terminals(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    gx.load(folder, workers=1)
    assert capfd.readouterr() == ("", "")
    gx.load(folder, workers=1, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert f"{len(ORDER)}/{len(ORDER)}" in err


def test_a_script_without_a_main_guard_runs_once(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(51):
        (folder / f"{number}.html").write_text(page() + f"<!-- {number} -->", "utf-8")
    script = tmp_path / "script.py"
    script.write_text(f"import gxtools as gx\nprint('started')\nprint(gx.load({str(folder)!r}, workers=2))\n", "utf-8")
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
        timeout=120,
    )
    assert done.stdout.splitlines() == ["started", "Corpus(51 reports read, 0 not read)"], done.stderr
