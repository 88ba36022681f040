"""What stands above the elements of a page, found by going up the page once, however deep it is nested."""

from __future__ import annotations

from collections.abc import Callable

from turbohtml import Element, Node


class Above:
    """Gives the nearest element above another that is as ``wanted``; null where there is none.

    The library's own way, ``closest``, goes up anew from every element: minutes on a page nested without end.
    """

    def __init__(self, wanted: Callable[[Element], bool]) -> None:
        self._wanted = wanted
        self._known: dict[Element, Element | None] = {}

    def __call__(self, node: Node) -> Element | None:
        passed: list[Element] = []
        above, found = node.parent, None
        while isinstance(above, Element):
            if self._wanted(above):
                found = above
                break
            if above in self._known:
                found = self._known[above]
                break
            passed.append(above)
            above = above.parent
        self._known.update(dict.fromkeys(passed, found))
        return found
