"""Which grid, or which lines of text, hold which table of which form; each is then read by the reader for its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_

from gxtools import figures
from gxtools.forms import Form
from gxtools.grids import Document, TextLine
from gxtools.reading.finds import COUNTED, Doubt, TableFinds, merged
from gxtools.reading.flow import read_flow
from gxtools.reading.headers import Header
from gxtools.reading.layout import LaidRow, width
from gxtools.reading.lexicon import LONGEST_LABEL, Lexicon, Marks, TableLexicon
from gxtools.reading.sections import Section
from gxtools.reading.sheets import Sheet
from gxtools.reading.skeletons import cells_of
from gxtools.reading.tables import read_table
from gxtools.reading.unknown_heads import doubts_of_unknown_heads

# One word may stand in any table by chance (规章 in an index); two of its labels make it a table of the form.
_LABELS_OF_A_TABLE = 2
_MARKDOWN = "#* "  # before a heading
# What a caption speaks of; a line that fell out of a table (二、上年结转…) and the number of a file name years too.
_OF_A_TABLE = re.compile(r"情况|数据|报表|统计|报告|附[件表录]|^\W*[\d年度]+\W*$")


def find_in_grids(all_sheets: Sequence[Sheet], words: Lexicon, default: Form | None) -> dict[str, TableFinds]:
    """Each table that some grid holds, by its id.

    ``default`` is the form of the report's year, which counts where the labels do not tell.
    """
    finds: dict[str, TableFinds] = {}
    for table in words.table_ids:
        sheets, aside = _of_this_year(all_sheets, table, words)
        evidence = joined(sheet.evidence for sheet in sheets)
        form = _form_of_the_year(sheets, table, words, default) or _best_form(words.counts(evidence, table), default)
        if form is not None and (found := _from_grids(sheets, table, form, words)) is not None:
            finds[table] = found
            found.doubts += doubts_of_unknown_heads(found, words.tables[form, table])
            found.doubts += [_of_year("other_year", sheet) for sheet in aside]
            found.doubts += [
                _of_year("only_other_year", sheet) for sheet in sheets if _is_captioned(sheet, table, words)
            ]
    return finds


def _of_year(reason: str, sheet: Sheet) -> Doubt:
    return Doubt(None, None, reason, sheet.caption.other_year or "", sheet.where(next(cells_of(sheet.grid))))


def _is_captioned(sheet: Sheet, table: str, words: Lexicon) -> bool:
    """Whether a sheet holds a table under a caption that names another year; it may be misprinted, so it is read."""
    caption = _other_year(sheet, words)
    return bool(caption and _OF_A_TABLE.search(caption)) and _labels(sheet, table, words) >= _LABELS_OF_A_TABLE


def _other_year(sheet: Sheet, words: Lexicon) -> str | None:
    """The caption that names another year, unless it is a line of the form (二、上年结转…) above a table of its own."""
    caption = sheet.caption.other_year
    return None if caption is None or words.evidence(caption.lstrip(_MARKDOWN)).known else caption


def _labels(sheet: Sheet, table: str, words: Lexicon) -> int:
    return max(words.counts(sheet.evidence, table).values(), default=0)


def _of_this_year(sheets: Sequence[Sheet], table: str, words: Lexicon) -> tuple[Sequence[Sheet], Sequence[Sheet]]:
    """The sheets to look for a table in, and those that hold it as a table of another year, as their captions say.

    A caption is believed where the table stands elsewhere at least as fully; else it may say something else.
    """
    aside = [
        sheet for sheet in sheets if _other_year(sheet, words) and _labels(sheet, table, words) >= _LABELS_OF_A_TABLE
    ]
    others = [sheet for sheet in sheets if not _other_year(sheet, words)]
    fullest = max((_labels(sheet, table, words) for sheet in others), default=0)
    if not aside or fullest < max(_labels(sheet, table, words) for sheet in aside):
        return sheets, ()
    return [sheet for sheet in sheets if sheet not in aside], aside


def find_in_text(
    table: str,
    sections: Sequence[Section],
    evidence: Sequence[Marks],
    in_grids: Marks,
    words: Lexicon,
    default: Form | None,
) -> TableFinds | None:
    """A table that no grid holds, from the lines of the text.

    ``evidence`` is what the lines of each section speak for, ``in_grids`` what the grids do.
    """
    in_text = joined(evidence)
    form = _best_form(words.counts(in_text | in_grids, table), default)
    return _from_text(sections, evidence, table, form, words) if form is not None else None


def find_unplaced(
    table: str,
    sections: Sequence[Section],
    sheets: Sequence[Sheet],
    evidence: Marks,
    words: Lexicon,
    default: Form | None,
) -> TableFinds | None:
    """A table of which most labels are there and no figure that may be theirs was found: a doubt of each of its cells.

    Its labels all stand above its figures; beside a label without one, in any other table, there is none.
    ``evidence`` is what all lines and grids speak for.
    """
    form = _best_form(words.counts(evidence, table), default)
    if form is None or words.tables[form, table].table.layout != "lines_across":
        return None
    own = words.marks[form, table]
    if 2 * (evidence & own).bit_count() <= own.bit_count():
        return None
    lines = (line for line in _all_lines(sections) if _marks_of_line(line.text, words)[0] & own)
    cells = (sheet.where(next(cells_of(sheet.grid))) for sheet in sheets if sheet.evidence & own)
    where = next((line.where for line in lines), "") or next(cells, "")
    places = [(line.id, column) for line in words.tables[form, table].table.lines for column in line.columns]
    return TableFinds(form, table, doubts=[Doubt(*place, "figures_lost", "", where) for place in places])


def doubt_counted(found: TableFinds, document: Document, words: Lexicon) -> None:
    """Doubt the figures that their count placed, where a cell of some grid holds heads of columns run together.

    These may be theirs, and say another order than the form's.
    """
    counted = [(place, find) for place, find in found.found.items() if find.evidence == COUNTED]
    lexicon = words.tables[found.form, found.table]
    cells = (cell.text for grid in document.grids() for cell in cells_of(grid)) if counted else ()
    if any(_heads_within(text, lexicon) >= _LABELS_OF_A_TABLE for text in cells):
        found.doubts += [Doubt(*place, "header_lost", find.raw, find.where) for place, find in counted]


def _heads_within(text: str, lexicon: TableLexicon) -> int:
    """How many heads of columns a text holds, parted by spaces."""
    parts = text.split()
    return len({lexicon.label(part).column for part in parts} - {None}) if len(parts) > 1 else 0


def may_hold(marks: Marks, table: str, words: Lexicon) -> bool:
    """Whether lines of text that speak for so much can hold a table at all, in whatever form."""
    return max(words.counts(marks, table).values(), default=0) >= _LABELS_OF_A_TABLE


def marks_of_lines(lines: Sequence[TextLine], words: Lexicon) -> Marks:
    """What lines of text speak for, where each is a cell or a label and its figures."""
    found = 0
    for index, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST_LABEL and len(text.strip()) > LONGEST_LABEL:
            continue
        marks, before_figures = _marks_of_line(text, words)
        found |= marks
        if before_figures:
            # A column of units may stand between a label and its figure.
            behind = [line.text.strip() for line in lines[index + 1 : index + 3]]
            following = next((other for other in behind if not figures.is_unit(other)), "")
            if figures.is_figure(following):
                found |= words.marks_of_row([text.strip(), following])
    return found


@lru_cache(maxsize=16384)
def _marks_of_line(line: str, words: Lexicon) -> tuple[Marks, bool]:
    """What a line speaks for by itself, and whether it speaks for more where a figure follows."""
    text = line.strip()
    return words.marks_of_row([text]), words.evidence(text).lines != 0


def joined(marks: Iterator[Marks] | Sequence[Marks]) -> Marks:
    """All of several marks."""
    return reduce(or_, marks, 0)


def _form_of_the_year(sheets: Sequence[Sheet], table: str, words: Lexicon, default: Form | None) -> str | None:
    """The form of the report year where some grid is printed in it: an older form beside it is another year's."""
    if default is None:
        return None
    for sheet in sheets:
        counts = words.counts(sheet.evidence, table)
        own = counts.pop(default.id, 0)
        if own >= _LABELS_OF_A_TABLE and own > max(counts.values(), default=0):
            return default.id
    return None


