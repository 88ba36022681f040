"""What stands on every page and belongs to none: page marks, and lines repeated at the head or foot of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gxtools.documents.pdf_layout import Page, TextRow
from gxtools.figures import is_page_mark

_MARGIN = 0.12  # of a page's height: head and foot
_FAR = 1.5  # of the font's size: a page mark stands farther from the text
_BARE = re.compile(r"([0-9]{1,4})(?:\s*/\s*[0-9]{1,4})?")


def without_furniture(pages: Sequence[Page]) -> None:
    """Take page marks off the pages, and of the lines that several pages repeat in one place all but the first."""
    edges = [(page, row) for page in pages for row in page.items if isinstance(row, TextRow) and _is_at_edge(page, row)]
    counted = Counter(_offset(page, row) for page, row in edges)
    seen: set[tuple[str, int]] = set()
    dropped: set[int] = set()
    for page, row in edges:
        place = (row.text, round((row.base - page.top) / row.size))
        offset = _offset(page, row)
        numbered = offset is not None and (offset == 0 or counted[offset] > 1)
        if is_page_mark(row.text) or numbered or place in seen:
            dropped.add(id(row))
        seen.add(place)
    for page in pages:
        page.items = [item for item in page.items if id(item) not in dropped]


def _is_at_edge(page: Page, row: TextRow) -> bool:
    height = page.bottom - page.top
    return row.base < page.top + _MARGIN * height or row.base - row.size > page.bottom - _MARGIN * height


def _offset(page: Page, row: TextRow) -> int | None:
    """How far a number that stands alone, away from the rest of a page, is from the number of the page."""
    match = _BARE.fullmatch(row.text)
    if match is None:
        return None
    others = [item.base for item in page.items if isinstance(item, TextRow) and item is not row]
    others += [end for item in page.items if not isinstance(item, TextRow) for end in (item.ys[0], item.ys[-1])]
    far = all(abs(other - row.base) > _FAR * row.size for other in others)
    outermost = all(other < row.base for other in others) or all(other > row.base for other in others)
    return int(match[1]) - page.number if far and outermost else None
