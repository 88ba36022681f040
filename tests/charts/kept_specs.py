"""What tests read back from a specification: its named rows, its title, its caption."""

from __future__ import annotations

import json
from typing import Any

import vl_convert

VERSIONS = ("5.8", "6.4")


def named(node: Any) -> dict[str, list[dict[str, Any]]]:
    """Every named data set of a specification by its name."""
    if isinstance(node, list):
        return {name: rows for item in node for name, rows in named(item).items()}
    if not isinstance(node, dict):
        return {}
    own = {node["data"]["name"]: node["data"]["values"]} if "values" in node.get("data", {}) else {}
    return own | {name: rows for key, item in node.items() if key != "data" for name, rows in named(item).items()}


def rows(spec: dict[str, Any], start: str) -> list[dict[str, Any]]:
    """The rows of the one data set whose name begins so, other than limits, breaks and change points."""
    (found,) = (values for name, values in named(spec).items() if name.startswith(start) and "limits" not in name)
    return found


def caption(spec: dict[str, Any]) -> str:
    """The caption as one text."""
    return " ".join(spec["title"]["subtitle"])


def assert_kept(spec: dict[str, Any]) -> None:
    """What every chart owes: both languages, words for those who do not see it, no loose data, both Vega-Lites."""
    text = json.dumps(spec, ensure_ascii=False)
    assert "datasets" not in spec
    for told in (spec["title"]["text"], spec["description"]):
        assert any("\u4e00" <= c <= "\u9fff" for c in told)
        assert any(c.isascii() and c.isalpha() for c in told)
    for version in VERSIONS:
        assert vl_convert.vegalite_to_svg(text, vl_version=version).startswith("<svg")