def _best_form(counts: dict[str, int], default: Form | None) -> str | None:
    """The form whose labels were met most; where two are level, that of the report year."""
    most = max(counts.values(), default=0)
    if most == 0:
        return None
    best = sorted(form for form, count in counts.items() if count == most)
    return default.id if default is not None and default.id in best else best[-1]


def _from_grids(sheets: Sequence[Sheet], table: str, form: str, words: Lexicon) -> TableFinds | None:
    parts: list[TableFinds] = []
    header: Header | None = None
    lines = words.marks_of_lines[form, table]
    across = words.tables[form, table].table.layout == "lines_across"
    # Heads without a line's label are another table's where a grid with such labels is there.
    needs_line = across and any(sheet.evidence & lines for sheet in sheets)
    for sheet in sheets:
        if needs_line and not sheet.evidence & lines:
            continue
        own = (sheet.evidence & words.marks[form, table]).bit_count()
        if own < _LABELS_OF_A_TABLE and not (own and _goes_on(sheet, header, lines)):
            continue
        part = _rows_of(sheet, table, words)
        if not part:
            continue
        read, header = read_table(sheet, part, words.tables[form, table], header)
        parts.append(read)
    found = parts[0] if len(parts) == 1 else merged(parts) if parts else None
    return found if found is not None and (found.found or found.doubts) else None


