"""What stands around the tables of a page, in formats that have no page of the writer's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.mutations.model import Page, PageTable
from gxtools.writing import Content
from gxtools.writing.sections import sections_of


class Part(NamedTuple):
    """Paragraphs, and how many places for tables follow them."""

    paragraphs: tuple[str, ...]
    places: int


def parts_of(content: Content, sound: Page) -> list[Part]:
    """The parts of a report whose tables stand as in the sound page."""
    head: tuple[str, ...] = ("您当前的位置：首页>政务公开>政府信息公开年报", content.title)
    parts = []
    for section in sections_of(content, None):
        places = sum(place[0].table == section.table.id for place in sound.places) if section.table else 0
        parts.append(Part((*head, section.heading, *section.paragraphs), places))
        head = ()
    return parts


def blocks(parts: list[Part], page: Page) -> Iterator[str | PageTable]:
    """Paragraphs and tables in reading order."""
    places = iter(page.places)
    for part in parts:
        yield from part.paragraphs
        for _ in range(part.places):
            for table in next(places):
                if table.caption:
                    yield table.caption
                yield table
