"""Pictures have Chinese in them, or are not made at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gxtools import charts
from gxtools.charts.fonts import ADVICE, require_chinese_font
from tests.measures.frames import real

NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{}</dir></fontconfig>'
SCRIPT = """
import sys
from gxtools import charts
from gxtools.errors import MissingFont
from tests.measures.frames import real
for ending in ("png", "svg", "pdf"):
    try:
        charts.save(charts.disputes(real()), f"{sys.argv[1]}/chart.{ending}")
    except MissingFont as error:
        print(error)
"""


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_every_format_is_written(tmp_path: Path, ending: str, start: bytes) -> None:
    path = charts.save(charts.refusals(real()), tmp_path / f"refusals.{ending}")
    assert path.read_bytes().startswith(start)
    assert path.stat().st_size > 5_000


def test_an_svg_keeps_its_text_and_names_chinese_fonts(tmp_path: Path) -> None:
    text = charts.save(charts.disputes(real()), tmp_path / "disputes.svg").read_text(encoding="utf-8")
    assert "复议与诉讼的结果" in text
    assert "Noto Sans CJK SC" in text


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"path: .*chart\.gif ends in '\.gif'; allowed are \.png, \.svg, \.pdf"):
        charts.save(charts.disputes(real()), tmp_path / "chart.gif")


def test_this_machine_draws_chinese() -> None:
    require_chinese_font()


@pytest.mark.skipif(sys.platform != "linux", reason="the list of fonts is fontconfig's on Linux only")
def test_without_a_chinese_font_nothing_is_saved(tmp_path: Path, root: Path) -> None:
    empty = tmp_path / "fonts"
    empty.mkdir()
    config = tmp_path / "fonts.conf"
    config.write_text(NO_FONTS.format(empty), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        cwd=root,
        env={**os.environ, "FONTCONFIG_FILE": str(config), "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [ADVICE] * 3
    assert not list(tmp_path.glob("chart.*"))
