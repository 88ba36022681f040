"""The whole reports that come with the package."""

from __future__ import annotations

from gxtools.corpus import Corpus, load
from gxtools.datasets.shipped import folder, verified


def reports() -> Corpus:
    """Three whole reports: 九龙坡区 2020 (form of 2019), 宿迁市 2023 and 2024 (form of 2021).

    The figures are real, the pages were set by this project (each says so). Raises ``CorpusError`` for a page that is
    not the one that was shipped.
    """
    names = sorted(path.relative_to(folder()).as_posix() for path in (folder() / "reports").glob("*.html"))
    return load([verified(name) for name in names], workers=1)
