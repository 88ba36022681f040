"""The chart of an explorer in the browser, drawn without a network; it tells which mark was clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import traitlets

from gxtools.explore.column_chart import no_chart
from gxtools.explore.picking import FIELD, PICKED, Spec, pickable
from gxtools.explore.words import NONE

EMBED = {"renderer": "svg", "actions": {"export": True, "source": False, "compiled": False, "editor": False}}


class Drawing(alt.JupyterChart):
    """Shows specifications one after the other; ``clicked`` gets the number of the row whose mark was clicked."""

    def __init__(self, clicked: Callable[[int], None]) -> None:
        alt.JupyterChart.enable_offline()
        self._clicked = clicked
        super().__init__(no_chart(NONE), embed_options=EMBED)

    def show(self, spec: Spec, dataset: str) -> None:
        """Show ``spec``; what is drawn of the rows of ``dataset`` answers to a click, nothing where it has no name."""
        with self.hold_sync():
            self.spec = pickable(spec, dataset) if dataset else spec
            self._vl_selections = {PICKED: {"value": None, "store": []}} if dataset else {}

    @traitlets.observe("_vl_selections")
    def _on_change_selections(self, change: dict[str, Any]) -> None:
        """The browser tells the selection when it changes, and an empty one when it has drawn anew."""
        told = change["new"].get(PICKED, {})
        rows = (told.get("value") or {}).get(FIELD, [])
        if rows and told != change["old"].get(PICKED):
            self._clicked(int(rows[0]))
