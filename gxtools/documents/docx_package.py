"""The parts of a Word document: a zip file opened within limits, its XML parsed with nothing resolved or fetched."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gxtools.documents.archives import BROKEN
from gxtools.errors import UnreadableDocument

# No report comes near these; what exceeds one would take minutes or gigabytes.
_MOST_MEMBERS = 5_000
_MOST_BYTES_OF_A_PART = 64_000_000
_MOST_MARKS = 2_000_000  # tags and attributes, told before a tree is made of them

_MAIN = "word/document.xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
_ENCRYPTED = 0x1
_SIMPLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARES_TYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")


class Relation(NamedTuple):
    """What a part refers to: by which id, as what (the last word of the relation's type), and the part's name."""

    id: str
    kind: str
    target: str


class Package:
    """The members of a Word document by name, read when asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises ``UnreadableDocument`` for a damaged file, an encrypted one, one with too many members."""
        self._name = name
        if data.count(b"PK\x01\x02") > _MOST_MEMBERS:  # each member has one in the directory
            raise self._too_large(f"over {_MOST_MEMBERS:,} parts")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise self.damaged() from error
        members = self._archive.infolist()
        # Word does not tell upper from lower case in the names of parts, and some programs write backslashes.
        names = [member.filename.replace("\\", "/").lower() for member in members]
        self._twice = {name for name, count in Counter(names).items() if count > 1}
        self._members = dict(zip(names, members, strict=True))

    def damaged(self) -> UnreadableDocument:
        """The sentence for a file that cannot be read to its end."""
        return UnreadableDocument(
            self._name,
            "the Word document is damaged or was cut off.",
            "Download it again, or open it in Word, save it anew and read that.",
        )

    def _too_large(self, what: str) -> UnreadableDocument:
        return UnreadableDocument(
            self._name, f"the Word document holds {what}, more than any report has.", "Read the report alone."
        )

    def main(self) -> str:
        """The name of the part with the text. Raises ``UnreadableDocument`` where there is none."""
        targets = [relation.target for relation in self.relations("") if relation.kind == "officeDocument"]
        for target in (*targets, _MAIN):
            if target.lower() in self._members:
                return target
        raise UnreadableDocument(
            self._name, "it is a zip archive, and no Word document.", "Unpack it and read the document inside."
        )

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part refers to inside the file; what lies outside is never followed. ``""`` is the whole file."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        for element in () if root is None else root.iter("{*}Relationship"):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
                yield Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target)

    def related(self, part: str, kind: str) -> etree._Element | None:
        """The first part of a kind that a part refers to, as XML; None where there is none."""
        targets = (relation.target for relation in self.relations(part) if relation.kind == kind)
        return next((root for target in targets if (root := self.xml(target)) is not None), None)

    def xml(self, part: str) -> etree._Element | None:
        """A part parsed; None where the file has no such part."""
        data = self.read(part)
        if data is None:
            return None
        if data.count(b"<") + data.count(b"=") > _MOST_MARKS:
            raise self._too_large(f"over {_MOST_MARKS:,} elements")
        if _DECLARES_TYPE.search(data):
            raise UnreadableDocument(
                self._name,
                "the Word document declares entities of its own, which no program writes and no reader should expand.",
                "Open it in Word, save it anew and read that.",
            )
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged() from error

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; None where the file has no such part."""
        member = self._members.get(part.lower())
        if member is None:
            return None
        if part.lower() in self._twice or member.compress_type not in _SIMPLE:
            raise self.damaged()
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableDocument(
                self._name, "the Word document is encrypted with a password.", "Unpack it with its password first."
            )
        if member.file_size > _MOST_BYTES_OF_A_PART:
            raise self._too_large(f"a part of {member.file_size:,} bytes")
        try:
            with self._archive.open(member) as file:
                data = file.read(_MOST_BYTES_OF_A_PART + 1)  # the size that is declared may be wrong
        except BROKEN as error:
            raise self.damaged() from error
        if len(data) > _MOST_BYTES_OF_A_PART:
            raise self._too_large(f"a part of over {_MOST_BYTES_OF_A_PART:,} bytes")
        return data
