"""The chart of an explorer in the browser, drawn without a network; it tells which mark was clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import traitlets

from gxtools.explore.column_chart import no_chart
from gxtools.explore.picking import FIELD, Spec, pickable
from gxtools.explore.words import NONE

EMBED = {"renderer": "svg", "actions": {"export": True, "source": False, "compiled": False, "editor": False}}


class Drawing(alt.JupyterChart):
    """Shows specifications one after the other; ``clicked`` gets the number of the chart and of the row clicked."""

    def __init__(self, clicked: Callable[[int, int], None]) -> None:
        alt.JupyterChart.enable_offline()
        self._clicked = clicked
        self._places: dict[str, int] = {}
        super().__init__(no_chart(NONE), embed_options=EMBED)

    def show(self, spec: Spec, datasets: Sequence[str]) -> None:
        """Show ``spec``; the rows of ``datasets``, one a chart, answer to a click."""
        places = [place for place, name in enumerate(datasets) if name]
        drawn, names = pickable(spec, [datasets[place] for place in places])
        self._places = dict(zip(names, places, strict=True))
        with self.hold_sync():
            self.spec = drawn
            self._vl_selections = {name: {"value": None, "store": []} for name in names}

    @traitlets.observe("_vl_selections")
    def _on_change_selections(self, change: dict[str, Any]) -> None:
        """The browser tells every selection whenever one changes, and empty ones when it has drawn anew."""
        for name, told in change["new"].items():
            rows = (told["value"] or {}).get(FIELD, [])
            if name in self._places and rows and told != change["old"].get(name):
                self._clicked(self._places[name], int(rows[0]))
