"""Bytes to grids and text, a module a format. Knows no form: what a label means is decided by the layers above."""

from __future__ import annotations

from gxtools.documents.opening import open_document

__all__ = ["open_document"]
