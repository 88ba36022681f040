"""Draws the picture of the README from the shipped reports: ``python scripts/draw_picture.py``."""

from __future__ import annotations

from pathlib import Path

import gxtools as gx

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "disclosure_rate.png"


def main() -> None:
    """Read ``data/reports`` and save the disclosure rate; says where it stands."""
    corpus = gx.load(ROOT / "data" / "reports", progress=False)
    PICTURE.parent.mkdir(exist_ok=True)
    gx.charts.save(gx.charts.disclosure_rate(corpus), PICTURE)
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
