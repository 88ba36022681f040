"""The looks in which reports are met, as data: each option is one that public pages show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Markup(StrEnum):
    """What stands inside a table cell of a page."""

    PLAIN = "plain"
    NESTED = "nested"
    """A paragraph, a span and a font element around the text."""
    DIGITS = "digits"
    """A span around each single digit."""
    WORD = "word"
    """What a word processor leaves: inline styles in every cell. Pages become as big as real ones, 70 to 100 KB."""


class GroupsAs(StrEnum):
    """How the label of a group of lines, such as （三）不予公开, is set."""

    SPANNING = "spanning"
    """As a cell at the left that spans the rows of its lines, as the official form does."""
    ROWS = "rows"
    """As a row of its own above its lines."""


class CellsAs(StrEnum):
    """How a text shows the cells of a table."""

    LINES = "lines"
    """One cell a line, as copies that lost the table. It cannot show a blank cell."""
    TRAILING_PIPES = "trailing_pipes"
    """One cell a line with `` |`` behind it."""
    LONE_PIPES = "lone_pipes"
    """One cell a line, and a line with a lone pipe before each."""
    PIPES = "pipes"
    """``规章 | 0 | 0 | 0 |``: one row a line, each cell once, however many rows or columns it spans."""
    PIPE_RUNS = "pipe_runs"
    """The same parted by runs of pipes, and lines of many bare pipes."""
    TABS = "tabs"
    """The same parted by tabs."""
    SPACES = "spaces"
    """The same parted by one space. It cannot show a blank cell."""
    ALIGNED = "aligned"
    """The same in columns of equal width; long labels go on below, beside the next line's figures if need be."""
    MARKDOWN = "markdown"
    """Every row filled to the table's width, a rule after the first."""
    BOXES = "boxes"
    """Lines drawn around the cells, ``┌─┬─┐``, as text browsers print them."""
    RUN_TOGETHER = "run_together"
    """``规章000``: nothing between the cells. It cannot show where one figure ends."""


class LinesAs(StrEnum):
    """What is left of a text's line breaks."""

    KEPT = "kept"
    A_SECTION = "a_section"
    """One line for each section, its heading and its table included."""
    ONE = "one"
    """The whole report in one line."""


@dataclass(frozen=True, slots=True)
class HtmlLayout:
    """The look of a page. ``charset`` is what it declares, whatever it will be encoded in; None declares nothing."""

    charset: str | None = "utf-8"
    markup: Markup = Markup.PLAIN
    groups: GroupsAs = GroupsAs.SPANNING
    table_a_block: bool = False
    """Each article's block of ``proactive`` is a table of its own."""
    inside_tables: bool = False
    """The whole page stands in a layout table."""
    furniture: bool = False
    """The site's menus, an index-number table before the title and links at the foot."""


@dataclass(frozen=True, slots=True)
class TextLayout:
    """The look of a text copy of a page."""

    cells: CellsAs = CellsAs.LINES
    lines: LinesAs = LinesAs.KEPT
    groups: GroupsAs = GroupsAs.SPANNING
    blank_lines: bool = True
    """An empty line between paragraphs, and between cells where each has a line of its own."""
    leading_pipe: bool = False
    """Rows of pipes begin with one."""
    lost_heads: bool = False
    """Of the columns of a table whose lines run across, only the last head (总计) is left."""
    full_width_spaces: bool = False
    """The spaces between cells are those of Chinese type."""
    longest_label: int | None = None
    """A longer label is broken over lines, in the middle of a word if need be."""
    spaced: bool = False
    """As text of PDF files: a space round every number of the prose, and one within each 28 characters of Chinese."""
    page_length: int | None = None
    """The mark of a page stands behind so many lines."""
