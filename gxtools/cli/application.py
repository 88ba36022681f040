"""The application with all its commands, in the order in which help lists them."""

from gxtools.cli.commands import app
from gxtools.cli.exporting import export
from gxtools.cli.simulating import simulate

__all__ = ["app"]

for command in (export, simulate):
    app.command()(command)
