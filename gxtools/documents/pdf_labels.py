"""Labels beside figures in tables without lines: which of their lines belong to which row of figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxtools.documents.pdf_layout import TextRow
from gxtools.documents.pdf_paragraphs import NUMBERED

# Of the font's size: lines of one label follow each other so closely; its middle is as near to its figures' line; a
# label reaches so far over another column, or a little less; the lines of a label of two are no farther from its row.
_LINE, _LEVEL, _EDGE, _BESIDE = 1.9, 0.35, 0.2, 1.0
# Of the texts beside the figures: so many may stand in both of two columns, as labels without a group do.
_CROSSING = 0.4
_FEWEST = 2


class Text(NamedTuple):
    """A text and where it stands in its line."""

    text: str
    left: float
    right: float
    base: float
    row: TextRow


class Labels(NamedTuple):
    """The label of each row of figures; what stands ``above`` the first, and ``alone`` as the names of groups do."""

    of_rows: list[str]
    above: list[Text]
    alone: list[Text]


# The first text of a row's label and the one after its last, by their places.
_Run = tuple[int, int]
_Finder = Callable[[Sequence[Text], float, Sequence[float], float], _Run | None]


def split_groups(texts: Sequence[Text], rows: Sequence[float], size: float) -> tuple[list[Text], list[Text]]:
    """Texts left of the labels, as the names of groups stand, and the labels; ``rows`` are the lines of the figures."""
    best: list[Text] = []
    slack = _EDGE * size
    for at in {text.left for text in texts}:
        before = [text for text in texts if text.right <= at + slack]
        across = [text for text in texts if text.left < at - slack and text.right > at + slack]
        beside = [text for text in texts if text.right > at + slack]
        few = len(across) <= _CROSSING * len(texts) and len(before) <= len(beside)
        if few and len(before) >= _FEWEST:
            groups = [
                text
                for item in _items([*before, *across], size)
                if not any(text in across for text in item) and not _is_label(item, rows, texts, size)
                for text in item
            ]
            best = max(best, groups, key=len)
    return best, [text for text in texts if text not in best]


def _items(texts: Sequence[Text], size: float) -> list[list[Text]]:
    """Texts with those that follow them in their place as the lines of one, from the top."""
    items: list[list[Text]] = []
    for text in sorted(texts, key=lambda text: text.base):
        item = next((item for item in items if _follows(item[-1], text, size)), None)
        if item is None:
            items.append(item := [])
        item.append(text)
    return items


def _is_label(item: Sequence[Text], rows: Sequence[float], texts: Sequence[Text], size: float) -> bool:
    """Whether a text stands on the line of a row of figures beside which no other follows it to the right."""
    first, last = item[0].base - _LEVEL * size, item[-1].base + _LEVEL * size
    end = max(text.right for text in item) - _EDGE * size
    own = [text.base for text in texts if text.left >= end]
    return any(first <= row <= last and not any(abs(base - row) <= _BESIDE * size for base in own) for row in rows)


def stacked(texts: Sequence[Text], size: float) -> list[Text]:
    """Texts whose lines follow each other in one place as one each, at the height of their middle, from the top."""
    found = [
        Text("".join(t.text for t in s), s[0].left, s[0].right, (s[0].base + s[-1].base) / 2, s[0].row)
        for s in _items(texts, size)
    ]
    return sorted(found, key=lambda text: text.base)


def _follows(above: Text, below: Text, size: float) -> bool:
    near = below.base - above.base <= _LINE * size and not NUMBERED.match(below.text)
    return near and above.left < below.right and below.left < above.right


def labels_of_rows(texts: Sequence[Text], rows: Sequence[TextRow], size: float) -> Labels | None:
    """The label of each row of figures, given by their lines.

    The lines of a label stand around its figures' line, or begin on it. Null where some text fits no row and does not
    stand alone.
    """
    ordered = sorted(texts, key=lambda text: text.base)
    return _labels(ordered, rows, size, _around) or _labels(ordered, rows, size, _below)


def _around(texts: Sequence[Text], base: float, others: Sequence[float], size: float) -> _Run | None:
    """The longest run of lines whose middle is a row's line."""
    best: _Run | None = None
    for first, text in enumerate(texts):
        if text.base > base + _LEVEL * size:
            break
        for end in range(first + 1, len(texts) + 1):
            middle = (text.base + texts[end - 1].base) / 2
            if middle > base + _LEVEL * size or not _is_one(texts[first:end], others, size):
                break
            if middle >= base - _LEVEL * size and (best is None or end - first > best[1] - best[0]):
                best = first, end
    return best


