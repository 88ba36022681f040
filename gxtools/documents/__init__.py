"""Bytes to grids and text, a module a format. Knows no form: what a label means is decided by the layers above."""

from __future__ import annotations

from gxtools.documents.archives import inside, is_archive, member_bytes, members_of
from gxtools.documents.opening import bytes_of, open_document

__all__ = ["bytes_of", "inside", "is_archive", "member_bytes", "members_of", "open_document"]
