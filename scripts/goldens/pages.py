"""The reports as pages."""

from __future__ import annotations

import html

from scripts.goldens.made import Cell, Made, Table, parts, title_of


def page_html(made: Made, tables: bool = True, title: bool = True) -> str:
    body = [f"<h1>{title_of(made)}</h1>"] if title else []
    for index, heading, sentence, found in parts(made):
        if title:
            body.append(f"<p><b>{'一二三四五六'[index]}、{heading}</b></p>")
            body += [f"<p>{sentence}</p>"] if sentence else []
        body += [table_html(table, made) for table in found] if tables else []
    return (
        f'<html><head><meta charset="utf-8"><title>{title_of(made)}</title></head><body>{"".join(body)}</body></html>'
    )


def table_html(table: Table, made: Made) -> str:
    rows = ""
    for row in table:
        rows += "<tr>"
        for cell in row:
            spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            rows += f"<td{spans}>{html.escape(printed(cell, made))}</td>"
        rows += "</tr>\n"
    return f'<table border="1">{rows}</table>'


def printed(cell: Cell, made: Made) -> str:
    if cell.key:
        return made.printed[cell.key]
    return f"{cell.number}.{cell.text}" if cell.number else cell.text
