"""Reports as plain text, piece by piece: every label and figure knows what it is, so that damage can be judged."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import count, groupby

from benchmarks.pages import consistent_values
from gxtools import figures
from gxtools.forms import forms
from gxtools.writing import Content, GroupsAs, content_of
from gxtools.writing.tables import set_tables

Key = tuple[str, str, str]
LINE, FIGURE, HEAD, OTHER, HEADING, PROSE = "line", "figure", "head", "other", "heading", "prose"
STYLES = (
    "lines",
    "blank_lines",
    "rows",
    "tabs",
    "pipes",
    "one_line",
    "a_line_a_section",
    "broken",
    "narrow",
    "laid_out",
)
_SERIAL = count()


@dataclass(eq=False)
class Piece:
    """One piece of the text. ``key`` is a figure's cell, or (table, line, "") of a line's label, (table, block, column)
    of a head; ``row`` numbers the row of its table, ``glued`` where no space parts it from the next piece."""

    text: str
    kind: str
    table: str = ""
    key: Key | None = None
    row: int = -1
    glued: bool = False
    broken: int = 0
    sound: str = field(init=False)

    def __post_init__(self) -> None:
        self.sound = self.text


@dataclass
class Text:
    """A report as pieces in a style. ``touched`` are cells that damage may have cost, ``values`` what stood there."""

    pieces: list[Piece]
    style: str
    values: dict[Key, float]
    touched: set[Key] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)

    def allowed(self) -> dict[Key, set[float]]:
        """For each cell the figures that may be read: its own, and what stands there in a row of its own figures."""
        found: dict[Key, set[float]] = {key: {value} for key, value in self.values.items()}
        homes: dict[Key, set[float]] = {}
        for piece in self.pieces:
            if piece.kind == FIGURE and piece.key is not None:
                value = value_of(piece)
                if value is not None:
                    homes.setdefault(piece.key, set()).add(value)
        for key, values in homes.items():
            found[key] = found[key] | values
        for (table, line), columns, run in self._rows():
            if len(run) == len(columns) and all(p.key is not None and p.key[:2] == (table, line) for p in run):
                for column, piece in zip(columns, run, strict=True):
                    value = value_of(piece)
                    found[table, line, column] |= set() if value is None else {value}
        across = [key for key in self.values if key[0] == "disputes"]
        run = [piece for piece in self.pieces if piece.kind == FIGURE and piece.table == "disputes"]
        if len(run) == len(across):
            for key, piece in zip(across, run, strict=True):
                value = value_of(piece)
                found[key] |= set() if value is None else {value}
        return found

    def _rows(self) -> list[tuple[tuple[str, str], list[str], list[Piece]]]:
        """Each line's label with the figures behind it."""
        rows = []
        for index, piece in enumerate(self.pieces):
            if piece.kind == LINE and piece.key is not None and piece.table != "disputes":
                run = []
                for after in self.pieces[index + 1 :]:
                    if after.kind != FIGURE:
                        break
                    run.append(after)
                columns = [key[2] for key in self.values if key[:2] == piece.key[:2]]
                rows.append((piece.key[:2], columns, run))
        return rows

    def printed(self) -> str:
        """The text in its style."""
        if self.style == "laid_out":
            return "\n".join("\n".join(_laid_out(row)) for row in blocks(self.pieces)) + "\n"
        parts: list[str] = []
        for index, piece in enumerate(self.pieces):
            text = piece.text
            if piece.broken and len(text) > 1:
                text = (
                    text[: piece.broken]
                    + ("\n" if self.style in ("lines", "broken", "narrow") else " ")
                    + text[piece.broken :]
                )
            parts.append(text)
            if index + 1 < len(self.pieces):
                parts.append("" if piece.glued else self._between(piece, self.pieces[index + 1]))
        return "".join(parts)

    def _between(self, piece: Piece, after: Piece) -> str:
        same = piece.row == after.row and piece.row >= 0
        if self.style == "one_line":
            return " "
        if self.style == "a_line_a_section":
            return (
                "\n" if HEADING in (after.kind, piece.kind) and after.kind != PROSE and after.kind == HEADING else " "
            )
        if self.style == "lines":
            return "\n"
        if self.style == "blank_lines":
            return "\n\n"
        if piece.row in self.joined and not same:
            same = True
        mark = {"tabs": "\t", "pipes": " | "}.get(self.style, " ")
        return mark if same else "\n"


