"""The command line: ``gxtools read``, ``check``, ``load``, ``simulate``, ``notebooks`` and ``lab``. Thin commands."""

from gxtools.cli.running import main

__all__ = ["main"]
