"""The documents of the benchmarks: pages of 70 to 100 KB as public sites print them, each with its own figures."""

from __future__ import annotations

import random
from pathlib import Path

from gxtools import writing
from gxtools.forms import Form, forms

Key = tuple[str, str, str]

_FLOW = ("received", "carried_in", "handled", "carried_out")


def consistent_values(form: Form, rng: random.Random, large: bool = True) -> dict[Key, float | str | None]:
    """Simulated figures that hold every rule of the form, for every cell in printed order."""
    counts: dict[Key, float] = {}
    for cell in form.table("proactive").cells:
        low = -90 if form.table("proactive").column(cell.column).signed else 0
        whole = float(rng.randint(low, 99_999 if cell.column == "decisions" else 900))
        counts[cell[:3]] = round(rng.uniform(0, 90_000), 2) if cell.unit == "10k_cny" else whole
    values = _within_bounds(counts) | _requests(form, rng, large)
    disputes = form.table("disputes")
    for line in disputes.lines:
        parts = [float(rng.randint(0, 30)) for _ in disputes.columns[1:]]
        for column, value in zip(disputes.columns, [*parts, sum(parts)], strict=True):
            values["disputes", line.id, column.id] = value
    return {cell[:3]: values[cell[:3]] for cell in form.cells}


def _within_bounds(counts: dict[Key, float]) -> dict[Key, float | str | None]:
    """The figures of table one, changed so that none is above what it is a part of."""
    changed = dict(counts)
    for (table, line, column), count in counts.items():
        whole = {"made": "in_force", "published": "public_total"}.get(column)
        if whole is not None and (table, line, whole) in counts:
            changed[table, line, whole] += count
        if column == "change":
            changed[table, line, column] = max(count, -counts[table, line, "items_last_year"])
    return {**changed}


def _requests(form: Form, rng: random.Random, large: bool) -> dict[Key, float | str | None]:
    table = form.table("requests")
    columns = [column.id for column in table.columns if column.id != "total"]
    counts: dict[tuple[str, str], int] = {}
    for column in columns:
        for line in table.lines:
            if line.id not in _FLOW:
                counts[line.id, column] = rng.randint(0, 60) if large else rng.choice([0, 0, 0, 0, 1, 2, 7])
        handled = sum(count for (_, c), count in counts.items() if c == column)
        out = rng.randint(0, 9)
        into = rng.randint(0, min(9, handled + out))
        counts |= {("handled", column): handled, ("carried_out", column): out, ("carried_in", column): into}
        counts["received", column] = handled + out - into
    for line in table.lines:
        counts[line.id, "total"] = sum(counts[line.id, column] for column in columns)
    return {("requests", line, column): float(count) for (line, column), count in counts.items()}


def prose(values: dict[Key, float | str | None], year: int) -> dict[str, tuple[str, ...]]:
    """Sentences of our own that state figures of the tables, as long as those of a county's report."""

    def total(line: str) -> str:
        return f"{values['requests', line, 'total']:g}"

    filler = (
        "围绕群众关心的重点领域，持续完善公开目录，规范发布流程，及时回应社会关切，做到应公开尽公开。"
        "各部门按照职责分工落实责任，定期开展自查，发现问题立即整改，公开质量稳步提高。"
    )
    return {
        "overview": (
            f"{year}年，通过门户网站主动公开政府信息{1000 + int(total('received'))}条。{filler * 2}",
            f"全年新收政府信息公开申请{total('received')}件，上年结转{total('carried_in')}件，"
            f"办结{total('handled')}件，结转下年度继续办理{total('carried_out')}件。{filler * 3}",
            *(f"（{number}）{filler * 3}" for number in "一二三"),
        ),
        "shortcomings": tuple(filler * 3 for _ in range(2)),
        "other": (f"本年度未收取信息处理费。{filler}",),
    }


def page(rng: random.Random) -> str:
    """One page of simulated figures; the agency says so (模拟)."""
    form = rng.choice([forms().by_id("2019"), forms().by_id("2021")])
    year = rng.choice([2019, 2020]) if form.id == "2019" else rng.randint(2021, 2025)
    values = consistent_values(form, rng, large=rng.random() < 0.5)
    content = writing.content_of(form.id, "模拟省模拟市人民政府", year, values, prose=prose(values, year))
    return writing.set_page(content, writing.HtmlLayout(markup=writing.Markup.WORD, furniture=True))


def write_pages(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Set ``count`` pages into a folder."""
    rng = random.Random(seed)
    paths = []
    for number in range(count):
        path = folder / f"{number:05}.html"
        path.write_text(page(rng), encoding="utf-8")
        paths.append(path)
    return paths
