"""The command that writes a simulated world."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxtools.cli.commands import shown
from gxtools.errors import CorpusError


def simulate(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder of the data set, new or to be replaced.")],
    bodies: Annotated[int, typer.Option(help="How many fictional bodies.")] = 100,
    years: Annotated[str, typer.Option(help="The years, as FIRST-LAST.")] = "2019-2025",
    seed: Annotated[int, typer.Option(help="The same seed gives the same reports.")] = 1,
) -> int:
    """Write simulated reports as a data set.

    They are marked 模拟 simulated wherever they go. What is behind them (errors that were planted, parameters) is
    written to a folder beside, named DIR-truth.

    \b
    Examples:
      gxtools simulate --out world
      gxtools simulate --bodies 1000 --years 2019-2024 --seed 7 --out world
    """
    import gxtools as gx

    first, told, last = years.partition("-")
    if not first.isdecimal() or (told and not last.isdecimal()):
        raise typer.BadParameter(f"--years '{years}' is no span of years; write it as 2019-2025.")
    try:
        world = gx.simulate(bodies=bodies, years=range(int(first), int(last or first) + 1), seed=seed, out=out)
    except CorpusError:
        raise
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error
    typer.echo(shown(str(out)))
    typer.echo(f"simulated {len(world)} 模拟报告")
    return 0
