"""Limits: whatever a document does to the process that reads it, it costs itself and nothing else."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import gxtools as gx
from gxtools.corpus import apart, loading
from gxtools.corpus.chunks import File
from tests.corpus.faults import FAULTS
from tests.corpus.samples import REPORT_FRAMES, assert_equal, page, sources

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")


def large(**figures: float | str | None) -> bytes:
    """A page that is too large to be read in the calling process."""
    return page(**figures).encode() + b"<!--" + b" " * 400_000 + b"-->"


def readers_of(pid: int) -> list[int]:
    """The processes in which a process has documents read."""
    tasks = Path(f"/proc/{pid}/task")
    found = [int(child) for task in tasks.glob("*/children") for child in task.read_text().split()]
    return [child for child in found if b"gxtools.corpus.guarded" in _command(child)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def gone(pids: list[int], seconds: float) -> bool:
    """Whether processes end within a time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.usefixtures("faults")
def test_a_document_costs_no_more_than_itself(tmp_path: Path) -> None:
    kinds = [*FAULTS, *["sound"] * 7]
    names = [f"{number:02} {kind}.html" for number, kind in enumerate(kinds[::2] + kinds[1::2])]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(page(requests__granted__total=number), encoding="utf-8")
    corpus = gx.load(tmp_path, workers=2)
    assert sources(corpus, tmp_path) == names
    for name, error in zip(names, corpus.reports["error"], strict=True):
        if "sound" in name:
            assert error is None
        else:
            assert error.startswith(f"{tmp_path / name}: ")
            assert FAULTS[name.split()[1].removesuffix(".html")] in error
    assert corpus.reports["sha256"].null_count() == 0
    sound = [str(tmp_path / name) for name in names if "sound" in name]
    assert_frames_of(corpus, gx.load(sound, workers=1))


def assert_frames_of(corpus: gx.Corpus, expected: gx.Corpus) -> None:
    for name in REPORT_FRAMES[1:]:
        assert corpus.frames[name].equals(expected.frames[name]), name


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize("fault", ["matching", "growing", "leaving"])
def test_a_single_document(fault: str) -> None:
    with pytest.raises(gx.UnreadableDocument) as caught:
        gx.read(large(), name=f"{fault}.html")
    assert FAULTS[fault] in str(caught.value)
    assert "save the report alone" in str(caught.value)
    assert gx.read(large(requests__granted__total=7), name="sound.html").cells.filter(value=7).height == 1


@pytest.mark.usefixtures("faults")
def test_an_error_of_ours_is_told_with_where_it_arose() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        gx.read(large(), name="failing.html")
    assert "in planted" in caught.value.__notes__[0]


@pytest.mark.usefixtures("faults")
def test_this_process_reads_no_large_document(tmp_path: Path) -> None:
    for name in ("1 sound.html", "2 killed.html", "3 sound.html"):
        (tmp_path / name).write_bytes(large())
    (tmp_path / "4 killed but small.html").write_text(page(), encoding="utf-8")
    corpus = gx.load(tmp_path, workers=1)
    assert corpus.reports["error"].is_null().to_list() == [True, False, True, True]


@pytest.mark.usefixtures("faults")
def test_an_executor_that_a_document_breaks_costs_that_document(tmp_path: Path) -> None:
    for name in ("1 sound.html", "2 killed.html", "3 sound.html"):
        (tmp_path / name).write_text(page(), encoding="utf-8")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        corpus = gx.load(tmp_path, executor=pool)
    assert corpus.reports["error"].is_null().to_list() == [True, False, True]


def test_apart_is_the_same_as_here() -> None:
    data = large(requests__granted__total="见附件")
    here, there = gx.read(page(requests__granted__total="见附件").encode(), name="a"), gx.read(data, name="a")
    for name in REPORT_FRAMES[1:]:
        without = [getattr(report, name).drop("report") for report in (here, there)]
        assert without[0].equals(without[1]), name
    assert there.show("requests.granted.total").text == here.show("requests.granted.total").text


def test_a_process_is_kept_for_the_next_document() -> None:
    gx.read(large(), name="a.html")
    with apart.borrowed() as process:
        pass
    for _ in range(3):
        gx.read(large(), name="a.html")
    with apart.borrowed() as again:
        assert again is process


