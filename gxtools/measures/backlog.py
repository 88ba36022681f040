"""Backlog: what four yearly totals prove about waiting, as bounds, and what they only suggest."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.forms.measure_definitions import Definition
from gxtools.forms.terms import parse_terms
from gxtools.measures.arguments import checked_by
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import definition_of
from gxtools.measures.sums import report_sums
from gxtools.measures.terms import composition_terms

_FLOWS = ("received", "carried_in", "handled", "carried_out")
_BOUNDS = ("same_year_low", "same_year_high", "over_a_year_low", "over_a_year_high")


def waiting(corpus: HasFrames, by: Sequence[str] = ("year",)) -> pl.DataFrame:
    """One row for every group of ``by``: the four totals and what follows from them with certainty.

    Columns: ``by``; ``received`` R, ``carried_in`` I, ``handled`` H, ``carried_out`` O; of those received how many
    were closed in the same year, ``same_year_low`` = max(0, H - I) to ``same_year_high`` = min(R, H); of those carried
    in how many are carried out again, so open for more than a year, ``over_a_year_low`` = max(0, O - R) to
    ``over_a_year_high`` = min(I, O); ``mean_days`` = 365 (I + O) / (R + H); ``bodies``, ``cells_lacking``,
    ``definition``.

    Source: the identity of the form. The bounds follow from R + I = H + O, report by report, and are added up; they
    cannot be narrowed without dates. ``mean_days`` is Little's law (Operations Research 9 (1961) 383-387) with the mean
    of both stocks: an estimate that holds if requests come and go evenly, and no bound. A report whose balance is
    broken, or that lacks one of the four, enters nothing. Assumes that what a body carries in it carried out, which
    ``carry_over`` of the checks tests. Not for lateness: open is not late, the legal time stops while an applicant
    supplements or a third party is asked.
    """
    keys = checked_by(by)
    forms = forms_of(corpus)
    serving = definition_of(corpus, "clearance_rate")[1].forms
    parts = parse_terms(" + ".join(f"requests.{flow}.total" for flow in _FLOWS))
    flows = Definition("flows", "", "", serving, (), (), parts, None, "")
    sums = report_sums(corpus, composition_terms(flows, forms), forms)
    one = [pl.col("numerator").filter(pl.col("part_line") == flow).first().alias(flow) for flow in _FLOWS]
    reports = sums.group_by("report", maintain_order=True).agg(
        *(pl.col(key).first() for key in {"body": None, **dict.fromkeys(keys)} if key != "report"),
        *one,
        entered=pl.col("entered").all(),
    )
    received, carried_in, handled, carried_out = (pl.col(flow) for flow in _FLOWS)
    bounded = reports.with_columns(
        same_year_low=(handled - carried_in).clip(0),
        same_year_high=pl.min_horizontal(received, handled),
        over_a_year_low=(carried_out - received).clip(0),
        over_a_year_high=pl.min_horizontal(carried_in, carried_out),
    ).with_columns(pl.when("entered").then(pl.col(name)).alias(name) for name in (*_FLOWS, *_BOUNDS))
    summed = [pl.when(pl.col("entered").any()).then(pl.col(name).sum()).alias(name) for name in (*_FLOWS, *_BOUNDS)]
    moved = received + handled
    return (
        bounded.with_columns(whole=pl.lit(0))
        .group_by("whole", *keys, maintain_order=True)
        .agg(
            *summed,
            bodies=pl.col("body").filter("entered").n_unique().cast(pl.Int64),
            cells_lacking=(~pl.col("entered")).sum().cast(pl.Int64),
        )
        .with_columns(
            mean_days=pl.when(moved > 0).then(365 * (carried_in + carried_out) / moved).round_sig_figs(DIGITS)
        )
        .sort("whole", *keys, nulls_last=True)
        .with_columns(definition=named(corpus, pl.lit("waiting")))
        .select(*keys, *_FLOWS, *_BOUNDS, "mean_days", "bodies", "cells_lacking", "definition")
    )
