"""Documents inside a ZIP archive, read where they are: nothing is unpacked to disk, nothing expanded past its limit."""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from functools import lru_cache

from gxtools.documents.signatures import ZIP, kind_of
from gxtools.errors import UnreadableDocument

# A folder of all reports of all counties over twenty years has fewer, and less.
_MOST_MEMBERS = 200_000
_MOST_BYTES = 20_000_000_000
_ENCRYPTED = 0x1
_SIMPLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What reading a damaged zip raises, in whatever way it is damaged.
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)
_BESIDE = "__MACOSX"
_ENDING = re.compile(r"\.zip[\\/]", re.I)
_SEPARATORS = re.compile(r"[\\/]+")
# The members that tell an office document stand at its front.
_HEAD = 100_000
_UNPACK = "Unpack it and load the folder."


class _Archive:
    """The members that are documents, by their path inside with ``/``; ``refused`` those whose name leads elsewhere."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.members: dict[str, zipfile.ZipInfo] = {}
        self.refused: set[str] = set()
        for info in file.infolist():
            # ``./a.html`` is ``a.html``: some programs write every name so.
            parts = [part for part in _SEPARATORS.split(info.filename) if part != "."]
            if info.is_dir() or not parts or not parts[-1] or parts[0] == _BESIDE or _is_hidden(parts):
                continue
            name = self._free("/".join(part.replace("..", "__").replace(":", "_") or "_" for part in parts))
            if "" in parts or ".." in parts or ":" in info.filename:
                self.refused.add(name)
            self.members[name] = info

    def _free(self, name: str) -> str:
        """The name, or with a number where it stands twice: two members are two documents."""
        number, free = 1, name
        while free in self.members:
            number += 1
            free = f"{name} ({number})"
        return free


def _is_hidden(parts: list[str]) -> bool:
    return any(part.startswith(".") and part != ".." for part in parts)


def is_archive(path: str) -> bool:
    """Whether a file is named and made as a ZIP archive, and no Word document or the like."""
    # A pipe would be waited for.
    if not path.lower().endswith(".zip") or not os.path.isfile(path) or not zipfile.is_zipfile(path):
        return False
    with open(path, "rb") as file:
        return kind_of(file.read(_HEAD)) == ZIP


def members_of(archive: str) -> list[str]:
    """The paths, inside the archive, of its documents: every member that is neither a folder nor hidden.

    Raises ``UnreadableDocument`` for a file that is no sound archive, or holds more than the limits: 200,000 members,
    20 GB when expanded.
    """
    return list(_opened(archive).members)


def inside(path: str) -> tuple[str, str] | None:
    """An archive and the path inside it where ``path`` leads into one (``reports.zip/2024/a.html``), else null."""
    for match in _ENDING.finditer(path):
        archive = path[: match.start() + len(".zip")]
        if os.path.isfile(archive):
            return archive, path[match.end() :].replace("\\", "/")
    return None


def member_bytes(archive: str, member: str, name: str, max_bytes: int) -> bytes:
    """The bytes of a member, called ``name`` in errors. Its size is looked at before any of it is expanded.

    Raises ``UnreadableDocument`` for one that is encrypted, damaged, over ``max_bytes`` or packed in a rare way, whose
    name leads out of the archive, or that is not there.
    """
    opened = _opened(archive)
    info = opened.members.get(member)
    if info is None:
        raise UnreadableDocument(name, "the archive holds no such document.", "Load the archive again.")
    if member in opened.refused:
        raise UnreadableDocument(name, f"its name in the archive ({info.filename!r}) leads out of it.", _UNPACK)
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableDocument(name, "it is encrypted in the archive.", "Unpack it with its password and load that.")
    if info.compress_type not in _SIMPLE:
        raise UnreadableDocument(name, "it is packed in a way that is not read.", _UNPACK)
    if info.file_size > max_bytes:
        raise _too_large(name, max_bytes)
    try:
        with opened.file.open(info) as stream:
            data = stream.read(max_bytes + 1)
    except BROKEN as error:
        raise UnreadableDocument(name, "it is damaged in the archive.", "Download the archive again.") from error
    if len(data) > max_bytes:
        raise _too_large(name, max_bytes)
    return data


def _too_large(name: str, max_bytes: int) -> UnreadableDocument:
    told = f"it has more than {max_bytes:,} bytes when it is expanded, over the limit."
    return UnreadableDocument(name, told, "Read the report alone, or raise the limit with max_bytes.")


def _opened(path: str) -> _Archive:
    status = os.stat(path)
    return _open(path, status.st_mtime_ns, status.st_size)


# Every document of an archive asks for it: its directory is read once.
@lru_cache(maxsize=2)
def _open(path: str, changed: int, size: int) -> _Archive:
    try:
        file = _named(path)
    except BROKEN as error:
        raise UnreadableDocument(path, "it is no ZIP archive, or damaged.", "Download it again.") from error
    members = file.infolist()
    if len(members) > _MOST_MEMBERS:
        file.close()
        raise UnreadableDocument(path, f"it holds more than {_MOST_MEMBERS:,} files.", _UNPACK)
    if sum(info.file_size for info in members) > _MOST_BYTES:
        file.close()
        raise UnreadableDocument(path, f"it holds more than {_MOST_BYTES:,} bytes when expanded.", _UNPACK)
    return _Archive(file)


def _named(path: str) -> zipfile.ZipFile:
    """The archive, its names read as Chinese Windows writes them where they are not marked as UTF-8."""
    try:
        return zipfile.ZipFile(path, metadata_encoding="gbk")
    except UnicodeDecodeError:
        return zipfile.ZipFile(path)
