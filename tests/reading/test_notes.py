"""What opening a document had to note stands in ``problems``: nothing that was left out is silent."""

from __future__ import annotations

from pathlib import Path

import gxtools as gx


def _said(data: bytes) -> list[tuple[str, str, str]]:
    problems = gx.read(data, name="page.html").problems
    assert "" not in problems["message_zh"]
    return [
        (rule, severity, message[:30])
        for rule, severity, message in problems.select("rule", "severity", "message").rows()
    ]


def test_bytes_that_could_not_be_told(root: Path) -> None:
    page = (root / "data" / "reports" / "suqian_2023.html").read_bytes()
    place = page.find("本年度".encode()) + 1
    assert ("uncertain_reading", "warning", "The bytes are no valid UTF-8 i") in _said(
        page[:place] + b"\xff" + page[place + 1 :]
    )


def test_a_hidden_table_that_was_not_read(root: Path) -> None:
    page = (root / "data" / "reports" / "suqian_2023.html").read_bytes()
    hidden = b"<div style='display:none'><table><tr><td>1</td><td>2</td></tr></table></div></body>"
    assert _said(page) == []
    assert _said(page.replace(b"</body>", hidden)) == [
        ("uncertain_reading", "notice", "A hidden part of the page with")
    ]
