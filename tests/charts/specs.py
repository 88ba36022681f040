"""What the tests of charts read out of a specification."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import polars as pl
import vl_convert

from tests.measures.frames import Frames


def rows_of(chart: Any, name: str | None = None) -> list[dict[str, Any]]:
    """The rows of the chart's data of that name; without one of its first."""
    found = _named(chart.to_dict())
    return next(data["values"] for data in found if name in (None, data["name"]))


def _named(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in _named(item)]
    if not isinstance(node, dict):
        return []
    own = [node["data"]] if "values" in node.get("data", {}) and node["data"]["name"] != "reference" else []
    return own + [found for key, item in node.items() if key != "data" for found in _named(item)]


def is_drawn_by_both_versions(chart: Any) -> bool:
    """Whether Vega-Lite 5.8 and 6.4 draw it, with a text for those who do not see it and no data by hash."""
    spec = chart.to_dict()
    text = json.dumps(spec)
    drawn = all(vl_convert.vegalite_to_svg(text, vl_version=version).startswith("<svg") for version in ("5.8", "6.4"))
    return drawn and "datasets" not in spec and len(spec["description"]) > 20


def shuffled(frames: Frames) -> Frames:
    """The same frames in another order of rows."""
    return dataclasses.replace(
        frames,
        reports=frames.reports.sample(fraction=1, shuffle=True, seed=1),
        cells=frames.cells.sample(fraction=1, shuffle=True, seed=2),
    )


def simulated(frames: Frames) -> Frames:
    """The same frames under the mark of a simulation."""
    return dataclasses.replace(frames, reports=frames.reports.with_columns(simulated=pl.lit(True)))