def _laid_out(row: list[Piece]) -> list[str]:
    """A row as a page laid out in columns prints it: long labels in fragments, the figures beside the first."""
    lines = [[], [], []]  # type: ignore[var-annotated]
    for piece in row:
        size = 5 if piece.kind == OTHER and piece.table != "proactive" else 16
        parts = [piece.text[i : i + size] for i in range(0, len(piece.text), size)]
        breaks = piece.kind in (LINE, OTHER) and 1 < len(parts) <= 3 and not piece.text.startswith("（本列")
        for number, part in enumerate(parts if breaks else [piece.text]):
            lines[number].append(part)
    return ["   ".join(line) for line in lines if line]


def value_of(piece: Piece) -> float | None:
    assert piece.key is not None
    money = piece.key[2] == "amount"
    found = figures.parse(piece.text, "10k_cny" if money else "count", "10k_cny" if money else "count")
    return found.value


def sound(rng: random.Random, style: str | None = None) -> Text:
    """A sound report of simulated figures in a style, one of ``STYLES``."""
    form = rng.choice([forms().by_id("2019"), forms().by_id("2021")])
    values = consistent_values(form, rng, large=rng.random() < 0.5)
    if rng.random() < 0.3:
        values |= {key: 0.0 for key in values if key[0] == "disputes"}
    year = 2020 if form.id == "2019" else 2022
    content = content_of(form.id, "模拟省模拟市人民政府", year, values)
    style = style or rng.choice(STYLES)
    pieces = [Piece(content.title, PROSE, row=next(_SERIAL)), Piece("日期：2023-02-05", PROSE, row=next(_SERIAL))]
    pieces.append(Piece("一、总体情况", HEADING, row=next(_SERIAL)))
    pieces.append(Piece("本机关认真执行条例，主动公开行政许可、行政处罚信息。", PROSE, row=next(_SERIAL)))
    for number, table in zip("二三四", form.tables, strict=True):
        pieces.append(Piece(f"{number}、{table.zh}", HEADING, table.id, row=next(_SERIAL)))
        pieces += _table(table, content, rng)
    pieces.append(Piece("五、存在的主要问题及改进情况", HEADING, row=next(_SERIAL)))
    pieces.append(Piece("公开内容仍需充实，下一步继续改进。", PROSE, row=next(_SERIAL)))
    if style in ("broken", "narrow"):
        for piece in pieces:
            if piece.kind in (LINE, HEAD, OTHER) and len(piece.text) > (12 if style == "broken" else 4):
                piece.broken = 12 if style == "broken" else 4
    return Text(pieces, style, {key: float(value) for key, value in values.items()})  # type: ignore[arg-type]


def _table(table, content: Content, rng: random.Random) -> list[Piece]:  # type: ignore[no-untyped-def]
    labels = {line.label: line.id for line in table.lines}
    heads = {column.zh: column.id for column in table.columns}
    cells = iter([cell[:3] for cell in table.cells])
    pieces = []
    block = ""
    for rows in set_tables(table, content, rng.choice(list(GroupsAs))):
        for row in rows:
            number = next(_SERIAL)
            line = ""
            for cell in (cell for cell in row if cell.text):
                if cell.figure:
                    key = next(cells)
                    pieces.append(Piece(cell.text, FIGURE, table.id, key, number))
                elif cell.text in labels:
                    line = labels[cell.text]
                    pieces.append(Piece(cell.text, LINE, table.id, (table.id, line, ""), number))
                elif cell.text in heads:
                    pieces.append(Piece(cell.text, HEAD, table.id, (table.id, block, heads[cell.text]), number))
                else:
                    block = cell.text if cell.text.startswith("第二十条") else block
                    pieces.append(Piece(cell.text, OTHER, table.id, None, number))
    return pieces


def blocks(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces by row."""
    return [list(run) for _, run in groupby(pieces, key=lambda piece: piece.row)]
