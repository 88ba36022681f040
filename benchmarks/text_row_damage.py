"""Damage to runs of a text: rows lost, doubled, cut into one another, labels slipped, heads and headings lost."""

from __future__ import annotations

import copy
import random

from benchmarks.text_choosing import pick, restate, touch
from benchmarks.text_tokens import FIGURE, HEAD, HEADING, LINE, OTHER, Piece, Text

ROWS_STAND = ("pipes", "tabs")  # here nothing is lost over the end of a row


def swap_labels(text: Text, rng: random.Random) -> None:
    """Two lines' labels change places: the figures behind are those of the label that stands there."""
    table = rng.choice(["requests", "proactive"])
    lines = [p for p in text.pieces if p.kind == LINE and p.table == table]
    a, b = rng.choice(lines), rng.choice(lines)
    assert a.key
    assert b.key
    touch(text, a, b)
    rows = {p.key[1]: [f for f in text.pieces if f.kind == FIGURE and f.key and f.key[:2] == p.key[:2]] for p in (a, b)}
    same = [f.key[2] for f in rows[a.key[1]]] == [f.key[2] for f in rows[b.key[1]]]
    if a is b or not same:
        return
    a.text, b.text, a.key, b.key = b.text, a.text, b.key, a.key
    one, other = rows[b.key[1]], rows[a.key[1]]
    for x, y in zip(one, other, strict=True):
        x.key, y.key = y.key, x.key
    restate(text, *one, *other)


def slip_labels(text: Text, rng: random.Random) -> None:
    """The labels of several lines that follow one another slip by some figures, as columns copied apart do."""
    lines = [i for i, p in enumerate(text.pieces) if p.kind == LINE and p.table != "disputes"]
    first = rng.randrange(len(lines) - 2)
    chosen = lines[first : first + rng.randint(2, 6)]
    by = rng.choice([-7, -1, 1, 7])
    moved = [text.pieces[i] for i in chosen]
    touch(text, *(p for p in text.pieces if p.table == moved[0].table))
    for piece in moved if by < 0 else reversed(moved):
        at = text.pieces.index(piece)
        text.pieces.pop(at)
        text.pieces.insert(min(max(at + by, 0), len(text.pieces)), piece)


def cut(text: Text, rng: random.Random) -> None:
    """A run of pieces is lost."""
    begin = pick(text, rng, FIGURE, LINE, HEAD, OTHER)
    end = begin + rng.choice([2, 3, 4, 7, 8, 9, 14, 16, rng.randint(2, 40)])
    touch(text, *text.pieces[max(begin - 1, 0) : end + 1])
    row = text.pieces[begin].row
    del text.pieces[begin:end]
    if begin < len(text.pieces) and rng.random() < 0.5 and text.style not in ROWS_STAND:
        old = text.pieces[begin].row
        for piece in text.pieces[begin:]:
            if piece.row != old:
                break
            piece.row = row


def cut_to_next(text: Text, rng: random.Random) -> None:
    """A row loses figures together with the next line's label and some of its figures."""
    lines = [i for i, p in enumerate(text.pieces) if p.kind == LINE and p.table != "disputes"]
    place = rng.randrange(len(lines) - 1)
    a, b = lines[place], lines[place + 1]
    kept = rng.randint(0, max(b - a - 1, 0))
    begin = a + 1 + kept
    end = b + 1 + (kept if rng.random() < 0.7 else rng.randint(0, 6))
    touch(text, *text.pieces[a : end + 1])
    row = text.pieces[a].row
    del text.pieces[begin:end]
    for piece in text.pieces[begin : begin + 7]:
        if piece.kind != FIGURE:
            break
        piece.row = row if rng.random() < 0.9 and text.style not in ROWS_STAND else piece.row


def lose_figures_and_label(text: Text, rng: random.Random) -> None:
    """Some figures of a row go, and the next line's label, and as many of its figures."""
    lines = [i for i, p in enumerate(text.pieces) if p.kind == LINE and p.table != "disputes"]
    place = rng.randrange(len(lines) - 1)
    a, b = lines[place], lines[place + 1]
    own = [i for i in range(a + 1, b) if text.pieces[i].kind == FIGURE]
    lost = set(rng.sample(own, rng.randint(0, len(own)))) | {b}
    if rng.random() < 0.5:
        lost |= {i for i in range(a + 1, b) if text.pieces[i].kind != FIGURE}
    behind = [i for i in range(b + 1, min(b + 8, len(text.pieces))) if text.pieces[i].kind == FIGURE]
    lost |= set(rng.sample(behind, min(len(behind), rng.choice([0, 0, rng.randint(0, 7)]))))
    touch(text, *text.pieces[a : b + 8])
    text.pieces = [piece for i, piece in enumerate(text.pieces) if i not in lost]


def drop_row(text: Text, rng: random.Random) -> None:
    piece = text.pieces[pick(text, rng, LINE)]
    touch(text, piece)
    text.pieces = [p for p in text.pieces if p.row != piece.row]


def double_row(text: Text, rng: random.Random) -> None:
    piece = text.pieces[pick(text, rng, LINE)]
    touch(text, piece)
    row = [copy.copy(p) for p in text.pieces if p.row == piece.row]
    at = max(i for i, p in enumerate(text.pieces) if p.row == piece.row) + 1
    if rng.random() < 0.5 and row[-1].kind == FIGURE:
        row[-1].text = str(rng.randint(0, 99))
    text.pieces[at:at] = row


def join_lines(text: Text, rng: random.Random) -> None:
    text.joined.add(text.pieces[pick(text, rng, LINE)].row)


def strange_row(text: Text, rng: random.Random) -> None:
    """A province's own line, its figures as many as the row's before it."""
    piece = text.pieces[pick(text, rng, LINE)]
    at = max(i for i, p in enumerate(text.pieces) if p.row == piece.row) + 1
    figures_ = [copy.copy(p) for p in text.pieces if p.row == piece.row and p.kind == FIGURE]
    for p in figures_:
        p.text, p.row, p.key = str(rng.randint(0, 99)), -4, None
    label = Piece(rng.choice(["其他主动公开文件", "9.属于其他情形", "行政检查", "4.申请人主动撤回"]), OTHER, row=-4)
    text.pieces[at:at] = [label, *figures_]


def strange_head(text: Text, rng: random.Random) -> None:
    """A province's own column's head, its figures lost or there."""
    index = pick(text, rng, HEAD)
    touch(text, text.pieces[index])
    text.pieces.insert(index + 1, Piece("行政机关总数", OTHER, row=text.pieces[index].row))


def lose_heads(text: Text, rng: random.Random) -> None:
    table = rng.choice(["requests", "disputes", "proactive"])
    touch(text, Piece("", OTHER, table))
    text.pieces = [p for p in text.pieces if not (p.kind == HEAD and p.table == table and rng.random() < 0.8)]


def lose_heading(text: Text, rng: random.Random) -> None:
    """A heading goes, and the section before it runs on."""
    index = pick(text, rng, HEADING)
    touch(text, *(Piece("", OTHER, piece.table) for piece in text.pieces[index - 1 : index + 1] if piece.table))
    del text.pieces[index]
