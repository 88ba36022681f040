"""The whole reports that come with the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxtools.datasets.shipped import folder, verified

if TYPE_CHECKING:
    from gxtools.corpus import Corpus


def reports() -> Corpus:
    """Three whole reports: 九龙坡区 2020 (form of 2019), 宿迁市 2023 and 2024 (form of 2021).

    The figures are real, the pages were set by this project (each says so). Raises ``CorpusError`` for a page that is
    not the one that was shipped.
    """
    # Readers and frames take longer to import than the observed figures to read.
    from gxtools.corpus import load

    names = sorted(path.relative_to(folder()).as_posix() for path in (folder() / "reports").glob("*.html"))
    return load([verified(name) for name in names], workers=1)
