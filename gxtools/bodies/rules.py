"""The words in agencies' names that tell kind and level: ``rules.toml``, loaded once and verified."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from importlib import resources

RULES_FILE = "rules.toml"
LEVELS = ("national", "province", "prefecture", "county", "township")
KINDS = ("government", "office", "department", "vertical", "zone", "institution", "enterprise")
_UNTOLD = "untold"


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """The tables of ``rules.toml``; a field is ``table_key``, what each means stands beside it in the file.

    ``endings`` gives a kind by a name's ending, ``unnamed_levels`` a level by a unit's type: None where it tells none.
    """

    endings: dict[str, str | None]
    vertical_of_a_province: tuple[str, ...]
    government_names: tuple[str, ...]
    government_offices: tuple[str, ...]
    township_endings: tuple[str, ...]
    township_governments: tuple[str, ...]
    township_offices: tuple[str, ...]
    township_not_names: tuple[str, ...]
    township_sub_districts: tuple[str, ...]
    township_elsewhere: tuple[str, ...]
    settlement_endings: tuple[str, ...]
    zone_words: tuple[str, ...]
    zone_plain: tuple[str, ...]
    zone_bodies: tuple[str, ...]
    zone_branches: tuple[str, ...]
    zone_known: dict[str, str]
    branch_endings: tuple[str, ...]
    branch_bureaus: tuple[str, ...]
    unnamed_aggregates: tuple[str, ...]
    unnamed_not_units: tuple[str, ...]
    unnamed_not_beginnings: tuple[str, ...]
    unnamed_levels: dict[str, str | None]
    national_council: str
    national_council_office: str
    national_bodies: tuple[str, ...]
    national_institutions: tuple[str, ...]
    national_forms_of_state: tuple[str, ...]
    units_need_parent: tuple[str, ...]
    units_corps: str
    units_corps_inside: str
    units_wider: dict[str, str]
    units_ethnic_groups: tuple[str, ...]
    units_aliases: dict[str, str]


@functools.cache
def rules() -> Rules:
    """The shipped rules."""
    return parse((resources.files("gxtools.bodies") / RULES_FILE).read_text("utf-8"))


def parse(text: str) -> Rules:
    """Rules from TOML, verified.

    Raises ``ValueError`` for text that is no TOML, an unknown or missing key, a word that stands twice, an unknown kind
    or level.
    """
    tables = tomllib.loads(text)
    values: dict[str, object] = {"endings": _endings(tables.pop("endings", {}))}
    for table, keys in tables.items():
        for key, value in keys.items():
            values[f"{table}_{key}"] = _words(f"{table}.{key}", value) if isinstance(value, list) else value
    levels = values.get("unnamed_levels")
    if isinstance(levels, dict):
        values["unnamed_levels"] = {word: _one_of(LEVELS, level, word) for word, level in levels.items()}
    expected = {field.name for field in dataclasses.fields(Rules)}
    if values.keys() != expected:
        wrong = ", ".join(sorted(values.keys() ^ expected))
        raise ValueError(f"{RULES_FILE}: unknown or missing: {wrong}. The keys are the fields of Rules.")
    return Rules(**values)  # type: ignore[arg-type]  # names verified above


def _endings(table: dict[str, list[str]]) -> dict[str, str | None]:
    kinds: dict[str, str | None] = {}
    for kind, words in table.items():
        for word in _words(f"endings.{kind}", words):
            if word in kinds:
                raise ValueError(f"{RULES_FILE}: the ending {word} tells both {kinds[word]} and {kind}. Keep one.")
            kinds[word] = _one_of(KINDS, "" if kind == _UNTOLD else kind, word)
    return kinds


def _words(where: str, words: list[str]) -> tuple[str, ...]:
    """The words, longest first, so that the first that fits is the longest."""
    if len(set(words)) != len(words) or not all(words):
        raise ValueError(f"{RULES_FILE}: a word of {where} is empty or stands twice. Keep each once.")
    return tuple(sorted(words, key=len, reverse=True))


def _one_of(allowed: tuple[str, ...], value: str, word: str) -> str | None:
    if value and value not in allowed:
        raise ValueError(f"{RULES_FILE}: {word} has {value}, which is none of {', '.join(allowed)}.")
    return value or None
