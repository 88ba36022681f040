"""Heads of the columns in tables without lines: what of the texts over a column is its head, and what stands over
several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gxtools.documents.pdf_labels import Text

# Of the font's size: heads in one row of heads differ less in height, and texts of one level; lines farther apart are
# none of one head.
_SAME, _LEVEL, _LINE = 0.1, 0.35, 1.9


def split_heads(
    columns: Mapping[int, Sequence[Text]], wide: Sequence[Text], size: float
) -> tuple[dict[int, str], list[Text]]:
    """The head of each column, given the texts over it from the top, and the texts that stand over several columns.

    A head is all of the lowest lines that follow each other, but for upper ones without which it stands on one height
    with the heads beside it, or begins where several others do. ``wide`` are texts that reach over several columns.
    """
    whole = {place: list(texts[-_follow(texts, size) :]) for place, texts in columns.items()}
    tops = [(-1, text.base) for text in wide]
    for place, texts in columns.items():
        tops += ((place, text.base) for text in texts[: len(texts) - len(whole[place]) + 1])
    own: dict[int, str] = {}
    over: list[Text] = []
    for place, texts in columns.items():
        beside = [whole[other] for other in (place - 1, place + 1) if other in whole]

        others = [top for other, top in tops if other != place]

        def alike(
            lines: int,
            texts: Sequence[Text] = texts,
            beside: Sequence[Sequence[Text]] = beside,
            others: Sequence[float] = others,
        ) -> tuple[int, int]:
            begin = sum(abs(top - texts[-lines].base) <= _SAME * size for top in others)
            return sum(_are_level(texts[-lines:], other, size) for other in beside), begin if begin > 1 else 0

        lines = max(range(len(whole[place]), 0, -1), key=alike)
        own[place] = "".join(text.text for text in texts[-lines:])
        over += texts[:-lines]
    return own, over


def _are_level(head: Sequence[Text], other: Sequence[Text], size: float) -> bool:
    """Whether two heads are alike in the height of their middles or of their tops."""
    middles = head[0].base + head[-1].base - other[0].base - other[-1].base
    return abs(middles) / 2 <= _SAME * size or abs(head[0].base - other[0].base) <= _SAME * size


def _follow(texts: Sequence[Text], size: float) -> int:
    """How many of the lowest texts follow each other closely."""
    count = 1
    while count < len(texts) and texts[-count].base - texts[-count - 1].base <= _LINE * size:
        count += 1
    return count


def over_in_order(over: Sequence[Text], size: float) -> list[Text]:
    """Texts over several columns by level from the top, each level from left to right.

    What stands in the middle of two levels reaches over both and is of the upper one.
    """
    starts: list[float] = []
    levels: dict[float, float] = {}
    for base in sorted(text.base for text in over):
        if not starts or base - starts[-1] > _LEVEL * size:
            starts.append(base)
        levels[base] = starts[-1]
    for upper, middle, lower in zip(starts, starts[1:], starts[2:], strict=False):
        if abs(upper + lower - 2 * middle) <= _LEVEL * size:
            levels |= {base: upper for base, level in levels.items() if level == middle}
    return sorted(over, key=lambda text: (levels[text.base], text.left))
