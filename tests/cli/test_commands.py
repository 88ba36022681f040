"""What each command prints and returns."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner, Result

import gxtools as gx
from gxtools.cli.application import app
from gxtools.forms import forms
from gxtools.frames import SCHEMAS
from tests.cli.running import assert_refused, gxtools
from tests.corpus.samples import NOT_READ, REPORT_FRAMES, assert_equal, page

COMMANDS = ("read", "check", "load", "notebooks", "lab", "export", "simulate")
SHIPPED = ("jiulongpo_2020.html", "suqian_2023.html", "suqian_2024.html")


def ran(*arguments: str | Path) -> Result:
    """Run a command in this process; what it returns is its exit code."""
    # The width is that of the program, whatever the tests run in.
    result = CliRunner(env={"COLUMNS": None}).invoke(
        app, [str(argument) for argument in arguments], standalone_mode=False
    )
    if result.exception is not None:
        raise result.exception
    return result


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(
        page(
            requests__received__natural_person=1234,
            requests__received__total=1234,
            requests__granted__total="见附件",
            requests__carried_in__total=None,
            requests__handled__research="-",
            proactive__fees__amount=25.1,
        ),
        encoding="utf-8",
    )
    return path


def test_alone_it_names_three_next_commands() -> None:
    done = gxtools()
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r"^  gxtools (\w+)", done.stdout, re.MULTILINE) == ["read", "load", "notebooks"]


def test_version() -> None:
    assert gxtools("--version").stdout == f"gxtools {gx.__version__}, forms {forms().hash}\n"


@pytest.mark.parametrize("name", [(), *((name,) for name in COMMANDS)], ids=lambda name: " ".join(name) or "gxtools")
def test_help_has_examples(name: tuple[str, ...]) -> None:
    told = CliRunner().invoke(app, [*name, "--help"]).stdout
    assert "Examples:" in told
    assert f"    gxtools {name[0] if name else 'read'}" in told


def test_help_lists_every_command() -> None:
    listed = CliRunner().invoke(app, ["--help"]).stdout.split("Commands:")[1]
    assert tuple(re.findall(r"^  (\w+) ", listed, re.MULTILINE)) == COMMANDS
    assert "..." not in listed


@pytest.mark.parametrize("width", ["60", "80", "140", "300"])
def test_read_shows_every_figure_at_any_width(root: Path, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    path = root / "data" / "reports" / "suqian_2024.html"
    shown = ran("read", path).stdout
    lines = [line.split("│")[1:-1] for line in shown.splitlines() if line.startswith("│")]
    figures = [cell.strip() for line in lines for cell in line[1:] if re.fullmatch(r"-?[\d,.]+( 万元)?", cell.strip())]
    values = gx.read(path).cells
    assert [float(figure.removesuffix(" 万元").replace(",", "")) for figure in figures] == values["value"].to_list()


def test_read_is_laid_out_as_the_form_in_both_languages(report: Path) -> None:
    shown = ran("read", report).stdout
    for text in ("宿迁市人民政府 2022", "2021年格式 2021 form", "prefecture government 江苏省 321300"):
        assert text in shown
    for table in forms().by_id("2021").tables:
        assert f"{table.zh} {table.en}" in shown
        assert all(f"{column.zh} {column.en}" in shown for column in table.columns)
        assert all(line.label in shown for line in table.lines if len(line.label) < 15)
    order = [
        shown.index(text) for text in ("一、本年新收", "（三）不予公开", "8.属于行政查询事项", "（七）总计", "四、结转")
    ]
    assert order == sorted(order)
    assert re.search(r"一、本年新收.*│ +1,234 │ +0 │ +0 │ +0 │ +0 │ +0 │ +1,234│", shown)
    assert re.search(r"行政事业性收费.*25.1 万元", shown)


def test_read_marks_what_is_no_figure(report: Path) -> None:
    shown = ran("read", report).stdout
    assert re.search(r"（一）予以公开.*\? 见附件│", shown)
    assert re.search(r"二、上年结转.* 空│", shown)
    assert "空 blank" in shown
    assert re.search(r"（七）总计.*│ +- │", shown)
    bare = ran("read", report.parent.parent / report.parent.name / "report.html").stdout
    assert bare == shown


def test_read_lists_problems_below(report: Path) -> None:
    shown = ran("read", report).stdout
    below = shown[shown.index("问题 Problems") :]
    problems = gx.read(report).problems
    assert problems.height > 3
    assert below.count("\n- ") == problems.height
    for message, message_zh in problems.select("message", "message_zh").iter_rows():
        assert message in below
        assert message_zh in below
    assert below.index("错误 error [") < below.index("警告 warning [")


def test_read_as_json(report: Path) -> None:
    told = json.loads(ran("read", report, "--json").stdout)
    assert (told["version"], told["forms"]) == (gx.__version__, forms().hash)
    read = gx.read(report)
    for name in REPORT_FRAMES:
        rows = json.loads(json.dumps(getattr(read, name).to_dicts(), default=str))
        assert told[name] == rows


def test_read_as_csv(report: Path) -> None:
    told = ran("read", report, "--csv").stdout
    cells = pl.read_csv(io.StringIO(told), schema=SCHEMAS["cells"], empty_string_is_null=False)
    assert cells.equals(gx.read(report).cells)


def test_check_a_report(root: Path, report: Path) -> None:
    done = ran("check", report)
    assert done.return_value == 1
    assert "read 1 已读, not read 0 未读; " in done.stdout.splitlines()[-1]
    good = ran("check", root / "data" / "reports" / "suqian_2024.html")
    assert good.return_value == 0
    assert "0 错误 error" in good.stdout


def test_a_warning_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(proactive__rules__made=None), encoding="utf-8")
    done = ran("check", tmp_path / "a.html")
    assert done.return_value == 0
    assert "警告 warning [blank_cell]" in done.stdout


def test_check_a_folder(root: Path, tmp_path: Path) -> None:
    done = ran("check", root / "data" / "reports")
    assert done.return_value == 1
    assert "重庆市九龙坡区人民政府 2020" in done.stdout
    assert done.stdout.count("[balance]") == 2
    problems = gx.load(root / "data" / "reports", workers=1).problems["severity"]
    counts = [(problems == severity).sum() for severity in ("error", "warning", "notice")]
    assert counts[0] == 2
    last = "read 3 已读, not read 0 未读; {} 错误 error, {} 警告 warning, {} 提示 notice".format(*counts)
    assert done.stdout.splitlines()[-1] == last
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "b.html").write_bytes(b"")
    done = ran("check", tmp_path)
    assert done.return_value == 0
    assert f"未读取 not read: {tmp_path / 'b.html'}: it is empty." in done.stdout
    assert "read 1 已读, not read 1 未读: 1 × it is empty; 0 错误 error" in done.stdout.splitlines()[-1]


def test_exit_codes_reach_the_shell(root: Path) -> None:
    assert gxtools("check", root / "data" / "reports" / "jiulongpo_2020.html").returncode == 1
    assert gxtools("check", root / "data" / "reports" / "suqian_2024.html").returncode == 0
    assert gxtools("read", root / "data" / "reports" / "jiulongpo_2020.html").returncode == 0


def test_load(root: Path, tmp_path: Path) -> None:
    done = gxtools("load", root / "data" / "reports", "--out", tmp_path / "set")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "read 3 已读, not read 0 未读"
    assert_equal(gx.open_corpus(tmp_path / "set"), gx.load(root / "data" / "reports", workers=1))


def test_load_ends_with_a_count_for_each_reason(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, data in {**NOT_READ, "a.html": page().encode(), "b.html": page(2023).encode()}.items():
        (folder / name).write_bytes(data)
    last = ran("load", folder, "--out", tmp_path / "set").stdout.splitlines()[-1]
    assert last.startswith("read 2 已读, not read 7 未读: 2 × ")
    assert sum(int(count) for count in re.findall(r"(\d+) × ", last)) == 7
    assert "2 × it is empty" in last
    assert str(folder) not in last


def test_load_refuses_bad_places(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.html").write_text(page(), encoding="utf-8")
    assert_refused(gxtools("load", folder, "--out", folder / "set"), "lies in the folder of reports")
    assert_refused(gxtools("load", folder, "--out", folder), "holds other files")
    assert_refused(gxtools("load", folder / "a.html", "--out", tmp_path / "set"), "a.html", "is a file")
    assert_refused(gxtools("load", folder), "Missing option '--out'")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.html", "reports"]


@pytest.mark.parametrize("name", ["load", "check"])
def test_folders_without_reports(tmp_path: Path, name: str) -> None:
    arguments = [name, tmp_path / "reports", *(["--out", tmp_path / "set"] if name == "load" else [])]
    assert_refused(gxtools(*arguments), str(tmp_path / "reports"), "No such file or")
    (tmp_path / "reports").mkdir()
    assert_refused(gxtools(*arguments), str(tmp_path / "reports"), "holds no document")
    (tmp_path / "reports" / "a.html").write_bytes(b"")
    assert_refused(gxtools(*arguments), "none of its 1 documents could be read: 1 × it is empty.")
    assert not (tmp_path / "set").exists()


def test_notebooks_end_with_the_page_and_the_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish = pytest.importorskip("gxtools.publish.publishing")
    asked: list[Any] = []
    findings = [SimpleNamespace(zh=f"发现{n}。", en=f"Finding {n}.\x1b[31m") for n in (1, 2, 3)]

    def publish_notebooks(folder: Path, out: Path) -> SimpleNamespace:
        asked.append((folder, out))
        return SimpleNamespace(index=out / "index.html", findings=findings)

    monkeypatch.setattr(publish, "publish_notebooks", publish_notebooks)
    done = ran("notebooks", tmp_path, "--out", tmp_path / "pages")
    expected = [f"{n}. 发现{n}。\n   Finding {n}.[31m\n" for n in (1, 2, 3)]
    assert done.stdout == f"{tmp_path / 'pages' / 'index.html'}\n" + "".join(expected)
    assert done.return_value == 0
    ran("notebooks", "--out", tmp_path / "pages")
    assert asked[0] == (tmp_path, tmp_path / "pages")
    assert tuple(sorted(path.name for path in asked[1][0].iterdir() if path.suffix == ".html")) == SHIPPED


def test_lab_returns_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish = pytest.importorskip("gxtools.publish.lab")
    asked: list[Path] = []
    monkeypatch.setattr(publish, "open_lab", lambda folder: asked.append(folder) or 7)
    assert ran("lab", tmp_path).return_value == 7
    assert ran("lab").return_value == 7
    assert asked[0] == tmp_path
    assert (asked[1] / SHIPPED[0]).is_file()
