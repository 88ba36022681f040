"""A chart that says in words that there is nothing to show, and why; never an empty frame."""

from __future__ import annotations

import altair as alt

from gxtools.charts.captions import SIMULATED, is_simulated, number_of, title, wrapped
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at, y_at
from gxtools.charts.inline import inline
from gxtools.charts.theme import FAINT
from gxtools.measures import HasFrames, Selection

WIDTH = 520


def nothing(
    corpus: HasFrames, zh: str, en: str, name: str, lacking: int, otherwise: tuple[str, str] | None = None
) -> Drawn:
    """The chart in place of one titled ``zh`` / ``en``; ``lacking`` reports could not enter it.

    ``otherwise`` says in both languages what is wanting where reports were read and none lacks a figure.
    """
    why = _why(corpus, lacking, otherwise)
    return in_words(zh, en, name, *why, [SIMULATED] if is_simulated(corpus) else [])


def in_words(zh: str, en: str, name: str, why_zh: str, why_en: str, caption: list[str]) -> Drawn:
    """The chart in place of one titled ``zh`` / ``en`` that says why it has nothing to show."""
    lines = [*wrapped(why_zh, 76), *wrapped(why_en, 76)]
    drawn = (
        alt.Chart(inline([{"text": why_en}], name))
        .mark_text(text=lines, align="left", lineHeight=20, fontSize=13, color=FAINT)
        .encode(x=x_at(0), y=y_at(30))
        .properties(width=WIDTH, height=80)
    )
    return finished(drawn, title(zh, en, caption, WIDTH), f"{zh} {en}: {why_zh} {why_en}")


def _why(corpus: HasFrames, lacking: int, otherwise: tuple[str, str] | None) -> tuple[str, str]:
    documents, read = corpus.reports.height, corpus.reports["error"].null_count()
    if documents == 0 and isinstance(corpus, Selection):
        return "没有可显示的内容：没有报告符合所选条件。", "Nothing to show: no report fits what was chosen."
    if documents == 0:
        return "没有可显示的内容：未载入任何报告。", "Nothing to show: no report was loaded."
    if read == 0:
        return (
            f"没有可显示的内容：{documents} 份文件均未能读取，原因见 reports 的 error 列。",
            f"Nothing to show: none of {number_of(documents, 'document')} could be read; column error of reports says "
            "why.",
        )
    if lacking:
        return (
            f"没有可显示的内容：{read} 份报告所需的数字缺失或勾稽不符，详见 problems。",
            f"Nothing to show: in {number_of(read, 'report')} a needed figure is missing or does not add up; see "
            "problems.",
        )
    if otherwise:
        return f"没有可显示的内容：{otherwise[0]}", f"Nothing to show: {otherwise[1]}"
    return (
        f"没有可显示的内容：{read} 份报告中相应件数均为零。",
        f"Nothing to show: the cases in question number zero in {number_of(read, 'report')}.",
    )
