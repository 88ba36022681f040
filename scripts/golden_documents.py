"""Makes the goldens of tests/reading/documents that other programs set: python-docx, LibreOffice, Chromium, ``email``.

Usage, from the checkout's root: python -m scripts.golden_documents. It needs the extra ``word``, playwright, and
``soffice`` and ``chromium`` on the path. Labels and sums are typed by hand in scripts/goldens and nothing of gxtools is
imported, so that a fault of reader, writer or forms cannot hide: a golden says what was put in, never what was read.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

from scripts.goldens.made import Key, Made, report, title_of
from scripts.goldens.pages import page_html
from scripts.goldens.word import NOTED, STRUCK, word_by_libreoffice, word_changed, word_nested, word_numbered
from scripts.goldens.wrapped import answer, archive_by_chromium, archive_by_explorer

OUT = Path("tests/reading/documents")


def write_golden(
    made: Made, path: Path, unreadable: tuple[Key, ...] = (), published: str = "", problems: list[str] | None = None
) -> None:
    lines = [f'agency = "{made.agency}"', f"year = {made.year}", f'form = "{made.form}"']
    lines += [f"published = {published}"] if published else []
    lines += ["problems = []" if problems is None else f"problems = {json.dumps(problems)}", "extras = []"]
    path.with_suffix(".toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with path.with_suffix(".cells.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("table", "line", "column", "value", "state"))
        cells = (cell for tables in made.tables for table in tables for row in table for cell in row)
        for key in (cell.key for cell in cells if cell.key):
            value, state = ("", "flagged") if key in unreadable else (made.printed[key].removesuffix("万元"), "printed")
            rows.writerow((*key, value, state))


def main() -> None:
    new, old = report("江州市东湖区人民政府", 2022, 1), report("云山县人民政府", 2020, 2)
    word_numbered(new, OUT / "docx_numbered.docx")
    write_golden(new, OUT / "docx_numbered.docx")
    word_nested(old, OUT / "docx_nested.docx")
    write_golden(old, OUT / "docx_nested.docx")
    word_changed(new, OUT / "docx_changed.docx")
    write_golden(
        new,
        OUT / "docx_changed.docx",
        (NOTED, STRUCK),
        problems=[
            "uncertain_reading",
            "uncertain_reading",
            *("unreadable_cell " + " ".join(key) for key in (NOTED, STRUCK)),
        ],
    )
    word_by_libreoffice(new, OUT / "docx_libreoffice.docx")
    write_golden(new, OUT / "docx_libreoffice.docx")
    archive_by_chromium({"art_1.html": page_html(old)}, OUT / "mhtml_chromium.mhtml")
    write_golden(old, OUT / "mhtml_chromium.mhtml")
    frame = page_html(new, tables=False).replace("</body>", '<iframe src="tables.html"></iframe></body>')
    tables = page_html(new, title=False)
    archive_by_chromium({"art_2.html": frame, "tables.html": tables}, OUT / "mhtml_frames.mhtml")
    write_golden(new, OUT / "mhtml_frames.mhtml", problems=["uncertain_reading"])
    archive_by_explorer(new, OUT / "mhtml_explorer.mht")
    write_golden(new, OUT / "mhtml_explorer.mht")
    told = {"publishTime": "2023-01-28 09:12:33", "url": "http://www.jiangzhou.gov.cn/art/2023/1/28/art_1.html"}
    (OUT / "json_escaped.json").write_text(json.dumps({"code": 200, "data": answer(new, told)}), encoding="utf-8")
    write_golden(new, OUT / "json_escaped.json", published="2023-01-28")
    inner = json.dumps([answer(old, {"pubDate": 1611540600000}), {"infoTitle": "通知", "infoContent": "<p>年</p>" * 9}])
    jsonp = f"jQuery1102({json.dumps({'rows': inner}, ensure_ascii=False)});"
    (OUT / "json_callback.json").write_bytes(jsonp.encode("gb18030"))
    write_golden(old, OUT / "json_callback.json", published="2021-01-25")
    both = json.dumps([answer(new, {}), answer(old, {})], ensure_ascii=False)
    (OUT / "json_two_reports.json").write_text(both, encoding="utf-8")
    (OUT / "json_two_reports.toml").write_text('error = "holds 2 articles"\n', encoding="utf-8")
    feed = f"<title>年报</title><item><title>{title_of(old)}</title><description>"
    feed = f"<rss><channel>{feed}<![CDATA[{page_html(old)}]]></description></item></channel></rss>"
    (OUT / "xml_feed.xml").write_bytes(f'<?xml version="1.0" encoding="gb2312"?>{feed}'.encode("gb18030"))
    write_golden(old, OUT / "xml_feed.xml")


if __name__ == "__main__":
    main()
