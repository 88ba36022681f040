"""Hypothesis strategies of reports: what the writer can set, with what a reader must find in each cell.

What is expected is known from how a figure was printed, never by parsing what was printed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from gxtools.forms import Form, FormCell, Rule, Table, forms
from gxtools.writing import CellsAs, Content, GroupsAs, HtmlLayout, Key, LinesAs, Markup, TextLayout

AGENCIES = (
    "重庆市九龙坡区人民政府",
    "宿迁市人民政府",
    "云南省人民政府",
    "杭州市余杭区财政局",
    "国家税务总局南京市税务局",
    "定西市安定区内官营镇人民政府",
)
PARAGRAPHS = (
    "本机关认真执行《中华人民共和国政府信息公开条例》。",
    "公开内容仍需充实，培训有待加强；下一步将逐项改进。",
    'Marks that a page must escape: <b>&amp; "x" </td></tr></table><script>alert(1)</script>',
    "无其他需要报告的事项。",
)
BLANKS = ("", "\xa0", "\u3000")
DASHES = ("-", "－", "—", "——", "/", "\\", "无")
UNREADABLE = ("*", "见附件", "12 34", "007")
_FULL_WIDTH = str.maketrans("0123456789-,.", "０１２３４５６７８９－，．")


class ExpectedCell(NamedTuple):
    """What a reader must give for a cell of the form: value in the cell's unit, state and raw of the contract."""

    table: str
    line: str
    column: str
    value: float | None
    state: str
    raw: str | None


class DrawnReport(NamedTuple):
    """A report to set, and its cells in the form's printed order. ``coherent``: every equation of the form holds."""

    content: Content
    cells: tuple[ExpectedCell, ...]
    coherent: bool

    def __repr__(self) -> str:
        """Short, for Hypothesis prints it: the cells that are no plain zero, and how many are absent."""
        told = {".".join(cell[:3]): cell.raw for cell in self.cells if cell.raw not in ("0", None)}
        absent = sum(cell.state == "absent" for cell in self.cells)
        return f"<{self.content.title}, form {self.content.form}: {told}, {absent} absent>"


class _Printed(NamedTuple):
    raw: str
    value: float | None
    state: str


@st.composite
def reports(
    draw: st.DrawFn,
    form: Form | None = None,
    coherent: bool | None = None,
    blanks: bool = True,
    gaps: bool = True,
) -> DrawnReport:
    """A report of any form, coherent or broken as drawn unless said. ``gaps``: tables or lines may be lacking."""
    form = form or draw(st.sampled_from(forms().all))
    coherent = draw(st.booleans()) if coherent is None else coherent
    values = draw(_values(form))
    if coherent:
        settle(form, values)
    printed = {cell: draw(_figure(form, cell, values[cell])) if values[cell] else _zero() for cell in form.cells}
    if not coherent:
        marked = draw(st.lists(st.sampled_from(form.cells), max_size=12))
        printed |= {cell: draw(_marks(blanks)) for cell in marked}
    if gaps and not coherent:
        printed = draw(_with_gaps(form, printed))
    content = Content(
        form=form.id,
        agency=draw(st.sampled_from(AGENCIES)),
        year=draw(st.integers(form.first_year, form.last_year or form.first_year + 4)),
        cells={_key(cell): found.raw for cell, found in printed.items()},
        published=draw(st.none() | st.dates(date(2020, 1, 1), date(2026, 3, 31))),
        introduction=draw(_paragraphs()),
        prose={"overview": draw(_paragraphs()), "shortcomings": draw(_paragraphs()), "other": draw(_paragraphs())},
    )
    absent = _Printed("", None, "absent")
    found = ((cell, printed.get(cell, absent)) for cell in form.cells)
    cells = (ExpectedCell(*_key(c), p.value, p.state, None if p is absent else p.raw) for c, p in found)
    return DrawnReport(content, tuple(cells), coherent)


def html_layouts() -> st.SearchStrategy[HtmlLayout]:
    """Every look of a page; the declared charset is UTF-8."""
    return st.builds(
        HtmlLayout,
        markup=st.sampled_from(Markup),
        groups=st.sampled_from(GroupsAs),
        table_a_block=st.booleans(),
        inside_tables=st.booleans(),
        furniture=st.booleans(),
    )


# What a row of cells becomes where nothing but the cells' own characters parts them.
FLOWING = (CellsAs.LINES, CellsAs.TRAILING_PIPES, CellsAs.LONE_PIPES, CellsAs.SPACES, CellsAs.ALIGNED)
IN_ROWS = (CellsAs.PIPES, CellsAs.PIPE_RUNS, CellsAs.TABS)
_WHOLE_LABELS = (*IN_ROWS, CellsAs.MARKDOWN)


