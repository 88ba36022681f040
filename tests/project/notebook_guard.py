"""What a notebook of the project may not hold: what makes its test pass untested, or its page need a network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# An explorer keeps its charts as they are, for pages without a kernel.
MAX_BYTES = 150_000
# nbval's own tags and the comments that it takes for the same.
LENIENT_TAGS = {"nbval-skip", "nbval-ignore-output", "nbval-raises-exception"}
LENIENT_COMMENTS = re.compile(
    r"^\s*#.*\b(NBVAL_SKIP|NBVAL_IGNORE_OUTPUT|NBVAL_RAISES_EXCEPTION|PYTEST_VALIDATE_IGNORE_OUTPUT)\b", re.MULTILINE
)
ADDRESS = r"(?:https?:)?//[\w.-]+"
# Where a markup or a chart's specification fetches: not a link to follow, not the name of a schema or a name space.
FETCHED = re.compile(
    rf"""(?:\bsrc=|\burl\(|@import|<link\b[^>]*\bhref=|<image\b[^>]*\bhref=|"url":)[\s"']*({ADDRESS})""", re.IGNORECASE
)
SCRIPT = re.compile(r"<script\b.*?</script>", re.IGNORECASE | re.DOTALL)


def faults(path: Path) -> list[str]:
    """Return a sentence for each fault of the notebook, none when it is fit to ship.

    Raises ValueError when the file is no notebook.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if "cells" not in notebook:
        raise ValueError(f"{path.name} is no notebook: it has no cells")
    found = []
    if (size := path.stat().st_size) > MAX_BYTES:
        found.append(f"{size} bytes: more than {MAX_BYTES}; chart fewer rows")
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    if not code:
        found.append("no code cell: nothing is tested")
    for number, cell in enumerate(code, 1):
        found += [f"code cell {number}: {fault}" for fault in _cell_faults(cell)]
    return found


def _cell_faults(cell: dict[str, Any]) -> Iterator[str]:
    if cell["execution_count"] is None:
        yield "was not run, so its test passes whatever it gives; run the notebook"
    for tag in sorted(LENIENT_TAGS & set(cell["metadata"].get("tags", []))):
        yield f"tag {tag} switches its test off"
    if comment := LENIENT_COMMENTS.search(_joined(cell["source"])):
        yield f"comment {comment[1]} switches its test off"
    for output in cell["outputs"]:
        yield from _output_faults(output)


def _output_faults(output: dict[str, Any]) -> Iterator[str]:
    if output["output_type"] == "error":
        yield f"its output is an error: {output['ename']}"
    if output["output_type"] == "stream" and output["name"] == "stderr":
        yield "its output holds stderr, which differs from run to run"
    for mime, data in output.get("data", {}).items():
        text = _joined(data) if isinstance(data, str | list) else json.dumps(data, ensure_ascii=False)
        for address in sorted(set(_fetched_addresses(mime, text))):
            yield f"its output of {mime} would fetch from a network: {address}"


def _fetched_addresses(mime: str, text: str) -> Iterator[str]:
    yield from FETCHED.findall(text)
    for script in [text] if "javascript" in mime else SCRIPT.findall(text):
        yield from re.findall(ADDRESS, script)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
