"""What a corpus shows of its forms: which it is printed in, which breaks it spans, and what may be joined over them."""

from __future__ import annotations

import polars as pl

from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.forms.crosswalk import crosswalk
from gxtools.measures import definition_of, joinable


def forms(corpus: Corpus) -> tuple[Finding, ...]:
    """The forms at hand, what became of the lines of the 2014 table, and what may be joined over each break."""
    return (_held(corpus), _lines(corpus), *_measures(corpus))


def _held(corpus: Corpus) -> Finding:
    held = corpus.reports.drop_nulls("form").group_by("form").agg(count=pl.len()).sort("form").rows()
    if not held:
        return Finding(
            "所读文件中没有国家统一格式的报告，以下只说格式本身。",
            "No document at hand is in a national form; what follows is of the forms alone.",
        )
    if len(held) == 1:
        form, count = held[0]
        return Finding(
            f"所读 {count} 份报告同为 {form} 年格式，年度之间不隔格式变化。",
            f"All {count} reports at hand are in the form of {form}: no change of form lies between their years."
            if count > 1
            else f"The one report at hand is in the form of {form}: no change of form lies within it.",
        )
    zh = "、".join(f"{form} 年格式 {count} 份" for form, count in held)
    en = ", ".join(f"{count} in that of {form}" for form, count in held)
    return Finding(
        f"所读报告用了 {len(held)} 种格式：{zh}；跨格式的升降先看是不是格式变了。",
        f"The reports at hand are in {len(held)} forms: {en}; a rise or fall across them may be the form's.",
    )


def _lines(corpus: Corpus) -> Finding:
    first, second = corpus.forms.all[:2]
    steps = [step for step in crosswalk(corpus.forms) if step.before == first.id]
    joins = {cell for step in steps if step.joins for cell in step.old}
    none = {cell for step in steps if not step.new for cell in step.old}
    return Finding(
        f"{first.id} 年统计表共 {len(first.cells)} 项，其中 {len(joins)} 项可以接到 {second.id} 年格式，"
        f"{len(none)} 项再无对应，其余口径交叉，不能直接相连。",
        f"Of the {len(first.cells)} lines of the {first.id} table {len(joins)} may be joined to the form of "
        f"{second.id}, {len(none)} have no successor, and the others overlap and do not join.",
    )


def _measures(corpus: Corpus) -> tuple[Finding, ...]:
    """For every break: how many measures may be joined over it, and how the disclosure rate stands."""
    found = joinable(corpus)
    own, _ = definition_of(corpus, "disclosure_rate")
    said = []
    for at in own.breaks:
        rows = found.filter(pl.col("break") == at.id, pl.col("verdict") != "none")
        count = {verdict: rows.filter(verdict=verdict).height for verdict in _PARTS}
        parts = [(zh, en, count[verdict]) for verdict, (zh, en) in _PARTS.items() if count[verdict]]
        zh = "，".join(f"{number} 项{text}" for text, _, number in parts)
        en = ", ".join(f"{number} {text}" for _, text, number in parts)
        zh_rate, en_rate = _RATE[rows.filter(id="disclosure_rate")["verdict"][0]]
        said.append(
            Finding(
                f"跨 {at.year} 年断点，{rows.height} 项指标中，{zh}；{zh_rate}。",
                f"Across the break of {at.year}, of {rows.height} measures {en}; {en_rate}.",
            )
        )
    return tuple(said)


_PARTS = {
    "joined": ("可以接续", "may be joined"),
    "care": ("算法相同但须慎接", "keep their definition and are joined with care"),
    "bridge": ("须搭桥", "need a bridge"),
    "no": ("不可接续", "must not be joined"),
}
_RATE = {
    "joined": ("公开率可以接续", "the disclosure rate may be joined"),
    "care": ("公开率可接，但须注明格式已变", "the disclosure rate may be joined if the change of form is named"),
    "bridge": (
        "公开率须另加“已主动公开”一项才可比",
        "the disclosure rate compares only if what was already public is added",
    ),
    "no": ("公开率不可接续", "the disclosure rate must not be joined"),
}
