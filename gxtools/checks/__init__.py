"""Checks: every rule that the forms promise, held against frames -> ``problems``. Nothing here repairs a figure."""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import promises
from gxtools.checks.screen import plainly_sound
from gxtools.checks.single_cells import blank_cells, repeated_figures, signs
from gxtools.checks.statements import differing_claims
from gxtools.checks.sums import broken_and_undecided
from gxtools.checks.vintages import mismatched_forms
from gxtools.forms import Forms

__all__ = ["check_reports", "plainly_sound"]


def check_reports(reports: pl.DataFrame, cells: pl.DataFrame, claims: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """Every rule within single reports, vectorised over all of them.

    Takes frames as declared and gives ``problems`` without those of reading: errors and warnings where a rule does not
    hold, a notice where a lacking figure leaves it undecided. Order: by rule, within a rule by report.
    """
    if cells.is_empty():
        return broken_and_undecided(cells, promises(forms))
    held = promises(forms)
    return pl.concat(
        [
            broken_and_undecided(cells, held),
            blank_cells(cells, held),
            signs(cells, held),
            repeated_figures(cells, held),
            mismatched_forms(reports, cells, forms),
            differing_claims(claims, cells, forms),
        ]
    )
