"""Bad input, broken streams and hostile text: one sentence, the right exit code, and nothing that a terminal obeys."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

import gxtools as gx
from gxtools.cli.plain import as_json, plain, plain_lines
from tests.cli.running import assert_refused, command, environment, gxtools
from tests.corpus.samples import NOT_READ, page

PATCHED = """
import logging, warnings
import gxtools as gx
def read(file):
    {body}
gx.read = read
"""


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_no_report(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(NOT_READ[name])
    with pytest.raises(gx.UnreadableDocument) as caught:
        gx.read(tmp_path / name)
    for of in ("read", "check"):
        assert_refused(gxtools(of, tmp_path / name), str(caught.value))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read", "nothing.html"], ["nothing.html", "No such file", "Check the path."]),
        (["read", "."], ["Is a directory", "gxtools load"]),
        (["read", "https://example.org/a.html"], ["https://example.org/a.html", "address", "Save the page"]),
        (["check", "nothing"], ["nothing", "No such file", "Check the path."]),
        (["notebooks", "nothing", "--out", "pages"], ["nothing"]),
        (["read"], ["Missing argument", "See 'gxtools --help'."]),
        (["reed"], ["No such command 'reed'"]),
        (["read", "a", "--yaml"], ["No such option", "--yaml"]),
        (["read", "a", "--json", "--csv"], ["--json or --csv, not both."]),
        (["check", "a", "--workers", "0"], ["--workers"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_bad_input(arguments: list[str], says: list[str]) -> None:
    assert_refused(gxtools(*arguments), *says)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "a.html").chmod(0)
    assert_refused(gxtools("read", tmp_path / "a.html"), "Permission denied", "right to read")


@pytest.mark.parametrize(("module", "of"), [("altair", "notebooks"), ("jupyterlab", "lab")])
def test_a_missing_extra_is_named(module: str, of: str) -> None:
    done = gxtools(of, before=f"import sys; sys.modules[{module!r}] = None")
    assert_refused(done, f"'{module}' is not installed", "pip install 'gxtools[notebooks]'")


def test_a_fault_of_ours_is_one_sentence_and_a_traceback_when_asked() -> None:
    before = PATCHED.format(body="raise ZeroDivisionError('planted')")
    assert_refused(gxtools("read", "a", before=before), "ZeroDivisionError: planted", "-v")
    for arguments in (["-v", "read", "a"], ["read", "a", "-v"]):
        told = gxtools(*arguments, before=before)
        assert told.returncode == 2
        assert "Traceback" in told.stderr
        assert "ZeroDivisionError: planted" in told.stderr


def test_no_log_noise_unless_asked(root: Path) -> None:
    noise = "logging.warning('log'); warnings.warn('warned'); logging.getLogger('x').error('more')"
    body = f"{noise}; raise OSError(5, 'bad', 'a')"
    before = PATCHED.format(body=body)
    assert gxtools("read", "a", before=before).stderr == "gxtools: a: bad.\n"
    told = gxtools("-v", "read", "a", before=before).stderr
    assert "WARNING:root:log" in told
    assert "warned" in told
    assert gxtools("read", root / "data" / "reports" / "suqian_2024.html").stderr == ""


def test_interrupted() -> None:
    done = gxtools("read", "a", before=PATCHED.format(body="raise KeyboardInterrupt"))
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="pipes break so only there")
@pytest.mark.parametrize("option", [(), ("--json",), ("--csv",)], ids=["table", "json", "csv"])
def test_a_broken_pipe_is_quiet(root: Path, option: tuple[str, ...]) -> None:
    arguments = command("read", root / "data" / "reports" / "suqian_2024.html", *option)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(arguments, stdout=closed, stderr=subprocess.PIPE, env=environment(), timeout=60)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("option", [(), ("--json",), ("--csv",)], ids=["table", "json", "csv"])
def test_output_is_utf_8_on_any_terminal(root: Path, option: tuple[str, ...]) -> None:
    path = root / "data" / "reports" / "suqian_2024.html"
    plain_c = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = gxtools("read", path, *option, **plain_c)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == gxtools("read", path, *option).stdout
    if option != ("--csv",):
        assert "宿迁市人民政府" in done.stdout


HOSTILE = "[red]1[/red] \x1b[31m\x9b31m\x07\u202e\u200f:smile: [link=https://example.org]x[/link]"


def test_hostile_text_in_cells(tmp_path: Path) -> None:
    hostile = HOSTILE.replace("\x1b", "&#27;").replace("\x9b", "\u009b").replace("\x07", "\x07")
    data = page(requests__granted__total="HOSTILE").replace("HOSTILE", hostile)
    (tmp_path / "a.html").write_text(data, encoding="utf-8")
    raw = gx.read(tmp_path / "a.html").cells.filter(state="unreadable")["raw"][0]
    shown = gxtools("read", tmp_path / "a.html").stdout
    assert "[red]1[/red]" in shown
    assert not set(shown) & set("\x1b\x9b\x07\u202e\u200f")
    told = gxtools("read", tmp_path / "a.html", "--json").stdout
    assert not set(told) & set("\x1b\x9b\x07\u202e\u200f")
    assert raw in [cell["raw"] for cell in json.loads(told)["cells"]]


def test_hostile_text_in_names(tmp_path: Path) -> None:
    name = "a\x1b[31m\n[bold]\u202e.html"
    (tmp_path / name).write_bytes(b"")
    assert_refused(gxtools("read", tmp_path / name), "a[31m [bold].html: it is empty.")
    (tmp_path / "b.html").write_text(page(), encoding="utf-8")
    shown = gxtools("check", tmp_path).stdout
    assert "a[31m [bold].html: it is empty." in shown
    assert not set(shown) & set("\x1b\u202e")


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only there")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + "/报告.html".encode("gb18030")
    with open(path, "wb") as stream:
        stream.write(page().encode())
    done = gxtools("read", os.fsdecode(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert_refused(gxtools("read", os.fsdecode(path) + "x"), "No such file")


def test_plain_text() -> None:
    assert plain(" a\r\n\tb\x00\x1b[0m\u2028c\u202e\udc80。 ") == "a b[0m c。"
    assert plain_lines("a\n\x1bb\n") == "a\nb\n"
    hostile = {"raw": "\x1b\x7f\x9b\u202e\u2028\udc80 \U0001f600 中文"}
    text = as_json(hostile)
    assert text.isprintable() or set(text) - {"\n"} <= {c for c in text if c.isprintable()}
    assert json.loads(text) == hostile
    assert "中文" in text
