"""`import gxtools` stays light: charts, widgets, notebooks and the command line are imported on first use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEAVY = {
    "altair",
    "anywidget",
    "ipykernel",
    "ipywidgets",
    "IPython",
    "jinja2",
    "lxml",
    "nbclient",
    "nbconvert",
    "nbformat",
    "pandas",
    "rich",
    "typer",
    "vl_convert",
}


def test_import_loads_nothing_heavy(tmp_path: Path) -> None:
    script = "import gxtools, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert sorted(HEAVY & set(json.loads(done.stdout))) == []
    assert done.stderr == ""
