"""What kind of slip of the pen a change of cells would have been, and how likely that is beside others."""

from __future__ import annotations

from collections.abc import Mapping

from gxtools.checks.diagnosis.equations import Cell

# Likeliest first. Of sets with the same number of slips, the earlier kind comes first.
KINDS = {
    "mistake": ("a known mistake of filling in", "常见填报错误"),
    "swapped": ("two figures stand in each other's cells", "两个数字填反"),
    "lines_swapped": ("the figures of two lines stand in each other's place", "两行数字填反"),
    "line_shifted": ("figures stand a line too high or too low", "数字错填一行"),
    "moved": ("a part of one figure stands in another cell of its line or column", "部分数量错填在同行或同列的另一格"),
    "transposed": ("digits stand in another order", "数位颠倒"),
    "digit": ("one digit is another, lost or doubled", "一个数位有误、漏写或多写"),
    "power_of_ten": ("a factor of ten or a power of it", "相差十的倍数"),
    "not_filled": ("0 where a figure belongs", "应填数字处填了0"),
    "figure": ("another figure", "数字有误"),
}


def kind_of(changes: Mapping[Cell, float], printed: Mapping[Cell, float]) -> str:
    """The least telling kind of a set's changes; ``swapped`` where two figures only change places, ``moved`` where
    what one loses another of its line or column gains."""
    if len(changes) == 2:
        (one, new_one), (other, new_other) = changes.items()
        if new_one == printed[other] and new_other == printed[one]:
            return "swapped"
        balanced = new_one + new_other == printed[one] + printed[other]
        if balanced and (one[1] == other[1] or one[2] == other[2]):
            return "moved"
    kinds = [_kind(printed[cell], figure) for cell, figure in changes.items()]
    return max(kinds, key=list(KINDS).index)


def _kind(printed: float, figure: float) -> str:
    one, other = _digits(printed), _digits(figure)
    if printed == 0:
        return "not_filled"
    if sorted(one) == sorted(other):
        return "transposed"
    if one.rstrip("0") == other.rstrip("0") and figure != 0:
        return "power_of_ten"
    if _one_digit_apart(one, other):
        return "digit"
    return "figure"


def _digits(value: float) -> str:
    return f"{abs(value):.6f}".rstrip("0").rstrip(".")


def _one_digit_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1 and len(one) > 1
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
