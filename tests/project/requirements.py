"""What the project's own files say that it needs: pyproject.toml and requirements.lock, parsed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version


def declared(root: Path) -> dict[str, Requirement]:
    """Return every dependency of pyproject.toml, the extras' and the build backend's included, by canonical name."""
    document = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    texts = [*document["project"]["dependencies"], *document["build-system"]["requires"]]
    for extra in document["project"]["optional-dependencies"].values():
        texts += extra
    return by_name(texts)


def by_name(texts: list[str]) -> dict[str, Requirement]:
    """Return requirements by canonical name.

    Raises ValueError when one package is stated twice with different bounds.
    """
    found: dict[str, Requirement] = {}
    for text in texts:
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        if found.setdefault(name, requirement).specifier != requirement.specifier:
            raise ValueError(f"{name} is stated twice, as {found[name]} and as {requirement}")
    return found


def locked(text: str) -> dict[str, tuple[Version, int]]:
    """Return the pinned version and the number of hashes of each package of a lock file.

    Raises ValueError when a line is neither a comment, nor a pin, nor a hash, or when a package is pinned twice.
    """
    pins: dict[str, tuple[Version, int]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if pin := re.fullmatch(r"([A-Za-z0-9._-]+)==([^ ;]+)( ; [^\\]+)? \\", line):
            name = canonicalize_name(pin[1])
            if name in pins:
                raise ValueError(f"{name} is pinned twice")
            pins[name] = (Version(pin[2]), 0)
        elif re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) and name:
            version, hashes = pins[name]
            pins[name] = (version, hashes + 1)
        else:
            raise ValueError(f"a lock holds pins and hashes only, not: {line}")
    return pins
