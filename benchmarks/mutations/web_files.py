"""A page's damaged tables in the writer's page again, and in what holds such a page: JSON answer, MHTML, PDF."""

from __future__ import annotations

import html
import json
import quopri
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from benchmarks.mutations.model import Cell, Page, PageTable
from gxtools.writing import Content, HtmlLayout, Markup, set_page
from gxtools.writing.markup import WORD_STYLE, cell_html

_DATA_TABLE = re.compile(r'(<table class="data"[^>]*>).*?</table>', re.S)
_ON_PAPER = (
    "<style>@page { size: A4; margin: 15mm }"
    ".page, .banner div, .foot { width: auto !important; padding: 0 !important }"
    "table.data { font-size: 11px !important }</style></head>"
)
_ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----part"\r\n\r\n'
    b"------part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
)


def web_setter(content: Content, layout: HtmlLayout) -> Callable[[Page], bytes]:
    """What sets pages as web pages."""
    pieces = _DATA_TABLE.split(set_page(content, layout))
    between, opening = pieces[::2], pieces[1]
    style = f' valign="center" style="{WORD_STYLE}"' if layout.markup is Markup.WORD else ""

    def set_bytes(page: Page) -> bytes:
        places = ["".join(_table(table, opening, layout.markup, style) for table in place) for place in page.places]
        return "".join(part for pair in zip(between, [*places, ""], strict=True) for part in pair).encode()

    return set_bytes


def json_setter(content: Content, layout: HtmlLayout) -> Callable[[Page], bytes]:
    """What sets pages as the answers of a web service."""
    web = web_setter(content, layout)
    return lambda page: json.dumps(
        {"code": 200, "data": {"title": content.title, "content": web(page).decode()}}
    ).encode()


def mhtml_setter(content: Content, layout: HtmlLayout) -> Callable[[Page], bytes]:
    """What sets pages as web archives."""
    web = web_setter(content, layout)
    return lambda page: _ARCHIVE + quopri.encodestring(web(page)).replace(b"\n", b"\r\n") + b"\r\n------part--\r\n"


def pdf_setter(content: Content, layout: HtmlLayout) -> Callable[[Page], bytes]:
    """What prints pages as PDF, by a program of others; on paper nothing may be wider than the sheet."""
    import weasyprint

    web = web_setter(content, replace(layout, inside_tables=False, furniture=False))
    return lambda page: weasyprint.HTML(string=web(page).decode().replace("</head>", _ON_PAPER)).write_pdf()


def _table(table: PageTable, opening: str, markup: Markup, style: str) -> str:
    rows = "\n".join(f"<tr>{''.join(_cell(cell, markup, style) for cell in row)}</tr>" for row in table.rows)
    caption = f"<p>{html.escape(table.caption)}</p>" if table.caption else ""
    return f"{caption}{opening}<tbody>\n{rows}\n</tbody></table>"


def _cell(cell: Cell, markup: Markup, style: str) -> str:
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    return f"<td{across}{down}{style}>{_inside(cell.text, markup)}</td>"


@lru_cache(maxsize=10_000)
def _inside(text: str, markup: Markup) -> str:
    return str(cell_html(text, markup)).replace("\n", "<br>")
