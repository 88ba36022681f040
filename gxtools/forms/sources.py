"""TOML and CSV data files with the line on which each entry stands, so that a fault can be named by file and line."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gxtools.errors import FormError

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_SYNTAX_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Entry:
    """One table of a TOML file, or one row of a CSV file: its values, and where it stands."""

    values: dict[str, Any]
    file: str
    line: int
    lines: tuple[str, ...] = ()

    def fault(self, wrong: str, key: str | None = None) -> FormError:
        """The error that names this entry, or the line of one of its keys."""
        offset = 0
        if key is not None:
            pattern = re.compile(rf"^\s*{re.escape(key)}\s*=")
            offset = next((i for i, text in enumerate(self.lines) if pattern.match(text)), 0)
        return FormError(self.file, self.line + offset, wrong)

    def check_keys(self, required: set[str], optional: set[str]) -> None:
        """Refuse a key that is unknown or lacking."""
        for key in self.values:
            if key not in required | optional:
                known = ", ".join(sorted(required | optional))
                raise self.fault(f"unknown key '{key}'; known are {known}", key)
        for key in sorted(required):
            if key not in self.values:
                raise self.fault(f"key '{key}' is missing")

    def flag(self, key: str) -> bool:
        """True or false, false where the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(f"'{key}' must be true or false, not {value!r}", key)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A string value; ``FormError`` where it is another type."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.fault(f"'{key}' must be text, not {value!r}", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, empty where the key is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(f"'{key}' must be a list of texts, not {value!r}", key)
        return tuple(value)


@dataclass(frozen=True)
class TomlFile:
    """A parsed TOML file whose tables can be taken as entries by their dotted header."""

    data: dict[str, Any]
    path: Path
    text: tuple[str, ...]

    def entry(self, values: dict[str, Any], header: str = "", index: int = 0) -> Entry:
        """The entry of the ``index``-th table under ``header`` (``""`` for the top of the file)."""
        start, end = 0, len(self.text)
        seen = -1
        for number, line in enumerate(self.text):
            match = _HEADER.match(line)
            if match is None:
                continue
            if header == "" or seen == index:
                end = number
                break
            if match[1] == header:
                seen += 1
                start = number
        return Entry(values, self.path.name, start + 1, self.text[start:end])

    def entries(self, values: list[dict[str, Any]], header: str) -> list[Entry]:
        """The entries of an array of tables."""
        return [self.entry(item, header, index) for index, item in enumerate(values)]


def read_toml(path: Path) -> TomlFile:
    """Parse a TOML file; a syntax error becomes a ``FormError`` with its line."""
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX_LINE.search(str(error))
        raise FormError(path.name, int(match[1]) if match else 1, f"is no valid TOML: {error}") from error
    return TomlFile(data, path, tuple(text.splitlines()))


def read_csv(path: Path, columns: tuple[str, ...]) -> list[Entry]:
    """The rows of a CSV file as entries; ``FormError`` where the header or a row's width differs."""
    reader = csv.reader(_text(path).splitlines(keepends=True))
    header = next(reader, [])
    if tuple(header) != columns:
        raise FormError(path.name, 1, f"the header must be {','.join(columns)}, not {','.join(header)}")
    entries = []
    for row in reader:
        if len(row) != len(columns):
            raise FormError(path.name, reader.line_num, f"has {len(row)} fields, the header {len(columns)}")
        entries.append(Entry(dict(zip(columns, row, strict=True)), path.name, reader.line_num))
    return entries


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormError(path.name, line, "is no UTF-8 text; save it in UTF-8") from error
