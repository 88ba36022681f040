"""The texts of a chart where they stand once it is drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import vl_convert

from gxtools.charts.saving import VERSION


class Text(NamedTuple):
    """A text of one line or several, and the place of its anchor in points from the left and the top."""

    text: str
    x: float
    y: float


def texts_of(chart: Any) -> list[Text]:
    """Every text of ``chart`` as the program that saves pictures draws it."""
    drawn = vl_convert.vegalite_to_scenegraph(json.dumps(chart.to_dict()), vl_version=VERSION)
    return list(_texts(drawn["scenegraph"], 0, 0))


def _texts(node: dict[str, Any], x: float, y: float) -> Iterator[Text]:
    for item in node.get("items", []):
        right, down = x + item.get("x", 0), y + item.get("y", 0)
        if node.get("marktype") == "text" and item.get("text"):
            text = item["text"]
            # A text that is shifted stands where it was shifted to.
            shift = item.get("dx", 0), item.get("dy", 0)
            yield Text(text if isinstance(text, str) else "\n".join(text), right + shift[0], down + shift[1])
        yield from _texts(item, right, down)
