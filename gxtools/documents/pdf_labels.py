"""Labels beside figures in tables without lines: which of their lines belong to which row of figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gxtools.documents.pdf_layout import TextRow
from gxtools.documents.pdf_paragraphs import NUMBERED

# Of the font's size: lines of one label follow each other so closely; its middle is as near to its figures' line; a
# label reaches so far over another column, or a little less.
_LINE, _LEVEL, _EDGE = 1.9, 0.35, 0.2
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


def split_groups(texts: Sequence[Text], size: float) -> tuple[list[Text], list[Text]]:
    """Texts left of the labels, as the names of groups stand, and the labels."""
    best: tuple[list[Text], list[Text]] = ([], list(texts))
    slack = _EDGE * size
    for at in {text.left for text in texts}:
        before = [text for text in texts if text.right <= at + slack]
        across = [text for text in texts if text.left < at - slack and text.right > at + slack]
        beside = [text for text in texts if text.right > at + slack]
        few = len(across) <= _CROSSING * len(texts) and len(before) <= len(beside)
        if few and len(before) > max(_FEWEST - 1, len(best[0])):
            best = before, beside
    return best


def stacked(texts: Sequence[Text], size: float) -> list[Text]:
    """Texts whose lines follow each other in one place as one each, at the height of their middle, from the top."""
    stacks: list[list[Text]] = []
    for text in sorted(texts, key=lambda text: text.base):
        stack = next((s for s in stacks if _follows(s[-1], text, size)), None)
        if stack is None:
            stacks.append(stack := [])
        stack.append(text)
    found = [
        Text("".join(t.text for t in s), s[0].left, s[0].right, (s[0].base + s[-1].base) / 2, s[0].row) for s in stacks
    ]
    return sorted(found, key=lambda text: text.base)


def _follows(above: Text, below: Text, size: float) -> bool:
    return below.base - above.base <= _LINE * size and above.left < below.right and below.left < above.right


def split_alone(texts: Sequence[Text], rows: Sequence[TextRow], size: float) -> tuple[list[Text], list[Text]]:
    """Texts far from every other and from every row of figures, as the name of a group above its lines; the rest."""
    bases = sorted([*(text.base for text in texts), *(row.base for row in rows)])
    first = rows[0].base

    def is_alone(text: Text) -> bool:
        place = bisect_left(bases, text.base)
        near = [*bases[max(0, place - 1) : place], *bases[place + 1 : place + 2]]
        return text.base > first and all(abs(base - text.base) > _LINE * size for base in near)

    alone = [text for text in texts if is_alone(text)]
    return alone, [text for text in texts if text not in alone]


def labels_of_rows(texts: Sequence[Text], rows: Sequence[TextRow], size: float) -> tuple[list[Text], list[str]] | None:
    """What stands above the first row's label, and the label of each row of figures, given by their lines.

    The lines of a label stand around its figures' line, or begin on it. Null where some line fits no row.
    """
    ordered = sorted(texts, key=lambda text: text.base)
    return _around(ordered, rows, size) or _below(ordered, [row.base for row in rows], size)


def _around(texts: Sequence[Text], rows: Sequence[TextRow], size: float) -> tuple[list[Text], list[str]] | None:
    """Labels that stand around the lines of their figures, evenly above and below; one that a page cuts as it comes."""
    above: list[Text] = []
    labels: list[list[Text]] = []
    cut = False
    for page in sorted({row.page for row in rows}):
        own = [text for text in texts if text.row.page == page]
        skipped, found, rest = _around_on_page(own, [row.base for row in rows if row.page == page], size)
        if skipped and not cut and labels:
            return None
        (labels[-1] if cut else above).extend(skipped)
        if not all(found[:-1]) or (rest and NUMBERED.match(rest[0].text) and found[-1]):
            return None
        cut = bool(rest) or not found[-1]
        labels += found
        labels[-1].extend(rest)
    if cut or len(texts) != len(above) + sum(map(len, labels)):
        return None
    return above, ["".join(text.text for text in label) for label in labels]


def _around_on_page(
    texts: Sequence[Text], rows: Sequence[float], size: float
) -> tuple[list[Text], list[list[Text]], list[Text]]:
    """What stands above the first label, the lines of each row's label, none where they are not evenly around it, and
    what is left.
    """
    labels: list[list[Text]] = []
    start = skipped = 0
    for place, base in enumerate(rows):
        run = None
        for first in range(start, len(texts)) if place == 0 else (start,):
            run = run or _centred(texts, first, base, size)
        if run is None:
            labels.append([])
            break
        first, end = run
        skipped = skipped or (first if place == 0 else 0)
        labels.append(list(texts[first:end]))
        start = end
    labels += ([] for _ in range(len(rows) - len(labels)))
    return list(texts[:skipped]), labels, list(texts[start:])


def _centred(texts: Sequence[Text], first: int, base: float, size: float) -> tuple[int, int] | None:
    """The lines from one on whose middle is a row's line."""
    for end in range(first + 1, len(texts) + 1):
        run = texts[first:end]
        if any(below.base - upper.base > _LINE * size for upper, below in pairwise(run)):
            return None
        middle = (run[0].base + run[-1].base) / 2
        if abs(middle - base) <= _LEVEL * size:
            return first, end
        if middle > base:
            return None
    return None


def _below(texts: Sequence[Text], rows: Sequence[float], size: float) -> tuple[list[Text], list[str]] | None:
    """Labels that begin on the lines of their figures."""
    starts = [
        next((i for i, text in enumerate(texts) if abs(text.base - base) <= _LEVEL * size), None) for base in rows
    ]
    places = [start for start in starts if start is not None]
    if len(places) < len(rows) or not places:
        return None
    labels: list[str] = []
    for start, end in zip(places, [*places[1:], len(texts)], strict=True):
        run = texts[start:end]
        if any(below.base - upper.base > _LINE * size for upper, below in pairwise(run)):
            return None
        labels.append("".join(text.text for text in run))
    return list(texts[: places[0]]), labels
