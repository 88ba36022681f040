"""What a person said of findings, in a CSV file of one's own: it survives every re-run of the check."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from gxtools.errors import CorpusError

ACCEPTED, CONFIRMED = "accepted", "confirmed"
VERDICTS = (ACCEPTED, CONFIRMED)
SCHEMA = {"finding": pl.String, "verdict": pl.String, "note": pl.String}


def read_verdicts(path: Path | None) -> pl.DataFrame:
    """The verdicts of a file, none where it is not there yet. Raises ``CorpusError`` for one that is no such file."""
    if path is None or not path.exists():
        return pl.DataFrame(schema=SCHEMA)
    try:
        held = pl.read_csv(path, schema_overrides=SCHEMA, truncate_ragged_lines=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: is no table of verdicts: {error}. Mend it, or give another file.") from error
    if not set(SCHEMA) <= set(held.columns):
        raise CorpusError(f"{path}: has no columns {', '.join(SCHEMA)}; give a file that `accept` wrote, or a new one.")
    held = held.select(list(SCHEMA)).with_columns(pl.col("note").fill_null(""))
    unknown = held.filter(~pl.col("verdict").is_in(VERDICTS))["verdict"].to_list()
    if unknown:
        raise CorpusError(f"{path}: '{unknown[0]}' is no verdict; there are {' and '.join(VERDICTS)}.")
    return held.unique("finding", keep="last", maintain_order=True)


def write_verdict(path: Path, finding: str, verdict: str, note: str) -> None:
    """Add a verdict to a file, or replace the one on the same finding."""
    if verdict not in VERDICTS:
        raise ValueError(f"'{verdict}' is no verdict; there are {' and '.join(VERDICTS)}")
    held = read_verdicts(path).filter(pl.col("finding") != finding)
    added = pl.DataFrame([(finding, verdict, note)], schema=SCHEMA, orient="row")
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.concat([held, added]).write_csv(path)
