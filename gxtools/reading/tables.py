"""Tables with geometry: a grid and the labels of one form's table -> finds.

A figure is placed where the label of its line (in its row) and the label of its column (above it) meet. Where the
geometry of header or row is broken, only a full count of figures, borne out by the sums of the form, may place it.
"""

from __future__ import annotations

from gxtools.figures import is_figure, is_unit, label_unit, parse
from gxtools.forms import printed_number
from gxtools.grids import GridCell
from gxtools.reading.across import read_across
from gxtools.reading.broken_heads import joined_heads
from gxtools.reading.counting import CountedRow, place_by_count
from gxtools.reading.finds import INHERITED, LABELS, Doubt, Extra, TableFinds
from gxtools.reading.headers import Header, read_header
from gxtools.reading.layout import LaidRow, is_value
from gxtools.reading.lexicon import NO_LABEL, Label, TableLexicon
from gxtools.reading.sheets import Sheet
from gxtools.reading.side_by_side import one_below_another
from gxtools.reading.units import caption_unit, unit_beside, unit_of


def read_table(
    sheet: Sheet, rows: list[LaidRow], lexicon: TableLexicon, above: Header | None = None
) -> tuple[TableFinds, Header | None]:
    """Read the rows of a sheet that belong to one table of one form.

    ``above`` is the header of the table's part before this sheet, for a table that a page cut in two. Returns the finds
    and the header that stands at the end.
    """
    if lexicon.table.layout == "lines_across" and not _lines_run_down(rows, lexicon):
        return read_across(sheet, rows, lexicon), None
    reader = _LinesDown(sheet, lexicon, above, _caption_unit(sheet, rows))
    for row in one_below_another(rows, lexicon):
        reader.take(row)
    reader.finish()
    return reader.finds, reader.header


def _caption_unit(sheet: Sheet, rows: list[LaidRow]) -> str | None:
    """The unit of money that a caption or a note names for the whole table: around the grid, or in a row of it."""
    within = (cell.text for row in rows for place, cell in enumerate(row.cells) if place not in row.labelled)
    return unit_of([sheet.caption.unit, *map(caption_unit, within)])


def _lines_run_down(rows: list[LaidRow], lexicon: TableLexicon) -> bool:
    """Whether figures stand beside the labels of lines rather than below them."""
    for row in rows:
        cells = row.cells
        for index, cell in enumerate(cells):
            if lexicon.label(cell.text).strong_line and any(is_figure(other.text) for other in cells[index + 1 :]):
                return True
    return False


