"""Layers that are not copied with every step of a chart's making."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt


class _Layers(alt.LayerChart):
    """A layered chart whose copies share its layers.

    Altair copies a chart before it changes one of its properties or writes it, and a layered one with all its layers,
    several times over: that is most of what a chart takes. Of a chart that is done no layer is changed any more.
    """

    def copy(self, deep: bool | Iterable[str] = True, ignore: list[str] | None = None) -> _Layers:
        other = object.__new__(_Layers)
        # What Altair names is to be changed in place.
        own = () if isinstance(deep, bool) else {name for name in deep if hasattr(self._kwds.get(name), "copy")}
        object.__setattr__(other, "_args", self._args)
        object.__setattr__(other, "_kwds", self._kwds | {name: self._kwds[name].copy() for name in own})
        return other


def layered(*layers: alt.Chart, **properties: Any) -> alt.LayerChart:
    """``alt.layer``, of layers that are done."""
    return _Layers(layer=list(layers), **properties)
