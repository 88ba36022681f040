"""How much drawing the pages of a PDF unfold to: a form that calls forms, or a page that lists one drawing many times,
may be small in the file and endless on the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b")
_CALL = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
_XOBJECTS = re.compile(rb"/XObject\s*(?:(\d+)\s+\d+\s+R|<<(.*?)>>)", re.S)
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()%]+)\s+(\d+)\s+\d+\s+R")
_CONTENTS = re.compile(rb"/Contents\s*(?:(\d+)\s+\d+\s+R|\[([^\]]*)\])")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
_PACKED_HEADS = re.compile(rb"(?:\s*\d+\s+\d+\s)+")
_HEAD = re.compile(rb"(\d+)\s+\d+\s+\Z")
_LONGEST_HEAD, _LONGEST_NUMBER = 4_000, 20
_DEEPEST = 30


class Drawing(NamedTuple):
    """A stream that draws, unpacked, and where it begins in the file."""

    place: int
    text: bytes


class _Form(NamedTuple):
    """A drawing with what stands before it and describes it."""

    entries: bytes
    text: bytes


def unfolded(data: bytes, drawings: Sequence[Drawing], packed: Sequence[bytes], most: int) -> int:
    """The bytes of drawing that all pages unfold to; more than ``most`` where they are more or have no end.

    ``packed`` are the streams that hold objects.
    """
    total = sum(len(drawing.text) for drawing in drawings)
    listing = _CONTENTS.search(data) or any(map(_CONTENTS.search, packed))
    calling = b"/Form" in data and any(b" Do" in drawing.text for drawing in drawings)
    if total > most or not (listing or calling):
        return total
    forms = _by_number(data, drawings)
    sizes = {number: len(form.text) for number, form in forms.items()}
    if calling:
        sizes = _with_calls(forms, _objects(data, packed), most)
    return max(total, sum(_of_pages(data, packed, sizes)))


def _by_number(data: bytes, drawings: Sequence[Drawing]) -> dict[int, _Form]:
    found: dict[int, _Form] = {}
    for place, text in drawings:
        start = data.rfind(b"obj", max(0, place - _LONGEST_HEAD), place)
        head = _HEAD.search(data, max(0, start - _LONGEST_NUMBER), max(0, start))
        if head is not None:
            found[int(head[1])] = _Form(data[start:place], text)
    return found


def _with_calls(forms: dict[int, _Form], objects: dict[int, bytes], most: int) -> dict[int, int]:
    """The size of each drawing with all that it calls. A name that its own resources do not give may mean anything
    that it means elsewhere."""
    names = _names(objects)
    sizes: dict[int, int] = {}

    def size(number: int, depth: int) -> int:
        if number not in sizes:
            if depth > _DEEPEST:
                return most + 1
            form = forms[number]
            own = _names_of(form.entries, objects) or names
            total = len(form.text)
            for call in _CALL.finditer(form.text):
                total += max((size(called, depth + 1) for called in own.get(call[1], ()) if called in forms), default=0)
                if total > most:
                    break
            sizes[number] = total
        return sizes[number]

    return {number: size(number, 0) for number in forms}


def _objects(data: bytes, packed: Sequence[bytes]) -> dict[int, bytes]:
    """How each object begins; of several with one number the last."""
    found = {int(match[1]): data[match.end() : match.end() + _LONGEST_HEAD] for match in _OBJECT.finditer(data)}
    for text in packed:
        heads = _PACKED_HEADS.match(text)
        numbers = list(map(int, heads[0].split())) if heads else []
        for number, place in zip(numbers[::2], numbers[1::2], strict=False):
            start = place + (heads.end() if heads else 0)
            found[number] = text[start : start + _LONGEST_HEAD]
    return found


def _names(objects: dict[int, bytes]) -> dict[bytes, set[int]]:
    """Everything that a name may mean in the whole file."""
    names: defaultdict[bytes, set[int]] = defaultdict(set)
    for body in objects.values():
        for name, targets in _names_of(body, objects).items():
            names[name] |= targets
    return names


def _names_of(entries: bytes, objects: dict[int, bytes]) -> dict[bytes, set[int]]:
    """What the names mean that an object's own resources give."""
    if (resources := _RESOURCES.search(entries)) is not None:
        entries = objects.get(int(resources[1]), b"")
    names: defaultdict[bytes, set[int]] = defaultdict(set)
    for reference, inside in _XOBJECTS.findall(entries):
        for name, target in _NAMED.findall(objects.get(int(reference), b"") if reference else inside):
            names[name].add(int(target))
    return dict(names)


def _of_pages(data: bytes, packed: Sequence[bytes], sizes: dict[int, int]) -> Iterator[int]:
    """What the drawings come to that each page names, as one or as a list, which may be an object of its own."""
    for text in (data, *packed):
        for one, several in _CONTENTS.findall(text):
            if one and int(one) not in sizes:
                listed = re.search(rb"(?<!\d)%s\s+\d+\s+obj\s*\[([^\]]*)\]" % one, data)
                several = listed[1] if listed else b""
            numbers = _REFERENCE.findall(several) or [one]
            yield sum(sizes.get(int(number or -1), 0) for number in numbers)
