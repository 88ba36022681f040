"""A few cells out of those of a large corpus."""

from __future__ import annotations

import polars as pl

PLACE = ["table", "line", "column"]


def chosen_cells(cells: pl.LazyFrame, wanted: pl.DataFrame) -> pl.LazyFrame:
    """The cells whose place is one of ``wanted`` (``table``, ``line``, ``column``).

    What cannot be among them is dropped column by column first: a join on three columns of text costs far more.
    """
    near = [pl.col(name).is_in(wanted[name].unique().implode()) for name in reversed(PLACE)]
    return cells.filter(pl.all_horizontal(near)).join(wanted.lazy(), on=PLACE, how="semi", maintain_order="left")