def _goes_on(sheet: Sheet, header: Header | None, lines: Marks) -> bool:
    """Whether a grid with a single label may be the rest of the table before it: as wide, and with a line of it."""
    return header is not None and sheet.evidence & lines != 0 and width(sheet.grid) == header.width


def _rows_of(sheet: Sheet, table: str, words: Lexicon) -> list[LaidRow]:
    """The rows of a grid that belong to a table: from a label of it to a label of another."""
    belongs: list[str | None] = []
    current: str | None = None
    for marks in sheet.marks:
        current = words.only_table(marks) or current
        belongs.append(current)
    first = next((t for t in belongs if t is not None), None)
    return [row for row, owner in zip(sheet.rows, belongs, strict=True) if (owner or first) == table]


def _from_text(
    sections: Sequence[Section], evidence: Sequence[Marks], table: str, form: str, words: Lexicon
) -> TableFinds | None:
    """A table as lines of text: in the section that bears its name, else in the whole text."""
    parts = [
        ((*section.lines, *_heading_of(following)), marks)
        for section, following, marks in zip(sections, [*sections[1:], None][: len(sections)], evidence, strict=True)
        if section.id == table
    ]
    if not parts:
        parts = [(tuple(_all_lines(sections)), joined(evidence))]
    for lines, marks in parts:
        if (marks & words.marks.get((form, table), 0)).bit_count() < _LABELS_OF_A_TABLE:
            continue
        found = read_flow(lines, words.tables[form, table], words)
        if found.found or found.doubts:
            return found
    return None


def _heading_of(section: Section | None) -> tuple[TextLine, ...]:
    """The line that ends the section before."""
    return () if section is None or section.heading_line is None else (section.heading_line,)


def _all_lines(sections: Sequence[Section]) -> Iterator[TextLine]:
    """The lines of a text with its headings, which may be labels of a table that has none of its own."""
    for section in sections:
        if section.heading_line is not None:
            yield section.heading_line
        yield from section.lines
