"""Labels of lines that a text prints in fragments among other cells, as a page laid out in columns has them.

``（三）不予 | 1.属于国家秘密 | 11 …`` above ``公开 | 2.其他法律行政法规禁止公开 | 34 …``: fragments that follow one
another and make up a label without anything left over are that label. Heads of columns are left in fragments, for their
order is lost with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxtools.reading.label_search import FIGURE, LABEL, OTHER, UNIT, LabelSearch, Token

_MOST_FRAGMENTS = 8
_FARTHEST = 10  # fragments in between that belong to other labels
_LONGEST = 40


def mend(tokens: Sequence[Token], text: str, search: LabelSearch) -> list[Token]:
    """The tokens with each label that stands in fragments put together at the place of its first."""
    others = [
        i for i, token in enumerate(tokens) if token.kind in (OTHER, UNIT) and token.end - token.start <= _LONGEST
    ]
    taken: set[int] = set()
    mended: dict[int, Token] = {}
    for place, index in enumerate(others):
        if index in taken or tokens[index].kind == UNIT:
            continue
        found = _label_from(others[place : place + _FARTHEST], tokens, text, search, taken)
        if found is not None:
            words = "".join(text[tokens[i].start : tokens[i].end] for i in found)
            mended[index] = tokens[index]._replace(kind=LABEL, text=words)
            taken.update(found)
    return [mended.get(i, token) for i, token in enumerate(tokens) if i not in taken or i in mended]


def _label_from(
    ahead: Sequence[int], tokens: Sequence[Token], text: str, search: LabelSearch, taken: set[int]
) -> list[int] | None:
    """The fragments, from the first ahead, that make up the longest label, the nearest; null for none or several."""
    begun = search.begin(text[tokens[ahead[0]].start : tokens[ahead[0]].end])
    found: list[list[int]] = []
    open_ = [([ahead[0]], node, 0) for node in begun]
    while open_:
        members, node, place = open_.pop()
        if len(members) > 1 and search.is_row_label(node):
            found.append(members)
        if len(members) == _MOST_FRAGMENTS:
            continue
        for further in range(place + 1, len(ahead)):
            index = ahead[further]
            if index in taken or not _is_near(tokens, members[-1], index):
                continue
            node_there = search.follow(node, text[tokens[index].start : tokens[index].end])
            if node_there is not None:
                open_.append(([*members, index], node_there, further))
    words = {tuple(members): "".join(text[tokens[i].start : tokens[i].end] for i in members) for members in found}
    longest = max(map(len, words.values()), default=0)
    best = {whole: list(members) for members, whole in sorted(words.items(), reverse=True) if len(whole) == longest}
    return next(iter(best.values())) if len(best) == 1 else None


def _is_near(tokens: Sequence[Token], one: int, other: int) -> bool:
    """No more than two rows of figures and labels between two fragments."""
    runs = 0
    for before, token in zip(tokens[one:other], tokens[one + 1 : other + 1], strict=True):
        runs += before.kind == FIGURE and token.kind != FIGURE
    return runs <= 2
