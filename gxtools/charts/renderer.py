"""Our Jupyter renderer: the specification under the MIME type that JupyterLab draws without a network, and its text.

Altair's own emits ``vnd.vegalite.v6.json``, which nbformat refuses and JupyterLab does not draw; the charts here use
what Vega-Lite 5.6 (JupyterLab's) and 6 share, so they say version 5. ``text/html`` beside it would win over it.
"""

from __future__ import annotations

from typing import Any

from gxtools.charts.iri_grammar import import_jsonschema

import_jsonschema()
import altair as alt  # noqa: E402  # it imports jsonschema

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
NAME = "gxtools"


def mimebundle(spec: dict[str, Any]) -> dict[str, Any]:
    """The outputs of a cell that shows ``spec``: the chart, and in words what it shows."""
    return {MIME: {**spec, "$schema": SCHEMA}, "text/plain": str(spec.get("description", "chart"))}


def register() -> None:
    """Make it the renderer of this process."""
    alt.renderers.register(NAME, mimebundle)
    alt.renderers.enable(NAME)
