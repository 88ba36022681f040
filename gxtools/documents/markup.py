"""Whether characters are a page, told by their tags and by nothing else."""

from __future__ import annotations

import re

# A page shows by one tag of a page's frame or of a table, or by several of its text; Markdown may hold a <br> or two.
_FRAME_TAG = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|frameset|table|tbody|tr|td)(?:\s[^<>]*)?>)", re.I)
_TEXT_TAG = re.compile(r"</?(?:div|p|meta|link|ul|ol|li|h[1-6]|span|font|a)(?:\s[^<>]*)?/?>", re.I)
_TEXT_TAGS_OF_A_PAGE = 3


def is_page(text: str) -> bool:
    """Whether a text is a page or a part of one."""
    if "<" not in text:
        return False
    if _FRAME_TAG.search(text):
        return True
    tags = _TEXT_TAG.finditer(text)
    return all(next(tags, None) for _ in range(_TEXT_TAGS_OF_A_PAGE))
