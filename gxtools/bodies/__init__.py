"""Reporting bodies: from an agency's name to its level, kind, province and region code."""

from __future__ import annotations

from gxtools.bodies.identity import Identity, identify
from gxtools.bodies.lineages import above, full_name, last_of, lineage
from gxtools.bodies.names import Body, province_name, resolve
from gxtools.bodies.units import Unit, all_units

__all__ = [
    "Body",
    "Identity",
    "Unit",
    "above",
    "all_units",
    "full_name",
    "identify",
    "last_of",
    "lineage",
    "province_name",
    "resolve",
]
