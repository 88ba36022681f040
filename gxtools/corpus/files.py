"""Which files a corpus is made of, in the order of their paths, and the addresses that stand beside them."""

from __future__ import annotations

import csv
import glob
import io
import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePath

from gxtools.documents import inside, is_archive, member_bytes, members_of
from gxtools.errors import CorpusError

SOURCES = "sources.csv"
_LARGEST_TABLE = 100_000_000

Source = str | os.PathLike[str]


def documents_of(source: Source | Iterable[Source]) -> list[Path]:
    """The documents of a folder (to its end, without following links), a glob, one file, or a list of such paths.

    Each once, in the order of paths. Hidden files, pipes, devices, links and ``sources.csv`` are no documents. A folder
    inside that may not be opened stands for the documents that it may hold. A ZIP archive that was given itself is a
    folder of its members (``reports.zip/2024/a.html``); one met in a folder is a document as any other file. Raises
    ``OSError`` for a path that is not there, and for a folder that was given and may not be opened;
    ``UnreadableDocument`` for a given archive that is over its limits.
    """
    if not isinstance(source, str | os.PathLike):
        return sorted({path for item in source for path in documents_of(item)})
    text = os.fspath(source)
    path = Path(text)
    if path.is_dir():
        return sorted(_walk(path))
    if is_archive(text):
        return sorted(path / member for member in members_of(text) if PurePath(member).name != SOURCES)
    if path.exists():
        return [path]
    if glob.has_magic(text):
        return sorted(_matches(path))
    # As ``source`` names a document of an archive.
    if (within := inside(text)) is not None and within[1] in members_of(within[0]):
        return [path]
    raise FileNotFoundError(2, "No such file or folder", text)


def _walk(top: Path, depth: int | None = None) -> Iterator[Path]:
    """The documents of a folder and of those in it, as deep as told. No link is followed: it may lead in a circle."""
    folders = [(top, 1)]
    while folders:
        folder, level = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            if folder == top:
                raise
            yield folder
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth is None or level < depth:
                    folders.append((Path(entry.path), level + 1))
            elif entry.is_file(follow_symlinks=False) and entry.name != SOURCES:
                yield Path(entry.path)


def _matches(pattern: Path) -> Iterator[Path]:
    """The documents whose paths are as the pattern says; ``**`` is any number of folders, none included."""
    first = next(place for place, part in enumerate(pattern.parts) if glob.has_magic(part))
    top, patterns = Path(*pattern.parts[:first]), pattern.parts[first:]
    if top.is_dir():
        for path in _walk(top, None if "**" in patterns else len(patterns)):
            if _fits(path.relative_to(top).parts, patterns) or path.is_dir():
                yield path


def _fits(parts: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    if not patterns:
        return not parts
    if patterns[0] == "**":
        return any(_fits(parts[skipped:], patterns[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatch(parts[0], patterns[0]) and _fits(parts[1:], patterns[1:])


def addresses_of(documents: Iterable[Path], source: Source | Iterable[Source]) -> dict[Path, str]:
    """The address of each document that a ``sources.csv`` (``file,address``) beside it names.

    For a document of a folder, or archive, that was given to be loaded, one in a folder above it counts too, up to that
    one.
    """
    given = [source] if isinstance(source, str | os.PathLike) else source
    tops = {path for item in given if (path := Path(item)).is_dir() or is_archive(str(path))}
    table = cache(lambda folder: _table(folder / SOURCES))
    tables = cache(lambda folder: [(above, table(above)) for above in _folders(folder, tops) if table(above)])
    found: dict[Path, str] = {}
    for document in documents:
        for folder, addresses in tables(document.parent):
            if address := addresses.get(document.relative_to(folder).as_posix()):
                found[document] = address
                break
    return found


def _folders(folder: Path, tops: set[Path]) -> list[Path]:
    """A folder and those above it, up to the highest that was given."""
    above = [folder, *folder.parents]
    highest = max((above.index(top) for top in tops if top in above), default=0)
    return above[: highest + 1]


def _table(path: Path) -> dict[str, str]:
    try:
        text = _text(path)
        if text is None:
            return {}
        reader = csv.DictReader(io.StringIO(text, newline=""))
        if reader.fieldnames is None or not {"file", "address"} <= set(reader.fieldnames):
            raise CorpusError(f"{path}: the header must be 'file,address'; write these names in its first line.")
        return {row["file"]: row["address"].strip() for row in reader if row["file"] and row["address"]}
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: is no UTF-8 text; save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise CorpusError(f"{path}: is no CSV ({error}); save it as CSV in UTF-8.") from error


def _text(path: Path) -> str | None:
    """The characters of a table, null where there is none."""
    if (within := inside(str(path))) is None:
        # A folder may be so deep that no file in it can be named: os.path answers that there is none.
        return path.read_text(encoding="utf-8-sig") if os.path.isfile(path) else None
    archive, member = within
    if member not in members_of(archive):
        return None
    return member_bytes(archive, member, str(path), _LARGEST_TABLE).decode("utf-8-sig")
