"""Every document in ``documents/`` reads as the golden beside it says: typed by hand, sharing nothing with the writer.

``name.toml`` holds what is told of the document as a whole: ``agency``, ``year``, ``form``, ``published``; ``problems``
of reading and form as "rule table line column", all of them where the key is there; ``extras`` likewise; or ``error``,
words of the sentence with which a document is refused. ``name.cells.csv`` holds the cells that a careful person reads.
Beside the contract's states it knows ``flagged`` (no figure may be read, and a problem names the cell), ``printed or
flagged`` (the figure, or that) and ``named`` (a problem names the cell, whatever is read). A golden that is not there
is written, and the run fails until somebody has read it.
"""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

import gxtools as gx

DOCUMENTS = Path(__file__).parent / "documents"
GOLDEN = (".toml", ".csv")
SOURCES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix not in GOLDEN)
OF_READING = ("unreadable_cell", "uncertain_reading", "missing_table", "form_mismatch")


def _golden(source: Path) -> tuple[dict[str, Any], list[dict[str, str]]]:
    whole = tomllib.loads(source.with_suffix(".toml").read_text(encoding="utf-8"))
    cells = source.with_suffix(".cells.csv")
    if not cells.exists():
        return whole, []
    with cells.open(encoding="utf-8", newline="") as file:
        return whole, list(csv.DictReader(file))


def _write_golden(source: Path) -> None:
    report = gx.read(source)
    row = report.reports.row(0, named=True)
    lines = [f'{name} = "{row[name]}"' for name in ("agency", "form") if row[name] is not None]
    lines += [f"{name} = {row[name]}" for name in ("year", "published") if row[name] is not None]
    lines += ["problems = [", *(f'    "{problem}",' for problem in _problems(report)), "]"]
    source.with_suffix(".toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report.cells.select("table", "line", "column", "value", "state").write_csv(source.with_suffix(".cells.csv"))


def _problems(report: gx.Report) -> list[str]:
    rows = report.problems.iter_rows(named=True)
    return [
        " ".join(word for word in (row["rule"], row["table"], row["line"], row["column"]) if word)
        for row in rows
        if row["rule"] in OF_READING
    ]


def _is_named(report: gx.Report, table: str, line: str, column: str) -> bool:
    """Whether a problem names the cell, its line, its column or its table."""
    return any(
        row["table"] == table and row["line"] in (None, line) and row["column"] in (None, column)
        for row in report.problems.iter_rows(named=True)
    )


def _differs(report: gx.Report, golden: dict[str, str], read: dict[str, Any]) -> bool:
    value = float(golden["value"]) if golden["value"] else None
    state = golden["state"]
    if state == "printed or flagged" and read["value"] is not None:
        return read["value"] != value
    if state in ("flagged", "named", "printed or flagged"):
        silent = read["value"] is not None and state != "named"
        return silent or not _is_named(report, read["table"], read["line"], read["column"])
    return (read["value"], read["state"]) != (value, state)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_document_reads_as_its_golden_says(source: Path) -> None:
    if not source.with_suffix(".toml").exists():
        _write_golden(source)
        pytest.fail(f"{source.name} had no golden: one was written. Hold it against the document, line by line.")
    whole, golden = _golden(source)
    if "error" in whole:
        with pytest.raises(gx.UnreadableDocument, match=whole["error"]):
            gx.read(source)
        return
    report = gx.read(source)
    row = report.reports.row(0, named=True)
    told = {name: row[name] for name in ("agency", "year", "form", "published")}
    assert told == {name: whole.get(name) for name in told}
    read = {(cell["table"], cell["line"], cell["column"]): cell for cell in report.cells.iter_rows(named=True)}
    keys = [(cell["table"], cell["line"], cell["column"]) for cell in golden]
    assert list(read) == keys
    wrong = [
        f"{'.'.join(key)}: {read[key]['state']} {read[key]['value']} ({read[key]['where']}), golden: {cell}"
        for key, cell in zip(keys, golden, strict=True)
        if _differs(report, cell, read[key])
    ]
    assert not wrong, "\n".join(wrong)
    if "problems" in whole:
        assert sorted(_problems(report)) == sorted(whole["problems"])
    if "extras" in whole:
        extras = report.extras.select("table", "line_label", "column_label", "raw").rows()
        assert sorted(map(list, extras)) == sorted(whole["extras"])


def test_every_golden_has_its_document() -> None:
    stems = {source.stem for source in SOURCES}
    orphans = [
        path.name for path in DOCUMENTS.iterdir() if path.suffix in GOLDEN and path.name.split(".")[0] not in stems
    ]
    assert not orphans
