"""Tables with geometry: a grid and the labels of one form's table -> finds.

A figure is placed where the label of its line (in its row) and the label of its column (above it) meet. Where the
geometry of header or row is broken, only a full count of figures, borne out by the sums of the form, may place it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gxtools.figures import is_figure, is_unit, parse
from gxtools.grids import Grid, GridCell
from gxtools.reading.across import read_across
from gxtools.reading.counting import CountedRow, place_by_count
from gxtools.reading.finds import INHERITED, LABELS, Doubt, Extra, Found, TableFinds, new_found
from gxtools.reading.headers import Header, read_header
from gxtools.reading.layout import LaidRow, is_value
from gxtools.reading.lexicon import NO_LABEL, Label, TableLexicon


def read_table(
    grid: Grid, rows: list[LaidRow], lexicon: TableLexicon, above: Header | None = None
) -> tuple[TableFinds, Header | None]:
    """Read the rows of a grid that belong to one table of one form.

    ``above`` is the header of the table's part before this grid, for a table that a page cut in two. Returns the finds
    and the header that stands at the end.
    """
    if lexicon.table.layout == "lines_across" and not _lines_run_down(rows, lexicon):
        return read_across(grid, rows, lexicon), None
    reader = _LinesDown(grid, lexicon, above)
    for row in rows:
        reader.take(row)
    reader.finish()
    return reader.finds, reader.header


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

    def __init__(self, grid: Grid, lexicon: TableLexicon, above: Header | None) -> None:
        self.grid = grid
        self.lexicon = lexicon
        self.finds = TableFinds(lexicon.form.id, lexicon.table.id)
        self.header = above
        self._evidence = LABELS if above is None else INHERITED
        self._header_rows: list[LaidRow] = []
        self._group: str | None = None
        self._started = False
        self._counted: list[CountedRow] = []
        self._spanning: dict[tuple[int, int], str] = {}

    def take(self, row: LaidRow) -> None:
        """Read one row."""
        cells = row.cells
        look_up = self.lexicon.label
        labels = {i: label for i in row.labelled if (label := look_up(cells[i].text)) is not NO_LABEL}
        if self._is_header(cells, labels.values()):
            if self.header is not None:
                self._header_rows, self.header = [], None
            self._header_rows.append(row)
            self._evidence = LABELS
            self._note_group(labels.values())
            return
        starts = [index for index, label in labels.items() if label.lines]
        if self._header_rows and self.header is None and starts:
            self.header = read_header(self._header_rows, self.lexicon)
        beside = self._note_group(label for index, label in labels.items() if not starts or index < starts[0])
        if not starts:
            self._take_unknown(cells)
            return
        self._started = True
        for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
            self._take_line(row, cells[start], cells[start + 1 : end], beside)

    def _is_header(self, cells: list[GridCell], labels: Collection[Label]) -> bool:
        strong = False
        for label in labels:
            if label.strong_line:
                return False
            strong = strong or label.strong_column
        if strong:
            return True
        if any(is_figure(cell.text) for cell in cells):
            return False
        if any(label.corner or label.column_group for label in labels):
            return True
        if any(label.column for label in labels):
            return not self._started
        # Words over several columns that no form knows are a header too: what stood above them is over.
        return not any(label.group for label in labels) and sum(bool(cell.text.strip()) for cell in cells) > 1

    def _note_group(self, labels: Iterable[Label]) -> str | None:
        """The group whose label stands in this row; it holds for the rows below too."""
        beside = None
        for label in labels:
            beside = label.group or beside
        self._group = beside or self._group
        return beside

    def _take_unknown(self, cells: list[GridCell]) -> None:
        """A row that is no line of the form: its figures are kept as extras under the printed label."""
        words = [cell.text for cell in cells if cell.text.strip() and not is_figure(cell.text)]
        label = words[-1] if words else ""
        for cell in cells:
            if is_figure(cell.text) and parse(cell.text, "10k_cny", "10k_cny").state == "printed":
                self.finds.extras.append(Extra(label, self._label_above(cell), cell.text, self.grid.where(cell)))

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
        elif line is None:
            for cell in cells:
                self.finds.doubts.append(Doubt(None, None, "label_unclear", cell.text, self.grid.where(cell)))
        elif header is not None and header.sound and row.extent == header.width and self._has_words(header, cells):
            self._place(line, header, label_cell, cells)
        elif cells:
            self._count(line, header, cells)

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

    def _spans_lines(self, line: str, cell: GridCell) -> str | None:
        """The line above that the same figure stands in, where cells were merged downwards."""
        if cell.row_span == 1 or not cell.text.strip():
            return None
        above = self._spanning.setdefault((cell.row, cell.column), line)
        return above if above != line else None

    def _place(self, line: str, header: Header, label_cell: GridCell, cells: list[GridCell]) -> None:
        """Place figures under a sound header. This is the reader's hot loop: nearly all cells take the first branch."""
        has = self.lexicon.table.line(line).columns
        ids, units, evidence = header.ids, header.units, self._evidence
        found, where = self.finds.found, self.grid.where
        for cell in cells:
            column = cell.column
            if cell.column_span == cell.row_span == 1 and column < len(ids) and (id := ids[column]) in has:
                placed = new_found((cell.text, where(cell), evidence, units.get(id)))
                if (line, id) in found:
                    found[line, id].append(placed)
                else:
                    found[line, id] = [placed]
            else:
                self._place_odd(line, header, label_cell, cell)

    def _place_odd(self, line: str, header: Header, label_cell: GridCell, cell: GridCell) -> None:
        """A cell over several columns or lines, or beside the columns of the form."""
        has = self.lexicon.table.line(line).columns
        ids = [id for id in header.ids_over(cell) if id in has]
        where = self.grid.where(cell)
        above_line = self._spans_lines(line, cell)
        if above_line is not None:
            shared = [(other, id) for other in (above_line, line) for id in ids]
            self.finds.doubts += [Doubt(other, id, "merged_cell", cell.text, where) for other, id in shared]
        elif len(ids) == 1:
            self.finds.add(line, ids[0], Found(cell.text, where, self._evidence, header.units.get(ids[0])))
        elif ids:
            self.finds.doubts += [Doubt(line, id, "merged_cell", cell.text, where) for id in ids]
        elif is_figure(cell.text) and parse(cell.text, "10k_cny", "10k_cny").state == "printed":
            above = header.labels[cell.column] if cell.column < header.width else ""
            self.finds.extras.append(Extra(label_cell.text, above, cell.text, where))

    def _count(self, line: str, header: Header | None, cells: list[GridCell]) -> None:
        """The geometry cannot be trusted: keep the row until the sums can speak."""
        columns = self.lexicon.table.line(line).columns
        order = header.order if header is not None and set(header.order) == set(columns) else ()
        values = [cell for cell in cells if is_value(cell)]
        founds = [Found(cell.text, self.grid.where(cell), LABELS) for cell in values]
        for cell in values:
            if (above := self._spans_lines(line, cell)) is not None:
                for shared in (above, line):
                    for id in self.lexicon.table.line(shared).columns:
                        self.finds.doubts.append(Doubt(shared, id, "merged_cell", cell.text, self.grid.where(cell)))
        self._counted.append(
            CountedRow(
                line,
                founds,
                order,
                bool(order) and header is not None and not header.strange,
                header is not None and header.contradicts,
            )
        )

    def finish(self) -> None:
        """Settle the rows that only their count can place."""
        place_by_count(self.finds, self.lexicon, self._counted)
