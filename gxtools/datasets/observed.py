"""The figures that real reports state, with their addresses: ``data/observed``."""

from __future__ import annotations

import polars as pl

from gxtools.bodies.rules import KINDS, LEVELS
from gxtools.datasets.shipped import verified


def observed(*, subject: str | None = None, level: str | None = None, kind: str | None = None) -> pl.DataFrame:
    """Figures stated in annual reports of 2005 to 2025, one row each; all, or those of a subject, a level or a kind.

    Columns: ``figure`` (id), ``set``, ``agency``, ``body``, ``level``, ``kind``, ``province``, ``region_code`` (as of
    the year), ``year``, ``subject``, ``value`` in ``unit`` (``count``, ``10k_cny``, ``percent``, ``score``),
    ``stated_value`` and ``stated_unit`` as printed, ``address`` or ``read_from``, the marks ``second_hand``,
    ``inferred``, ``part_of_year``, ``rounded``, ``doubted``, ``contradicted``, ``copy_of``, ``collected_level`` and the
    collector's ``note``. The codebook is ``data/observed/datapackage.json``.

    These are pages that were met, no sample: no share of them is a share of all bodies. Before you add figures up,
    leave out those with ``copy_of`` and ``part_of_year``, and look at ``contradicted``.
    Raises ``ValueError`` for a subject, level or kind that is not there, naming those that are or look alike.
    """
    frame = pl.read_parquet(verified("observed/figures.parquet"))
    if level is not None:
        _known(level, LEVELS, "level")
        frame = frame.filter(pl.col("level") == level)
    if kind is not None:
        _known(kind, KINDS, "kind")
        frame = frame.filter(pl.col("kind") == kind)
    if subject is not None:
        _known(subject, subjects()["subject"].to_list(), "subject")
        frame = frame.filter(pl.col("subject") == subject)
    return frame


def bodies() -> pl.DataFrame:
    """The bodies that state observed figures, one row each.

    ``body`` is the same over spellings and years, ``names`` lists what they were called and when, ``codes`` the codes
    of GB/T 2260 that were theirs, ``parent`` the government above.
    """
    return pl.read_parquet(verified("observed/bodies.parquet"))


def unmatched() -> pl.DataFrame:
    """The names that were matched with no body, one row each, with the ``reason``: nothing is matched by guess."""
    return pl.read_parquet(verified("observed/unmatched.parquet"))


def subjects() -> pl.DataFrame:
    """What the observed figures count, one row a subject: ``kind`` is ``cell``, ``total`` or ``own``."""
    return pl.read_parquet(verified("observed/subjects.parquet"))


def _known(value: str, allowed: list[str] | tuple[str, ...], what: str) -> None:
    if value in allowed:
        return
    near = [name for name in allowed if value in name or name.split(".")[-1] in value] if len(allowed) > 20 else allowed
    listed = ", ".join(list(near)[:20]) or "see gx.datasets.subjects()"
    raise ValueError(f"no {what} '{value}' among the observed figures; there are: {listed}")
