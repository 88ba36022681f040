"""What an explorer may group reports by, and how many groups of them it shows."""

from __future__ import annotations

import polars as pl

from gxtools.explore.controls import BY
from gxtools.explore.panels import filtered
from gxtools.measures import Selection

MOST = 30
"""Most groups in a chart."""


def groupings(ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """The choices of a dropdown."""
    return [(BY[id], id) for id in ids]


def largest(selection: Selection, by: str, sizes: pl.DataFrame, most: int = MOST) -> tuple[Selection, str, str]:
    """The reports of the groups with the largest ``denominator`` in ``sizes``, as code too; in words what is left out.

    ``sizes`` has a row a group; of years the newest are kept. Nothing is left out of at most ``most`` groups.
    """
    if sizes.height <= most:
        return selection, "", ""
    if by == "year":
        shown, zh, en = sizes.sort(by, descending=True, nulls_last=True).head(most), "最近", "newest"
    else:
        ordered = sizes.sort("denominator", by, descending=[True, False], nulls_last=True)
        shown, zh, en = ordered.head(most), "分母最大", "with the largest denominators"
    told = (
        f"共 {sizes.height:,} 组，图中只列{zh}的 {most} 组；请用筛选缩小范围。 "
        f"Of {sizes.height:,} groups only the {most} {en} are drawn: narrow down to see others."
    )
    code = filtered([f'pl.col("{by}").is_in({shown[by].to_list()!r}, nulls_equal=True)'])
    return selection.filter(pl.col(by).is_in(shown[by].implode(), nulls_equal=True)), code, told
