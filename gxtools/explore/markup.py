"""Small pieces of HTML. Whatever a document said is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable

STYLE = """<style>
.gx{font:13px/1.45 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;padding:2px 6px}
.gx,.gx th,.gx td{color:#222;background:#fff}
.gx table{border-collapse:collapse;margin:4px 0}
.gx th,.gx td{border:1px solid #bbb;padding:2px 7px;text-align:left;font-weight:normal;vertical-align:middle}
.gx td{text-align:right;white-space:nowrap}
.gx thead th,.gx th.g,.gx th.h{background:#eef2f6}
.gx th.h{text-align:center}
.gx th.g{font-weight:bold}
.gx small{color:#555;display:block}
.gx td.s{color:#555;font-style:italic;background:#f6f6f6}
.gx td.n{background:#eee}
.gx td.c{outline:3px solid #b34700;outline-offset:-2px;font-weight:bold}
.gx p{margin:4px 0}
.gx pre{white-space:pre-wrap;background:#f6f6f6;color:#222;padding:4px 8px;margin:4px 0}
</style>"""


def escaped(text: object) -> str:
    """Text that is shown as it stands, whatever it holds."""
    return html.escape(str(text))


def both(zh: str, en: str) -> str:
    """A label in both languages, English below."""
    return f"{escaped(zh)}<small>{escaped(en)}</small>"


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{escaped(text)}</p>"


def framed(pieces: Iterable[str]) -> str:
    """Pieces of markup in the explorer's style."""
    return f'{STYLE}<div class="gx">{"".join(pieces)}</div>'


def folded(title: str, inner: str) -> str:
    """A part that its reader can fold away."""
    return f"<details open><summary><b>{escaped(title)}</b></summary>{inner}</details>"