@pytest.mark.usefixtures("faults")
def test_one_that_a_document_left_large_is_not_kept() -> None:
    used = []
    for name in ("swelling.html", "sound.html", "sound.html"):
        gx.read(large(), name=name)
        with apart.borrowed() as process:
            used.append(process)
        time.sleep(0.2)  # it needs a moment to leave
    assert used[1] is used[2]
    assert used[0] is not used[1]


LARGE_CALLER = """
import sys
import gxtools as gx
from gxtools.corpus import apart

held = b"x" * 400_000_000
data = open(sys.argv[1], "rb").read()
used = []
for _ in range(2):
    gx.read(data, name="a.html")
    with apart.borrowed() as process:
        used.append(process)
print(used[0] is used[1])
"""


def test_what_the_caller_takes_does_not_count(tmp_path: Path, root: Path) -> None:
    (tmp_path / "a.html").write_bytes(large())
    done = subprocess.run(
        [sys.executable, "-c", LARGE_CALLER, str(tmp_path / "a.html")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        timeout=120,
    )
    assert done.stdout == "True\n", done.stderr


def test_threads_read_at_once() -> None:
    expected = gx.read(large(), name="a.html")
    with ThreadPoolExecutor(6) as pool:
        reports = list(pool.map(lambda _: gx.read(large(), name="a.html"), range(12)))
    assert all(report.cells.equals(expected.cells) for report in reports)


def test_processes_that_somebody_else_kills_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(150):
        (tmp_path / f"{number}.html").write_text(page(requests__granted__total=number), encoding="utf-8")
    expected = gx.load(tmp_path, workers=1)
    real, asked = apart.Process.ask, itertools.count()

    def ask(process: apart.Process, *question: Any) -> bytes:
        if next(asked) in (0, 3, 4):
            threading.Timer(0.02, process.kill).start()
        return real(process, *question)

    monkeypatch.setattr(apart.Process, "ask", ask)
    chunks = len(loading._chunks([File(str(path), "", None) for path in tmp_path.iterdir()], "", 1, 2))
    assert_equal(gx.load(tmp_path, workers=2), expected)
    assert next(asked) > chunks


LOADING = """
import sys
import gxtools as gx

print("started", flush=True)
try:
    gx.load(sys.argv[1], workers=2)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@linux
@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_of_a_load_that_ends(tmp_path: Path, ending: signal.Signals) -> None:
    for number in range(60):
        (tmp_path / f"{number} waiting.html").write_text(page(), encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", LOADING, str(tmp_path)], stdout=subprocess.PIPE, text=True) as load:
        assert load.stdout is not None
        assert load.stdout.readline() == "started\n"
        end = time.monotonic() + 60
        while len(readers := readers_of(load.pid)) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(1)
        load.send_signal(ending)
        said = load.stdout.read()
    assert len(readers) == 2
    assert said == ("interrupted\n" if ending == signal.SIGINT else "")
    # Those of a killed one end when the document in hand has used up its time.
    assert gone(readers, 1 if ending == signal.SIGINT else 20)


FORKING = """
import os
import sys
import gxtools as gx
from gxtools.corpus.guard import read_guarded
from gxtools.forms import forms

data = open(sys.argv[1], "rb").read()
first, _ = read_guarded(data, "a", forms())
child = os.fork()
second, _ = read_guarded(data, "a", forms())
if child:
    _, status = os.waitpid(child, 0)
    print(first == second, status)
else:
    os._exit(first != second)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks there")
def test_a_fork_has_a_process_of_its_own(tmp_path: Path, root: Path) -> None:
    (tmp_path / "a.html").write_bytes(large())
    done = subprocess.run(
        [sys.executable, "-c", FORKING, str(tmp_path / "a.html")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        timeout=120,
    )
    assert done.stdout == "True 0\n", done.stderr
    assert done.stderr == ""


def test_what_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    apart.end_kept()
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if not Path(entry, "gxtools").is_dir()])
    with pytest.raises(RuntimeError, match="No module named 'gxtools'"):
        gx.read(large(), name="a.html")
