"""Damage to single pieces of a text: figures and labels lost, doubled, moved, cut, run together."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from benchmarks.text_choosing import pick, restate, touch
from benchmarks.text_tokens import FIGURE, HEAD, LINE, OTHER, Piece, Text

Damage = Callable[[Text, random.Random], None]


def nothing(text: Text, rng: random.Random) -> None:
    """The control."""


def drop(kind: str) -> Damage:
    def damage(text: Text, rng: random.Random) -> None:
        index = pick(text, rng, kind)
        touch(text, text.pieces[index])
        del text.pieces[index]

    damage.__name__ = f"drop_{kind}"
    return damage


def double(kind: str) -> Damage:
    def damage(text: Text, rng: random.Random) -> None:
        index = pick(text, rng, kind)
        touch(text, text.pieces[index])
        place = index + 1 if rng.random() < 0.6 else rng.randrange(len(text.pieces))
        if place > 0:
            touch(text, text.pieces[place - 1])
        twin = copy.copy(text.pieces[index])
        twin.row = text.pieces[min(place, len(text.pieces) - 1)].row
        text.pieces.insert(place, twin)

    damage.__name__ = f"double_{kind}"
    return damage


def swap_figures(text: Text, rng: random.Random) -> None:
    a, b = (text.pieces[pick(text, rng, FIGURE)] for _ in "ab")
    touch(text, a, b)
    a.text, b.text = b.text, a.text
    restate(text, a, b)


def change_figure(text: Text, rng: random.Random) -> None:
    piece = text.pieces[pick(text, rng, FIGURE)]
    touch(text, piece)
    piece.text = str(rng.randint(0, 3000))
    restate(text, piece)


def swap_any(text: Text, rng: random.Random) -> None:
    """Two pieces of different kinds change places."""
    a, b = pick(text, rng, FIGURE, LINE, HEAD, OTHER), pick(text, rng, FIGURE, LINE, HEAD, OTHER)
    if rng.random() < 0.6:
        b = min(a + 1, len(text.pieces) - 1)
    one, other = text.pieces[a], text.pieces[b]
    if one.kind == other.kind or {one.kind, other.kind} == {HEAD, OTHER}:
        return  # heads in another order would mean other columns
    touch(text, one, other, text.pieces[max(a - 1, 0)], text.pieces[max(b - 1, 0)])
    text.pieces[a], text.pieces[b] = other, one
    one.row, other.row = other.row, one.row


def move(text: Text, rng: random.Random) -> None:
    """A piece slips by some places; heads in another order would mean other columns."""
    a = pick(text, rng, FIGURE, LINE, OTHER)
    b = min(max(a + rng.choice([-9, -3, -2, -1, 1, 2, 3, 8]), 0), len(text.pieces) - 1)
    touch(text, *text.pieces[min(a, b) - 1 : max(a, b) + 1])
    piece = text.pieces.pop(a)
    piece.row = text.pieces[min(b, len(text.pieces) - 1)].row
    text.pieces.insert(b, piece)


def split_figure(text: Text, rng: random.Random) -> None:
    index = pick(text, rng, FIGURE)
    piece = text.pieces[index]
    touch(text, piece)
    if len(piece.text) > 1:
        at = rng.randint(1, len(piece.text) - 1)
        rest = copy.copy(piece)
        piece.text, rest.text = piece.text[:at], piece.text[at:]
        text.pieces.insert(index + 1, rest)
        if rng.random() < 0.4:
            near = [
                i for i in range(index - 3, index + 5) if 0 <= i < len(text.pieces) and text.pieces[i].kind == FIGURE
            ]
            del text.pieces[rng.choice(near)]


def join_figures(text: Text, rng: random.Random) -> None:
    index = pick(text, rng, FIGURE)
    if index + 1 < len(text.pieces) and text.pieces[index + 1].kind == FIGURE:
        piece, after = text.pieces[index], text.pieces[index + 1]
        touch(text, piece, after)
        piece.text += after.text
        del text.pieces[index + 1]


def glue(text: Text, rng: random.Random) -> None:
    """No space between two pieces."""
    index = pick(text, rng, FIGURE, LINE, HEAD, OTHER)
    touch(text, *text.pieces[index : index + 2])
    piece = text.pieces[index]
    piece.glued = True
    if index + 1 < len(text.pieces) and piece.kind == text.pieces[index + 1].kind == FIGURE:
        text.values[piece.key] = float("nan")  # type: ignore[index]


def cut_label(text: Text, rng: random.Random) -> None:
    piece = text.pieces[pick(text, rng, LINE, HEAD, OTHER)]
    touch(text, piece)
    if len(piece.text) > 2:
        at = rng.randint(1, len(piece.text) - 1)
        piece.text = piece.text[:at] if rng.random() < 0.6 else piece.text[at:]


def garble_label(text: Text, rng: random.Random) -> None:
    piece = text.pieces[pick(text, rng, LINE, HEAD, OTHER)]
    touch(text, piece)
    at = rng.randrange(len(piece.text))
    piece.text = piece.text[:at] + rng.choice(["", "□", "X", "其", "的", " "]) + piece.text[at + 1 :]


def break_label(text: Text, rng: random.Random) -> None:
    piece = text.pieces[pick(text, rng, LINE, HEAD, OTHER)]
    if len(piece.text) > 2:
        piece.broken = rng.randint(1, len(piece.text) - 1)


def foreign_number(text: Text, rng: random.Random) -> None:
    """A page's number, bare or marked, perhaps in the place of a figure or a label."""
    index = pick(text, rng, FIGURE, LINE, HEAD, OTHER)
    touch(text, *text.pieces[max(index - 1, 0) : index + 2])
    number = str(rng.randint(1, 12))
    mark = Piece(rng.choice([number, number, f"- {number} -", f"第 {number} 页"]), OTHER, row=-2)
    old = text.pieces[index]
    if rng.random() < 0.3:
        text.pieces[index] = mark
        if old.kind == FIGURE and mark.text == number:
            mark.kind, mark.key, mark.table, mark.row = FIGURE, old.key, old.table, old.row
            restate(text, mark)
    else:
        text.pieces.insert(index, mark)


def running_title(text: Text, rng: random.Random) -> None:
    index = pick(text, rng, FIGURE, LINE, HEAD, OTHER)
    touch(text, *text.pieces[max(index - 1, 0) : index + 2])
    words = rng.choice(["模拟市人民政府信息公开年报", "其他", "总计", "小计", "（续表）", "单位：件", "附件"])
    text.pieces.insert(index, Piece(words, OTHER, row=-3))


def swap_heads(text: Text, rng: random.Random) -> None:
    """Two heads of one table change places: nothing may be read that the sums do not flag."""
    a = text.pieces[pick(text, rng, HEAD)]
    b = rng.choice([p for p in text.pieces if p.kind == HEAD and p.table == a.table])
    touch(text, a, b)
    if a.text == b.text or a.key is None or b.key is None:
        return
    a.text, b.text = b.text, a.text
    for key in [key for key in text.values if key[0] == a.table]:
        text.values[key] = float("nan")
    _swap_columns(text, a, b)


def _swap_columns(text: Text, a: Piece, b: Piece) -> None:
    """Where both stand over the same lines, the columns have changed places and may be read so."""
    assert a.key
    assert b.key
    for piece in text.pieces:
        if piece.kind == FIGURE and piece.table == a.table and piece.key:
            swapped = {a.key[2]: b.key[2], b.key[2]: a.key[2]}.get(piece.key[2], piece.key[2])
            key = (*piece.key[:2], swapped)
            if key in text.values:
                piece.key = key
