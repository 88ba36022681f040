"""The functions of PDFium that are called for each character and object of a page, bound anew without ctypes' check of
every argument, which takes longer than the call. They take what pypdfium2's own take; results go into ``byref``.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def _bound(function: Any) -> Any:
    return ctypes.CFUNCTYPE(function.restype)(ctypes.cast(function, ctypes.c_void_p).value or 0)


char_origin = _bound(pdfium.FPDFText_GetCharOrigin)
char_box = _bound(pdfium.FPDFText_GetLooseCharBox)
char_matrix = _bound(pdfium.FPDFText_GetMatrix)
char_size = _bound(pdfium.FPDFText_GetFontSize)
char_color = _bound(pdfium.FPDFText_GetFillColor)
char_is_made = _bound(pdfium.FPDFText_IsGenerated)
char_is_unmapped = _bound(pdfium.FPDFText_HasUnicodeMapError)
char_owner = _bound(pdfium.FPDFText_GetTextObject)

object_of_page = _bound(pdfium.FPDFPage_GetObject)
object_of_form = _bound(pdfium.FPDFFormObj_GetObject)
kind_of = _bound(pdfium.FPDFPageObj_GetType)
matrix_of = _bound(pdfium.FPDFPageObj_GetMatrix)
bounds_of = _bound(pdfium.FPDFPageObj_GetBounds)
fill_color = _bound(pdfium.FPDFPageObj_GetFillColor)
stroke_color = _bound(pdfium.FPDFPageObj_GetStrokeColor)
draw_mode = _bound(pdfium.FPDFPath_GetDrawMode)
segments_of = _bound(pdfium.FPDFPath_CountSegments)
segment_of = _bound(pdfium.FPDFPath_GetPathSegment)
clip_of = _bound(pdfium.FPDFPageObj_GetClipPath)
paths_of_clip = _bound(pdfium.FPDFClipPath_CountPaths)
segments_of_clip = _bound(pdfium.FPDFClipPath_CountPathSegments)
segment_of_clip = _bound(pdfium.FPDFClipPath_GetPathSegment)
segment_kind = _bound(pdfium.FPDFPathSegment_GetType)
segment_point = _bound(pdfium.FPDFPathSegment_GetPoint)
segment_closes = _bound(pdfium.FPDFPathSegment_GetClose)
