"""The same change at a break asked every defensible way, over stated figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import polars as pl

from gxtools.datasets import bodies, observed
from gxtools.forms import forms
from gxtools.forms.measure_definitions import Definition
from gxtools.forms.stated_measures import stated_measures
from gxtools.measures.arguments import known
from gxtools.measures.stated import Asked, asked
from gxtools.measures.stated_change import stated_change, stated_influence
from gxtools.measures.stated_sums import BODY_YEAR, LEFT_OUT, MARKS, subjects_behind

# A body, its government, that of the city, of the province: no body has more above it.
_TIERS = 4


class Choice(NamedTuple):
    """One way to ask: what it is called, and the arguments that differ."""

    id: str
    zh: str
    en: str
    changed: dict[str, Any]


def stated_sensitivity(
    id: str,
    definition: str | None = None,
    *,
    against: str | None = None,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    at: str | None = None,
) -> pl.DataFrame:
    """``stated_change`` with one choice changed at a time: the usual one first, then rows for every other.

    Columns: ``choice``, ``zh``, ``en`` (what was changed) and those of ``stated_change``. The choices: all figures and
    first-hand ones only; denominators of at least 0, 20, 100; the year before the break against the year of it;
    governments only, and all others; without bodies whose superior is met in the same year (its total may hold theirs);
    every other definition whose measure ``against`` has one of the same name; without the body of most influence. The
    range is of choices, not of chance: no interval covers it.
    """
    options = asked(id, definition, least=least, leave_out=leave_out, at=at)
    rows = _restricted(figures, years, [id, *([against.partition(":")[0]] if against else [])])
    usual: dict[str, Any] = {
        "definition": options.definition.id,
        "against": against,
        "figures": rows,
        "least": least,
        "leave_out": leave_out,
        "at": at,
    }
    frames = [
        stated_change(id, **(usual | choice.changed)).select(
            pl.lit(choice.id).alias("choice"), pl.lit(choice.zh).alias("zh"), pl.lit(choice.en).alias("en"), pl.all()
        )
        for choice in _choices(id, usual, options)
    ]
    return pl.concat(frames)


def outermost(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures of body-years without those whose superior states something of the same subject in that year."""
    above = bodies().select("body", "parent")
    chain = above.rename({"parent": "superior"}).drop_nulls()
    for _ in range(_TIERS - 1):
        further = chain.join(above, left_on="superior", right_on="body").select("body", superior="parent").drop_nulls()
        chain = pl.concat([chain, further]).unique()
    stated = figures.select(superior="body", year="year", subject="subject").drop_nulls().unique()
    inside = chain.join(stated, on="superior").select(*BODY_YEAR, "subject").unique()
    return figures.join(inside, on=[*BODY_YEAR, "subject"], how="anti", maintain_order="left")


def _restricted(figures: pl.DataFrame | None, years: Iterable[int] | None, ids: Sequence[str]) -> pl.DataFrame:
    """The figures of these years that any definition of the measures may need."""
    form = forms().all[-1]
    measures = stated_measures(forms())
    subjects = subjects_behind([d for id in ids for d in measures[known("against", id, measures)].definitions], form)
    rows = (observed() if figures is None else figures).filter(pl.col("subject").is_in(sorted(subjects)))
    return rows if years is None else rows.filter(pl.col("year").is_in(list(years)))


def _choices(id: str, usual: dict[str, Any], options: Asked) -> list[Choice]:
    figures = usual["figures"]
    kinds = pl.col("kind") == "government"
    choices = [
        Choice("usual", "通常口径", "as usual", {}),
        Choice("all_figures", "存疑数字一并计入", "doubted figures too", {"leave_out": ()}),
        Choice("first_hand", "只计机关自己网站所载", "first-hand pages only", {"leave_out": MARKS}),
        *(
            Choice(f"least_{n}", f"分母至少 {n}", f"denominators of {n} and more", {"least": n})
            for n in (0, 20, 100)
            if n != usual["least"]
        ),
        Choice("governments", "只计人民政府", "governments only", {"figures": figures.filter(kinds)}),
        Choice("others", "只计部门及其他", "all but governments", {"figures": figures.filter(~kinds)}),
        Choice(
            "outermost",
            "剔除上级同年亦在列者",
            "without bodies whose superior is in",
            {"figures": outermost(figures)},
        ),
    ]
    if options.at is not None:
        year = options.at.year
        near = figures.filter(pl.col("year").is_in([year - 1, year]))
        choices.append(
            Choice("near", f"只比 {year - 1} 与 {year} 年", f"{year - 1} and {year} only", {"figures": near})
        )
    choices += _definitions(usual, options.measure.definitions)
    weightiest = stated_influence(id, **usual).filter(pl.col("design") == "all_bodies").drop_nulls("ratio_without")
    if weightiest.height:
        body, agency = weightiest.select("body", "agency").row(0)
        without = {"figures": figures.filter(pl.col("body").ne_missing(body))}
        choices.append(Choice("without", f"不计{agency}", f"without {agency}", without))
    return choices


def _definitions(usual: dict[str, Any], definitions: Sequence[Definition]) -> list[Choice]:
    """Every other definition, the measure beside it counted by the one of the same name."""
    found = []
    for definition in definitions:
        if definition.id == usual["definition"]:
            continue
        changed = {"definition": definition.id}
        if usual["against"]:
            other = usual["against"].partition(":")[0]
            changed["against"] = f"{other}:{definition.id}"
        found.append(Choice(definition.id, definition.zh, definition.en, changed))
    return found
