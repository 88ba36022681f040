"""Signed terms: the text of an identity or a measure, parsed once into coefficients; never evaluated as code."""

from __future__ import annotations

import re
from typing import NamedTuple

_TERM = re.compile(r"\s*([+-])?\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*")
_RELATION = re.compile(r"(>=|=)")


class Term(NamedTuple):
    """One summand: an id of a line, column or group, and its sign."""

    id: str
    coefficient: int


def parse_terms(text: str) -> tuple[Term, ...]:
    """``"a + b - c"`` -> terms. Raises ``ValueError`` for anything else."""
    terms: list[Term] = []
    position = 0
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or (match[1] is None) != (not terms):
            raise ValueError(f"'{text}' is no sum of terms such as 'received + carried_in - handled'")
        terms.append(Term(match[2], -1 if match[1] == "-" else 1))
        position = match.end()
    if not terms:
        raise ValueError("a sum of terms is empty")
    return tuple(terms)


def parse_relation(text: str) -> tuple[str, tuple[Term, ...], tuple[Term, ...]]:
    """``"a + b = c"`` -> ``("=", left terms, right terms)``; ``>=`` likewise. Raises ``ValueError``."""
    parts = _RELATION.split(text)
    if len(parts) != 3:
        raise ValueError(f"'{text}' is no relation: one '=' or '>=' between two sums")
    left, relation, right = parts
    constant = right.strip() == "0"
    return relation, parse_terms(left), () if constant else parse_terms(right)
