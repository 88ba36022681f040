"""Makes the goldens ``pdf_*`` of tests/reading/documents by WeasyPrint, Chromium, LibreOffice and reportlab.

Usage, from the checkout's root: python -m scripts.pdf_goldens. It needs weasyprint, reportlab, fonttools, ``soffice``,
``chromium`` and ``fc-match`` with Noto Serif CJK. Nothing of gxtools is imported: a golden says what was put in.
"""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

from reportlab.pdfbase import ttfonts
from reportlab.pdfgen.canvas import Canvas

from scripts.goldens.drawn import (
    SONG,
    Sheet,
    canvas_of,
    embedded,
    filled,
    picture,
    plain,
    twice,
    unbordered,
    unpainted,
)
from scripts.goldens.fonts import write_font
from scripts.goldens.made import Key, Made, report
from scripts.goldens.pages import page_html
from scripts.goldens.printed import by_chromium, by_libreoffice, by_weasyprint, set_in_song
from scripts.goldens.word import word_numbered

OUT = Path("tests/reading/documents")
UNTAGGED = ("--disable-pdf-tagging",)
PRINTED_TOO = "第页共年报2011七八九十、"


def golden(name: str, made: Made, states: dict[Key, str] | None = None) -> None:
    """What must be read: a figure, or for the keys of ``states`` a state, such as ``flagged``."""
    lines = [f'agency = "{made.agency}"', f"year = {made.year}", f'form = "{made.form}"']
    lines += [] if states else ["extras = []", "problems = []"]
    (OUT / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (OUT / f"{name}.cells.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("table", "line", "column", "value", "state"))
        for key in keys(made):
            raw, state = made.printed[key], (states or {}).get(key)
            state = state or {"": "blank", "-": "dash"}.get(raw, "printed")
            rows.writerow((*key, raw.removesuffix("万元") if state == "printed" else "", state))


def refused(name: str, words: str) -> None:
    (OUT / f"{name}.toml").write_text(f'error = "{words}"\n', encoding="utf-8")


def keys(made: Made) -> list[Key]:
    return [cell.key for tables in made.tables for table in tables for row in table for cell in row if cell.key]


def pages(new: Made, old: Made) -> None:
    """Pages that other programs print."""
    new_page, old_page = page_html(new), page_html(old)
    by_weasyprint(new_page, OUT / "pdf_weasyprint.pdf")
    golden("pdf_weasyprint", new)
    marks = (
        '@page { size: A5; margin: 1.2cm; @bottom-center { content: "- " counter(page) " -" } } body { font-size: 8pt }'
    )
    by_weasyprint(old_page, OUT / "pdf_weasyprint_rows_cut.pdf", marks)
    golden("pdf_weasyprint_rows_cut", old)
    by_weasyprint(new_page, OUT / "pdf_weasyprint_no_lines.pdf", "td { border: 0; padding: 3px 8px }")
    golden("pdf_weasyprint_no_lines", new)
    by_weasyprint(old_page, OUT / "pdf_weasyprint_dotted.pdf", "td { border: 1px dotted #000 }")
    golden("pdf_weasyprint_dotted", old)
    by_chromium(new_page, OUT / "pdf_chromium.pdf", arguments=UNTAGGED)
    golden("pdf_chromium", new)
    heads = "@page { size: A4 landscape } td { padding: 8px }"
    by_chromium(headed(old_page), OUT / "pdf_chromium_heads_repeated.pdf", heads, arguments=UNTAGGED)
    golden("pdf_chromium_heads_repeated", old)
    apart = "table { border-collapse: separate; border-spacing: 2px } td { border: 1px solid #888 }"
    by_chromium(new_page, OUT / "pdf_chromium_boxes_apart.pdf", apart, arguments=UNTAGGED)
    golden("pdf_chromium_boxes_apart", new)
    with tempfile.TemporaryDirectory() as folder:
        # Word counts the headings and the reasons there, and the metadata still have last year's title.
        word = Path(folder) / "report.docx"
        word_numbered(new, word)
        set_in_song(word, 9)
        by_libreoffice(word, new_page + PRINTED_TOO, OUT / "pdf_libreoffice_docx.pdf")
        golden("pdf_libreoffice_docx", new)
        word_numbered(old, word)
        set_in_song(word, 12)
        by_libreoffice(word, old_page + PRINTED_TOO, OUT / "pdf_libreoffice_odt.pdf", "odt")
        golden("pdf_libreoffice_odt", old)


def headed(page: str) -> str:
    """The page with the heads of table three in ``thead``, which a browser repeats on every page."""
    return re.sub(
        r"<table border=\"1\">((?:<tr>.*?</tr>\n){3})(?=<tr><td colspan=\"3\">一、)",
        r'<table border="1"><thead>\1</thead>',
        page,
        flags=re.S,
    )


def drawn(new: Made, old: Made) -> None:
    """Pages drawn line by line."""
    Sheet(canvas_of(OUT / "pdf_unembedded.pdf"), SONG).report(new)
    golden("pdf_unembedded", new)
    Sheet(canvas_of(OUT / "pdf_rotated.pdf", (842, 595)), SONG, 595, upright).report(old)
    golden("pdf_rotated", old)
    Sheet(canvas_of(OUT / "pdf_cropped.pdf", (695, 942)), SONG, 842, cropped).report(new)
    golden("pdf_cropped", new)
    Sheet(canvas_of(OUT / "pdf_encrypted.pdf", password=""), SONG).report(old)
    golden("pdf_encrypted", old)
    Sheet(canvas_of(OUT / "pdf_locked.pdf", password="secret"), SONG).report(old)
    refused("pdf_locked", "password")
    bold = Sheet(canvas_of(OUT / "pdf_drawn_twice.pdf"), SONG)
    bold.draw, bold.border = twice, filled
    bold.report(old)
    golden("pdf_drawn_twice", old)
    two_up(new)
    empty = {("requests", "granted", "research"): "", ("requests", "other_other", "business"): "-"}
    empty |= {("disputes", "litigation_direct", "pending"): "", ("proactive", "rules", "repealed"): ""}
    lacking = new._replace(printed=new.printed | empty)
    Sheet(canvas_of(OUT / "pdf_blanks.pdf"), SONG).report(lacking)
    golden("pdf_blanks", lacking)
    bare = Sheet(canvas_of(OUT / "pdf_no_lines.pdf"), SONG)
    bare.border = unbordered
    bare.report(new)
    golden("pdf_no_lines", new)


def doubtful(new: Made) -> None:
    """Pages of which some figures cannot be told, and pictures."""
    requests = [key for key in keys(new) if key[0] == "requests"]
    covered, overlaid, spaced, raised = requests[0], requests[8], requests[16], requests[24]
    odd = {covered: f"\1{new.printed[covered]}", overlaid: "\2", spaced: "\3", raised: "\4"}
    sheet = Sheet(canvas_of(OUT / "pdf_figures_doubtful.pdf"), SONG)
    sheet.draw = odd_figure
    sheet.report(new._replace(printed=new.printed | odd))
    golden("pdf_figures_doubtful", new, dict.fromkeys((overlaid, spaced, raised), "flagged"))
    with tempfile.TemporaryDirectory() as folder:
        grey = picture(Path(folder) / "grey.png")

        def scanned(canvas: Canvas) -> None:
            canvas.drawImage(str(grey), 0, 0, 595, 842)

        sheet = Sheet(canvas_of(OUT / "pdf_recognised.pdf"), SONG, prepare=scanned)
        sheet.draw = recognised
        sheet.report(new)
        golden("pdf_recognised", new, dict.fromkeys(keys(new), "flagged"))
        scan = canvas_of(OUT / "pdf_scan.pdf")
        for _ in range(2):
            scanned(scan)
            scan.showPage()
        scan.save()
    refused("pdf_scan", "image-only scan")
    two_codes(new)
    whole = (OUT / "pdf_unembedded.pdf").read_bytes()
    (OUT / "pdf_truncated.pdf").write_bytes(whole[: len(whole) // 3])
    refused("pdf_truncated", "cannot be read")


def upright(canvas: Canvas) -> None:
    """Landscape as many programs print it: a page turned by a quarter, and on it the text turned back."""
    canvas.setPageRotation(90)  # which exchanges the sides of the canvas
    canvas.translate(595, 0)
    canvas.rotate(90)


def cropped(canvas: Canvas) -> None:
    """The page within a larger sheet, beyond which stands what a printer needs."""
    canvas.setCropBox((50, 50, 645, 892))
    canvas.setFont(SONG, 9)
    canvas.drawString(60, 20, "规章 7 8 9 2022.xls 第 1 页")
    canvas.translate(50, 50)


def two_up(made: Made) -> None:
    """Two pages on each sheet, at seven tenths of their size."""
    canvas = canvas_of(OUT / "pdf_two_up.pdf", (842, 595))
    turn, sides = canvas.showPage, iter((1, 0) * 50)

    def half() -> None:
        canvas.restoreState()
        if not next(sides):
            turn()

    def shrink(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(421 * (canvas.__dict__.setdefault("halves", 0) % 2), 0)
        canvas.halves += 1
        canvas.scale(0.7, 0.7)

    canvas.showPage = half
    Sheet(canvas, SONG, prepare=shrink).report(made)
    golden("pdf_two_up", made)


def recognised(sheet: Sheet, x: float, y: float, text: str) -> None:
    """Headings typed over the picture of a page, all else as a program read it off the picture."""
    (plain if x == 50 else unpainted)(sheet, x, y, text)


def odd_figure(sheet: Sheet, x: float, y: float, text: str) -> None:
    """Marked figures otherwise than they should be: covered and set anew, drawn over, spaced, raised."""
    canvas, mark = sheet.canvas, text[:1]
    if mark == "\1":
        canvas.drawString(x, y, "98765")
        canvas.setFillGray(1)
        canvas.rect(x - 1, y - 2, 30, 11, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(x, y, text[1:])
    elif mark == "\2":
        canvas.drawString(x, y, "36")
        canvas.drawString(x, y, "81")
    elif mark == "\3":
        line = canvas.beginText(x, y)
        line.setCharSpace(1.8)
        line.textOut("12")
        line.setCharSpace(0)
        canvas.drawText(line)
    elif mark == "\4":
        canvas.drawString(x, y, "5")
        canvas.setFont(sheet.font, 5)
        canvas.drawString(x + 4.5, y + 3.5, "2")
        canvas.setFont(sheet.font, 9)
    else:
        canvas.drawString(x, y, text)


def two_codes(made: Made) -> None:
    """A font of which two codes say that they are a 3: the one that is, and the one that shows an 8."""
    path, told = OUT / "pdf_font_ambiguous.pdf", ttfonts.makeToUnicodeCMap
    ttfonts.makeToUnicodeCMap = lambda name, subset: told(
        name, [ord("3") if code == ord("8") else code for code in subset]
    )
    with tempfile.TemporaryDirectory() as folder:
        font = Path(folder) / "song.ttf"
        write_font(page_html(made) + "-", font, "quadratic")
        Sheet(canvas_of(path), embedded(font)).report(made)
    ttfonts.makeToUnicodeCMap = told
    golden("pdf_font_ambiguous", made, {key: "flagged" for key in keys(made) if set("38") & set(made.printed[key])})


def main() -> None:
    new, old = report("江州市东湖区人民政府", 2022, 21), report("云山县人民政府", 2020, 22)
    pages(new, old)
    drawn(new, old)
    doubtful(new)


if __name__ == "__main__":
    main()
