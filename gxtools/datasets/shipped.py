"""Where the shipped data lies, and whether it is as it was shipped."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from gxtools.errors import CorpusError


def folder() -> Path:
    """The folder ``data`` of the installed package, or else of the checkout.

    Raises ``FileNotFoundError`` where there is none.
    """
    package = Path(__file__).resolve().parent.parent
    for found in (package / "data", package.parent / "data"):
        if (found / "manifest.json").is_file():
            return found
    raise FileNotFoundError(2, "the shipped data is not there; install gxtools again", str(package / "data"))


def verified(name: str) -> Path:
    """The path of a shipped file, held against its hash.

    Raises ``CorpusError`` for a file that is not the one that was shipped.
    """
    path = folder() / name
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != _hashes().get(name):
        raise CorpusError(
            str(path),
            "is not the file that was shipped: its hash differs from the manifest's.",
            "Install gxtools again, or restore the file from the repository.",
        )
    return path


@cache
def _hashes() -> dict[str, str]:
    """SHA-256 by the path within ``data``: from the manifest, and from the descriptions of tables."""
    root = folder()
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    hashes = {name: str(entry["sha256"]) for name, entry in manifest.items()}
    for path in root.glob("*/datapackage.json"):
        for part in json.loads(path.read_text(encoding="utf-8"))["resources"]:
            hashes[f"{path.parent.name}/{part['path']}"] = part["hash"].removeprefix("sha256:")
    return hashes
