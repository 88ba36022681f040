"""The command line: ``gxtools read``, ``check``, ``load``, ``export``, ``simulate``, ``notebooks``, ``lab``: thin."""

from gxtools.cli.running import main

__all__ = ["main"]