class _LinesDown:
    """Goes down the rows of a table whose lines run down the page, keeping the header and the group last met."""

    def __init__(self, sheet: Sheet, lexicon: TableLexicon, above: Header | None, caption_unit: str | None) -> None:
        self.sheet = sheet
        self.lexicon = lexicon
        self.finds = TableFinds(lexicon.form.id, lexicon.table.id)
        self.header = above
        self._evidence = LABELS if above is None else INHERITED
        self._header_rows: list[LaidRow] = []
        self._group: str | None = None
        # The units of money that a caption and the label of a group name for the lines below.
        self._caption_unit = caption_unit
        self._group_unit: str | None = None
        self._started = False
        self._counted: list[CountedRow] = []
        self._spanning: dict[tuple[int, int], tuple[str, list[str]]] = {}

    def take(self, row: LaidRow) -> None:
        """Read one row."""
        cells = row.cells
        look_up = self.lexicon.label
        labels: list[Label] = []
        starts: list[int] = []
        strong_line = False
        beside: str | None = None  # the group whose label stands before those of lines
        for index in row.labelled:
            label = look_up(cells[index].text)
            if label is NO_LABEL:
                continue
            labels.append(label)
            if label.lines:
                starts.append(index)
                strong_line = strong_line or label.strong_line
            elif not starts:
                beside = label.group or beside
            if label.group is not None:
                self._group_unit = label_unit(cells[index].text)
        if not strong_line and self._is_header(cells, labels):
            self._take_header(row, labels)
            return
        # A group holds for the rows below too.
        self._group = beside or self._group
        if not starts:
            self._take_unknown(cells)
            return
        if self._header_rows and self.header is None:
            self.header = read_header(self._header_rows, self.lexicon)
        self._started = True
        for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
            self._take_line(row, cells[start], cells[start + 1 : end], beside)

    def _is_header(self, cells: list[GridCell], labels: list[Label]) -> bool:
        """Whether a row without the label of a line, and of nothing else, belongs to the header."""
        if any(label.strong_column for label in labels):
            return True
        if any(is_figure(cell.text) for cell in cells):
            return False
        if any(label.corner or label.column_group for label in labels):
            return True
        if any(label.column for label in labels):
            return not self._started
        # Words over several columns that no form knows are a header too: what stood above them is over.
        if any(label.group for label in labels):
            return False
        return sum(bool(cell.text.strip()) for cell in cells) > 1 or self._ends_heads(cells)

    def _ends_heads(self, cells: list[GridCell]) -> bool:
        """Whether the row holds what the heads above it lack of their words."""
        above = self._header_rows[-1].cells if self._header_rows else []
        return joined_heads(above, cells, self.lexicon) is not None

    def _take_header(self, row: LaidRow, labels: list[Label]) -> None:
        if self.header is not None:
            self._header_rows, self.header = [], None
        self._header_rows.append(row)
        self._evidence = LABELS
        for label in labels:
            self._group = label.group or self._group

    def _take_unknown(self, cells: list[GridCell]) -> None:
        """A row that is no line of the form: its figures are kept as extras under the printed label."""
        words = [cell.text for cell in cells if cell.text.strip() and not is_figure(cell.text)]
        label = words[-1] if words else ""
        for cell in cells:
            if is_figure(cell.text) and parse(cell.text, "10k_cny", "10k_cny").state == "printed":
                self.finds.extras.append(self._extra(label, self._label_above(cell), cell))

    def _extra(self, label: str, above: str, cell: GridCell) -> Extra:
        return Extra(label, above, cell.text, self.sheet.where(cell), self.sheet.source(cell))

    def _label_above(self, cell: GridCell) -> str:
        if self.header is None and self._header_rows:
            self.header = read_header(self._header_rows, self.lexicon)
        header = self.header
        return header.labels[cell.column] if header is not None and cell.column < header.width else ""

    def _take_line(self, row: LaidRow, label_cell: GridCell, cells: list[GridCell], beside: str | None) -> None:
        header = self.header
        line = self.lexicon.line_of(label_cell.text, beside, self._group)
        if line in self.lexicon.heads:
            self._group = line
        if self._is_part(cells, header) or (line is None and self.lexicon.label(label_cell.text).is_weak):
            # （六）其他处理 | 1.申请人撤销 is a part of the line, （三）不予公开 | 9.其他 none of the form's.
            self._take_unknown([label_cell, *cells])
            self._doubt_namesake(line, label_cell)
        elif line is None:
            for cell in cells:
                self.finds.doubts.append(Doubt(None, None, "label_unclear", cell.text, self.sheet.where(cell)))
        elif header is not None and self._is_placed(line, row, label_cell, cells, header):
            self._place(line, header, label_cell, cells)
        elif cells:
            self._count(line, header, label_cell, cells)

    def _doubt_namesake(self, line: str | None, label_cell: GridCell) -> None:
        """Doubt the line whose very label and number stand under another group (（三）不予公开 | 3.其他) too."""
        label = self.lexicon.label(label_cell.text)
        number = printed_number(label_cell.text)
        for id in label.lines if line is None and label.is_weak and number is not None else ():
            own = self.lexicon.table.line(id)
            if own.group is not None and printed_number(own.label) == number:
                where = self.sheet.where(label_cell)
                self.finds.doubts += [
                    Doubt(id, column, "stands_twice", label_cell.text, where) for column in own.columns
                ]

    def _is_placed(self, line: str, row: LaidRow, label_cell: GridCell, cells: list[GridCell], header: Header) -> bool:
        """Whether the figures of a row stand where the heads above them say."""
        as_wide = self.sheet.grid.aligned and header.sound and row.extent == header.width
        if not as_wide or not self._has_words(header, cells):
            return False
        # Blanks that fill up a row or a header hide that its cells slipped; no column's head stands over lines' labels.
        if any(header.ids) and label_cell.column + label_cell.column_span > header.first:
            return False
        columns = self.lexicon.places[line]
        if header.hidden and header.has_astray(cells, columns):
            return False
        # Two figures under one head: one of them is too many, and any of the row's may be.
        under = [id for cell in cells if cell.text.strip() for id in header.ids_over(cell)] if header.merged else []
        return len(set(under)) == len(under)

    def _has_words(self, header: Header, cells: list[GridCell]) -> bool:
        return bool(header.order) or header.is_foreign(cells, self.lexicon)

    def _is_part(self, cells: list[GridCell], header: Header | None) -> bool:
        """Whether words that no form knows stand before the columns: they say more closely what the row is."""
        if header is None:
            return False
        for cell in cells:
            if cell.column >= header.first:
                return False
            words = bool(cell.text.strip()) and not is_figure(cell.text) and not is_unit(cell.text)
            if words and self.lexicon.label(cell.text) is NO_LABEL:
                return True
        return False

    def _spans_lines(self, line: str, cell: GridCell, ids: list[str]) -> tuple[str, list[str]] | None:
        """The line above that the same figure stands in, and its columns there, where cells were merged downwards."""
        if cell.row_span == 1 or not cell.text.strip():
            return None
        above = self._spanning.setdefault((cell.row, cell.column), (line, ids))
        return above if above[0] != line else None

    def _place(self, line: str, header: Header, label_cell: GridCell, cells: list[GridCell]) -> None:
        """Place figures under a sound header. This is the reader's hot loop: nearly all cells take the first branch."""
        places = self.lexicon.places[line]
        ids, units, evidence = header.ids, self._units(line, header, label_cell, cells), self._evidence
        found, new = self.finds.found, self.sheet.found
        for cell in cells:
            _, _, column, row_span, column_span = cell
            id = ids[column] if row_span == column_span == 1 and column < len(ids) else None
            if id is None or (place := places.get(id)) is None:
                self._place_odd(line, header, label_cell, cell, units)
            elif place in found:
                self.finds.add_at(place, new(cell, evidence, units.get(id)))
            else:
                found[place] = new(cell, evidence, units.get(id))

    def _units(self, line: str, header: Header, label_cell: GridCell, cells: list[GridCell]) -> dict[str, str]:
        """The units of money by column, as the header and all that stands in the row name them."""
        beside = self._unit_beside(line, label_cell, cells)
        if beside is None:
            return header.units
        return {id: named for id in header.ids if id and (named := unit_of((beside, header.units.get(id))))}

    def _unit_beside(self, line: str, label_cell: GridCell, cells: list[GridCell]) -> str | None:
        """The unit of money that stands in the row of a line, over its group or above the table."""
        units = self.lexicon.units[line]
        named = [self._caption_unit, self._group_unit, label_unit(label_cell.text)] if "10k_cny" in units else []
        return unit_of([*named, *(unit_beside(cell.text, units) for cell in cells)])

    def _place_odd(
        self, line: str, header: Header, label_cell: GridCell, cell: GridCell, units: dict[str, str]
    ) -> None:
        """A cell over several columns or lines, or beside the columns of the form."""
        has = self.lexicon.table.line(line).columns
        ids = [id for id in header.ids_over(cell) if id in has]
        where = self.sheet.where(cell)
        above = self._spans_lines(line, cell, ids)
        if above is not None:
            # Under another header the cell may stand over other columns here than there.
            shared = [(above[0], id) for id in above[1] or ids] + [(line, id) for id in ids]
            self.finds.doubts += [Doubt(other, id, "merged_cell", cell.text, where) for other, id in shared]
        elif len(ids) == 1:
            self.finds.add(line, ids[0], self.sheet.found(cell, self._evidence, units.get(ids[0])))
        elif ids:
            self.finds.doubts += [Doubt(line, id, "merged_cell", cell.text, where) for id in ids]
        elif is_figure(cell.text) and parse(cell.text, "10k_cny", "10k_cny").state == "printed":
            head = header.labels[cell.column] if cell.column < header.width else ""
            self.finds.extras.append(self._extra(label_cell.text, head, cell)._replace(line=line))

    def _count(self, line: str, header: Header | None, label_cell: GridCell, cells: list[GridCell]) -> None:
        """The geometry cannot be trusted: keep the row until the sums can speak."""
        columns = self.lexicon.table.line(line).columns
        # Under a head that no form knows a full count is one figure short, and nothing says which.
        whole = header is not None and not header.strange and set(header.order) == set(columns)
        # Heads in an order of their own say where figures belong that stand under them, and no row that does not.
        whole = whole and not (header is not None and header.sound and header.contradicts)
        order = header.order if header is not None and whole else ()
        values = [cell for cell in cells if is_value(cell)]
        unit = unit_of([self._unit_beside(line, label_cell, cells), header.unit if header is not None else None])
        founds = [self.sheet.found(cell, LABELS, unit) for cell in values]
        for cell in values:
            if (above := self._spans_lines(line, cell, [])) is not None:
                for shared in (above[0], line):
                    for id in self.lexicon.table.line(shared).columns:
                        self.finds.doubts.append(Doubt(shared, id, "merged_cell", cell.text, self.sheet.where(cell)))
        self._counted.append(
            CountedRow(
                line,
                founds,
                order,
                bool(order),
                header is not None and (header.contradicts or header.strange),
                filled=header is not None and header.filled,
            )
        )

    def finish(self) -> None:
        """Settle the rows that only their count can place, borne out by the sums of their figures."""
        if self._counted:
            self.sheet.weighed = True
            place_by_count(self.finds, self.lexicon, self._counted)