@st.composite
def text_layouts(draw: st.DrawFn, *cells: CellsAs, lost_heads: bool = False) -> TextLayout:
    """Looks of a text copy, of all kinds or of those given. Lost heads can be read where sums confirm the figures.

    Labels are broken no closer than real pages do: of a label in pieces of four characters little can be told. Nor is
    one broken before 政府网站在线访谈次数, its end and another line's label, where figures stand in between.
    """
    chosen = draw(st.sampled_from(cells or tuple(CellsAs)))
    flat = chosen in (CellsAs.SPACES, CellsAs.RUN_TOGETHER)
    lines = draw(st.sampled_from(LinesAs)) if flat else LinesAs.KEPT
    longest = st.sampled_from((12, 14, 16, 20)) if chosen is CellsAs.ALIGNED else st.integers(9, 20)
    return TextLayout(
        cells=chosen,
        lines=lines,
        groups=draw(st.sampled_from(GroupsAs)),
        blank_lines=draw(st.booleans()),
        leading_pipe=draw(st.booleans()),
        lost_heads=lost_heads,
        full_width_spaces=draw(st.booleans()),
        longest_label=None if chosen in _WHOLE_LABELS else draw(st.none() | longest),
        spaced=draw(st.booleans()),
        page_length=draw(st.none() | st.integers(15, 60)) if lines is LinesAs.KEPT else None,
    )


def settle(form: Form, values: dict[FormCell, Decimal]) -> None:
    """Make every equation of a form hold, in place: sums are set, a balance is met by its last or first term."""
    cells = {_key(cell): cell for cell in form.cells}
    for rule in sorted(form.rules, key=lambda rule: (rule.axis == "lines", len(rule.right) > 1)):
        if rule.relation == "=":
            table = form.table(rule.table)
            for track in rule.only or _tracks(table, rule):
                left = [cells[key] for term in rule.left for key in _keys(table, rule, term.id, track)]
                right = [cells[key] for term in rule.right for key in _keys(table, rule, term.id, track)]
                over = sum(values[cell] for cell in left) - sum(values[cell] for cell in right)
                if len(right) == 1 or over > 0:
                    values[right[-1]] += over
                else:
                    values[left[0]] -= over


def _tracks(table: Table, rule: Rule) -> list[str]:
    return [item.id for item in (table.columns if rule.axis == "columns" else table.lines)]


def _keys(table: Table, rule: Rule, term: str, track: str) -> list[Key]:
    if rule.axis == "columns":
        return [(table.id, line, track) for line in table.members(term)]
    return [(table.id, track, term)]


def _key(cell: FormCell) -> Key:
    return (cell.table, cell.line, cell.column)


@st.composite
def _values(draw: st.DrawFn, form: Form) -> dict[FormCell, Decimal]:
    """Mostly zeros, as in reports; large figures are rarer, negative ones stand in signed columns only."""
    counts = st.integers(1, 30) | st.integers(1, 5000) | st.integers(1, 30_000_000)
    values = dict.fromkeys(form.cells, Decimal(0))
    for cell, count in draw(st.dictionaries(st.sampled_from(form.cells), counts, max_size=30)).items():
        amount = Decimal(count).scaleb(-4) if cell.unit == "10k_cny" else Decimal(count)
        negative = form.table(cell.table).column(cell.column).signed and draw(st.booleans())
        values[cell] = -amount if negative else amount
    return values


def _zero() -> _Printed:
    return _Printed("0", 0.0, "printed")


def _figure(form: Form, cell: FormCell, value: Decimal) -> st.SearchStrategy[_Printed]:
    """The ways in which a figure is printed."""
    plain, grouped = f"{value:f}", f"{value:,f}"
    raws = [plain, plain, grouped, plain.translate(_FULL_WIDTH)]
    if cell.unit == "count":
        raws += [f"{plain}件", f"减{-value}" if value < 0 else plain]
    elif form.table(cell.table).column(cell.column).default_unit:
        raws += [f"{plain}万元", f"{value * 10000:.0f}元"]
    else:
        # A bare amount has no certain unit here.
        return st.sampled_from(
            [_Printed(plain, None, "unreadable")]
            + [_Printed(raw, float(value), "printed") for raw in (f"{plain}万元", f"{value * 10000:.0f}元")]
        )
    return st.sampled_from([_Printed(raw, float(value), "printed") for raw in raws])


def _marks(blanks: bool) -> st.SearchStrategy[_Printed]:
    kinds = [(DASHES, "dash"), (UNREADABLE, "unreadable")] + ([(BLANKS, "blank")] if blanks else [])
    return st.sampled_from([_Printed(raw, None, state) for raws, state in kinds for raw in raws])


@st.composite
def _with_gaps(draw: st.DrawFn, form: Form, printed: dict[FormCell, _Printed]) -> dict[FormCell, _Printed]:
    """Without one table, or without one line of the tables whose lines run down.

    A line that heads others stays: without 行政诉讼数量 nobody can tell whose 其他情形数 follows.
    """
    tables = [table.id for table in form.tables]
    heads = {line.under for table in form.tables for line in table.lines}
    down = [table for table in form.tables if table.layout == "lines_down"]
    lines = [(table.id, line.id) for table in down for line in table.lines if line.id not in heads]
    gap = draw(st.none() | st.sampled_from(tables if len(tables) > 1 else [None]) | st.sampled_from(lines))
    return {cell: found for cell, found in printed.items() if gap not in (cell.table, (cell.table, cell.line))}


def _paragraphs() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(PARAGRAPHS), max_size=2).map(tuple)
