"""Checks: every rule that the forms promise, held against frames -> ``problems``. Nothing here repairs a figure."""

from __future__ import annotations

import polars as pl

from gxtools.checks.copies import copied_prose, figures_of_last_year
from gxtools.checks.outliers import implausible_figures
from gxtools.checks.parents import check_parents
from gxtools.checks.promises import promises
from gxtools.checks.prose import figures_without_prose
from gxtools.checks.screen import plainly_sound
from gxtools.checks.shared_figures import figures_of_other_bodies
from gxtools.checks.single_cells import blank_cells, repeated_figures, signs
from gxtools.checks.statements import differing_claims
from gxtools.checks.sums import broken_and_undecided
from gxtools.checks.vintages import mismatched_forms
from gxtools.checks.years import check_years
from gxtools.forms import Forms

__all__ = ["check_corpus", "check_reports", "plainly_sound"]


def check_reports(
    reports: pl.DataFrame, cells: pl.DataFrame, claims: pl.DataFrame, sections: pl.DataFrame, forms: Forms
) -> pl.DataFrame:
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
            figures_without_prose(cells, sections, forms),
        ]
    )


def check_corpus(reports: pl.DataFrame, cells: pl.LazyFrame, sections: pl.LazyFrame, forms: Forms) -> pl.DataFrame:
    """Every rule between reports: years of one body, a government and its bodies, outliers, copies.

    Takes frames as declared, the large ones lazily: only what a rule names of them is collected. Gives ``problems``
    that stand with the later report, or with the government's. Nothing for a single report, or one without neighbours.
    """
    return pl.concat(
        [
            check_years(reports, cells, forms),
            check_parents(reports, cells, sections, forms),
            implausible_figures(reports, cells, forms),
            figures_of_last_year(reports, cells, forms),
            figures_of_other_bodies(reports, cells, forms),
            copied_prose(reports, sections),
        ]
    )
