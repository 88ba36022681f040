"""Reports that a reader chooses in the browser: read on this machine, in the kernel, and sent nowhere."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

import ipywidgets
import polars as pl

from gxtools.corpus import Corpus, load
from gxtools.errors import UnreadableDocument
from gxtools.explore.markup import framed, paragraph

_ACCEPTED = ".html,.htm,.mht,.mhtml,.txt,.pdf,.docx,.json,.xml,.zip"
# What a system may refuse in a file's name, or take for a folder.
_UNFIT = re.compile(r'[\\/:*?"<>|\0]')
# In bytes: a disk takes 255.
_LONGEST_NAME, _LONGEST_ENDING = 200, 20
_NAMED = 10


class Upload(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """A button that takes documents or ZIP archives; ``corpus`` holds what was read of them, at first nothing.

    What is chosen goes from the browser to this kernel alone. It lies in a temporary folder as long as the widget
    lives, so that a figure can be shown where it stands. Each choice replaces the one before.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="gxtools-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self.files = ipywidgets.FileUpload(
            accept=_ACCEPTED,
            multiple=True,
            description="选择报告 Choose reports",
            tooltip="网页、PDF、Word、文本或 ZIP，只在本机读取 pages, PDF, Word, text or ZIP, read on this machine",
            layout=ipywidgets.Layout(width="260px"),
        )
        self._told = ipywidgets.HTML()
        self.children = (self.files, self._told)
        self._read(())
        self.files.observe(lambda change: self._read(change["new"]), names="value")

    @property
    def corpus(self) -> Corpus:
        """What was read of the documents last chosen."""
        return self._corpus

    def __repr__(self) -> str:
        return f"Upload({self._corpus!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget; beside it, for pages without a kernel and for tests, what it says now."""
        return {
            **super()._repr_mimebundle_(**kwargs),
            "text/html": self._told.value,
            "text/plain": repr(self),
        }

    def _read(self, chosen: tuple[dict[str, Any], ...]) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        said = []
        try:
            self._corpus = load([self._kept(number, file) for number, file in enumerate(chosen, 1)], workers=1)
        except (UnreadableDocument, OSError) as error:
            self._corpus = load([])
            said.append(f"没有读取 Nothing was read: {error}")
        # A reader knows the names of the files, not the folder in which they lie now.
        where = re.compile(re.escape(str(self._folder)) + r"[\\/]\d+[\\/]")
        told = [where.sub("", sentence) for sentence in (*said, *_said(self._corpus, len(chosen)))]
        self._told.value = framed(map(paragraph, told))

    def _kept(self, number: int, file: dict[str, Any]) -> Path:
        """Where a document lies now: under its own name, in a folder of its own as two may bear one name."""
        name = _UNFIT.sub("_", str(file["name"])).lstrip(".") or "document"
        # A name may be longer than a disk takes; its ending tells a ZIP archive.
        stem, ending = os.path.splitext(name)
        short = stem.encode()[:_LONGEST_NAME].decode(errors="ignore")
        path = self._folder / str(number) / f"{short}{ending.encode()[:_LONGEST_ENDING].decode(errors='ignore')}"
        path.parent.mkdir(parents=True)
        path.write_bytes(file["content"])
        return path


def _said(corpus: Corpus, chosen: int) -> list[str]:
    """What was chosen and read, and why the rest was not."""
    if not chosen:
        return [
            "尚未选择文件。文件只在本机读取，不外传。No file chosen yet. Files are read on this machine, sent nowhere."
        ]
    failed = corpus.reports.filter(pl.col("error").is_not_null())
    read = corpus.reports.height - failed.height
    said = [f"已选 {chosen} 个文件，读取报告 {read} 份。{chosen} file(s) chosen, {read} report(s) read."]
    if failed.height:
        said.append(f"未能读取 {failed.height} 份 {failed.height} could not be read:")
        said += [str(error) for error in failed["error"].head(_NAMED)]
    if failed.height > _NAMED:
        said.append(f"另有 {failed.height - _NAMED} 份 and {failed.height - _NAMED} more")
    return said
