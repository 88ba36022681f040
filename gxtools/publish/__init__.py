"""The curated notebooks on a folder of one's own: as pages that open with no network, or live in JupyterLab."""

from __future__ import annotations

from gxtools.publish.lab import open_lab
from gxtools.publish.publishing import Published, publish_notebooks

__all__ = ["Published", "open_lab", "publish_notebooks"]