def _below(texts: Sequence[Text], base: float, others: Sequence[float], size: float) -> _Run | None:
    """The lines from that on which a row's figures stand to the next label."""
    first = next((place for place, text in enumerate(texts) if abs(text.base - base) <= _LEVEL * size), None)
    if first is None:
        return None
    end = first + 1
    while end < len(texts) and _is_one(texts[first : end + 1], others, size):
        end += 1
    return first, end


def _is_one(texts: Sequence[Text], others: Sequence[float], size: float) -> bool:
    """Whether lines may be one label: they follow closely, none begins another one, none stands beside another row."""
    upper, last = texts[-2:] if len(texts) > 1 else (texts[0], texts[0])
    apart = last.base - upper.base
    on_line = apart <= _LEVEL * size and (upper.right <= last.left or last.right <= upper.left)
    if apart > _LINE * size or (len(texts) > 1 and not on_line and NUMBERED.match(last.text)):
        return False
    return not any(abs(last.base - other) <= _LEVEL * size for other in others)


def _labels(texts: Sequence[Text], rows: Sequence[TextRow], size: float, find: _Finder) -> Labels | None:
    """The labels as a finder finds them page by page; one that a page cuts goes on at the top of the next."""
    found: list[list[Text]] = []
    above: list[Text] = []
    alone: list[Text] = []
    pages = sorted({row.page for row in rows} | {text.row.page for text in texts})
    for page in pages:
        own = [text for text in texts if text.row.page == page]
        bases = [row.base for row in rows if row.page == page]
        runs = [find(own, base, [*bases[:place], *bases[place + 1 :]], size) for place, base in enumerate(bases)]
        whole = [run for run in runs if run is not None]
        goes_on = page != pages[-1]
        if not all(runs[:-1] if goes_on else runs) or any(end > start for (_, end), (start, _) in pairwise(whole)):
            return None
        lead, tail = (whole[0][0], whole[-1][1]) if whole else (len(own), len(own))
        rest = lead
        if found:
            rest = _rest(own[:lead], size, begins=not found[-1])
            found[-1] = [*found[-1], *own[:rest]]
        else:
            above = list(own[:lead])
        found += [list(own[first:end]) for first, end in whole]
        found += [[]] * (len(bases) - len(whole))
        ends = tail + _rest(own[tail:], size, begins=len(whole) < len(bases)) if goes_on and whole else tail
        if ends > tail:
            found[-1] = [*found[-1], *own[tail:ends]]
        taken = {place for first, end in [(0, rest), *whole, (tail, ends)] for place in range(first, end)}
        if not _stand_alone(own, taken, size):
            return None
        alone += (text for place, text in enumerate(own) if place not in taken)
    if len(found) != len(rows) or not all(found):
        return None
    return Labels(["".join(text.text for text in label) for label in found], above, alone)


def _rest(texts: Sequence[Text], size: float, *, begins: bool) -> int:
    """How many of the texts at the edge of a page go on a label that it cuts, or are it in full where it ``begins``."""
    count = 0
    for text in texts:
        near = not count or text.base - texts[count - 1].base <= _LINE * size
        if not near or (NUMBERED.match(text.text) and not (begins and not count)):
            break
        count += 1
    return count


def _stand_alone(texts: Sequence[Text], taken: set[int], size: float) -> bool:
    """Whether no text that is not taken may be a line of a label beside it."""
    for place, (upper, lower) in enumerate(pairwise(texts)):
        split = (place in taken) != (place + 1 in taken)
        if split and lower.base - upper.base <= _LINE * size and not NUMBERED.match(lower.text):
            return False
    return True
