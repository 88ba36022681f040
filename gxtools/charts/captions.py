"""Words around a chart: titles and captions in Chinese and English, wrapped by width, and the text alternative."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import altair as alt
import polars as pl

from gxtools.forms.measure_definitions import Break, Definition, Measure
from gxtools.marks import is_simulated as bears_mark
from gxtools.measures import HasFrames

_NO_LINE_STARTS_WITH = "，。；：、）》」』！？％”’,.;:)%"
_HALF_WIDTH = 6.4
"""Points that half a Chinese character takes at the caption's size of 12."""

SIMULATED = "模拟数据，并非真实报告 · Simulated data, no real report"


def is_simulated(corpus: HasFrames) -> bool:
    """Whether any report bears the mark of a simulation."""
    return bears_mark(corpus.reports)


def title(zh: str, en: str, caption: Iterable[str], width: int) -> alt.TitleParams:
    """Chinese and English in the title; below it the lines of the caption, wrapped to ``width`` points."""
    lines = [line for text in caption for line in wrapped(text, int(width / _HALF_WIDTH))]
    return alt.TitleParams(text=f"{zh} {en}", subtitle=lines)


def counted(definition: Definition) -> list[str]:
    """The definition that was computed, in both languages."""
    return [f"算法：{definition.zh}", f"Counted as: {definition.en}"]


def spanned_breaks(measure: Measure, years: Iterable[int]) -> list[Break]:
    """The breaks that fall between the first and the last of these years."""
    known = sorted(years)
    return [b for b in measure.breaks if known and known[0] < b.year <= known[-1]]


def pooled_breaks(measure: Measure, corpus: HasFrames) -> list[str]:
    """The breaks that the reports of ``corpus`` span, for a chart without an axis of years."""
    spanned = spanned_breaks(measure, corpus.reports["year"].drop_nulls())
    return [f"{b.zh}，前后比较须谨慎 {b.en}, compare with care" for b in spanned]


def how_sure(frame: pl.DataFrame, lacking: int) -> list[str]:
    """What the lines of ``frame`` mean, and how many reports could not enter it: ``lacking``."""
    methods = {"wilson": "Wilson", "clustered": "按机构聚类 clustered by body", "poisson": "Poisson"}
    used = ", ".join(methods[name] for name in sorted(set(frame["interval"].drop_nulls())))
    # The counts are a census, so the interval is no sampling error: a chart has to say what it is instead.
    lines = (
        [
            f"线段：95% 区间（{used}），即同样做法可能出现的范围",
            "Lines: 95% interval, what the same practice might have given",
        ]
        if used
        else []
    )
    return [*lines, *left_out(lacking)]


def left_out(lacking: int, zh: str = "份报告", en: str = "report", rest: str = "") -> list[str]:
    """How many reports, or blocks of them, could not enter; nothing where all could."""
    if not lacking:
        return []
    return [
        f"未计入 {lacking} {zh}：缺数或勾稽不符",
        f"Left out {number_of(lacking, en, rest)}: a figure is missing or does not add up",
    ]


def number_of(count: int, noun: str, rest: str = "") -> str:
    """``count`` and an English noun in its number, then what follows the noun: 1 report, 2 blocks of reports."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}{rest}"


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, a Chinese character counting two; Latin words stay whole."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and _columns(line + piece.rstrip()) > width and piece[0] not in _NO_LINE_STARTS_WITH:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Characters of Chinese one by one, anything else up to and with its next space."""
    pieces: list[str] = []
    for character in text:
        joins = pieces and not _is_wide(character) and not _is_wide(pieces[-1][-1]) and not pieces[-1].endswith(" ")
        if joins:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _columns(text: str) -> int:
    return sum(2 if _is_wide(character) else 1 for character in text)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
