"""Reporting bodies: from an agency's name to its level, kind, province and region code."""

from __future__ import annotations

from gxtools.bodies.names import Body, province_name, resolve

__all__ = ["Body", "province_name", "resolve"]
