"""Makes data/observed from collected figures, the same bytes each time: ``python scripts/set_observed.py COLLECTED``.

COLLECTED holds ``stated_figures.csv`` and ``full_reports.csv``. No figure is dropped, averaged or corrected: amounts
are given in the contract's units beside the printed ones, bodies get one identity over spellings and years, and what
the collectors noted becomes marks (``observed/marks.toml``).
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from gxtools.bodies import identify, province_name  # noqa: E402
from gxtools.forms import forms  # noqa: E402

HERE = Path(__file__).resolve().parent / "observed"
_MARKS = tomllib.loads((HERE / "marks.toml").read_text(encoding="utf-8"))
_TEXTS = tomllib.loads((HERE / "package.toml").read_text(encoding="utf-8"))
# Printed unit -> the unit and the factor. Counts in 万 were left as printed by the collectors; amounts are in 万元.
_UNITS = {
    "万元": ("10k_cny", Decimal(1)),
    "元": ("10k_cny", Decimal("0.0001")),
    "千元": ("10k_cny", Decimal("0.1")),
    "%": ("percent", Decimal(1)),
    "分": ("score", Decimal(1)),
    "万件": ("count", Decimal(10_000)),
    "万条": ("count", Decimal(10_000)),
    "万人次": ("count", Decimal(10_000)),
    "(单位未印)": (None, Decimal(1)),
    None: (None, Decimal(1)),
}
_GROUP_TOTALS = {
    "requests.denied.total",
    "requests.unavailable.total",
    "requests.unprocessed.total",
    "requests.other.total",
    "requests.received.legal_person",
    *(f"disputes.litigation.{column}" for column in ("upheld", "corrected", "other", "pending", "total")),
}
_IDENTITY = ["agency", "province", "year"]


def set_observed(collected: Path, out: Path) -> None:
    """Write every file of ``data/observed``."""
    out.mkdir(parents=True, exist_ok=True)
    figures = _figures(collected)
    frames = {
        "figures": figures.drop("collected_province", "parent", "name", "unmatched"),
        "bodies": _bodies(figures),
        "unmatched": _unmatched(figures),
        "subjects": _subjects(figures),
    }
    for name, frame in frames.items():
        frame.write_parquet(out / f"{name}.parquet", compression="zstd", statistics=False)
        flat = frame.with_columns(
            pl.col(column).list.eval(pl.element().struct.json_encode()).list.join(" ")
            for column, kind in frame.schema.items()
            if kind.base_type() is pl.List
        )
        flat.write_csv(out / f"{name}.csv")
    (out / "datapackage.json").write_text(_package(frames, out), encoding="utf-8")


def _figures(collected: Path) -> pl.DataFrame:
    """One row a figure, in the order of agency, year, subject."""
    stated = pl.read_csv(collected / "stated_figures.csv", schema_overrides={"value": pl.String}).with_columns(
        set=pl.lit("stated_figures"), address="source", read_from=pl.lit(None, pl.String)
    )
    whole = pl.read_csv(collected / "full_reports.csv", schema_overrides={"value": pl.String}).select(
        "agency",
        "level",
        "province",
        pl.col("year").cast(pl.Int64),
        pl.concat_str("table", "line", "column", separator=".").alias("subject"),
        "value",
        pl.col("unit").replace({"count": "件", "10k_cny": "万元"}),
        pl.lit("not held against the body's own page yet").alias("note"),
        pl.lit("full_reports").alias("set"),
        pl.lit(None, pl.String).alias("address"),
        pl.col("source").alias("read_from"),
    )
    columns = whole.columns
    rows = pl.concat([stated.select(columns), whole]).rename(
        {"value": "stated_value", "unit": "stated_unit", "level": "collected_level", "province": "collected_province"}
    )
    rows = rows.with_columns(province=pl.col("collected_province"))
    rows = rows.join(_identities(rows), on=_IDENTITY, how="left", nulls_equal=True).drop("province")
    rows = rows.rename({"full_province": "province"})
    units = pl.DataFrame(
        [(printed, unit, str(factor)) for printed, (unit, factor) in _UNITS.items()],
        schema=["stated_unit", "unit", "factor"],
        orient="row",
    )
    rows = rows.join(units, on="stated_unit", how="left", nulls_equal=True).with_columns(
        unit=pl.when(pl.col("stated_unit").is_in([unit for unit in _UNITS if unit]))
        .then("unit")
        .otherwise(pl.when(pl.col("stated_unit").is_not_null()).then(pl.lit("count"))),
        value=pl.struct("stated_value", "factor").map_elements(_value, return_dtype=pl.Float64),
    )
    rows = rows.with_columns(
        pl.col("note")
        .fill_null("")
        .str.replace_all(mark.get("without", "^$"), "")
        .str.contains(mark["pattern"])
        .alias(name)
        for name, mark in _MARKS.items()
    )
    return _compared(_named(rows)).select(*_ORDER)


_ORDER = [
    "figure", "set", "agency", "body", "name", "level", "kind", "province", "region_code", "parent", "year", "subject",
    "value", "unit", "stated_value", "stated_unit", "address", "read_from", *_MARKS, "contradicted", "copy_of",
    "collected_level", "collected_province", "note", "unmatched",
]  # fmt: skip


def _value(row: dict[str, str | None]) -> float:
    return float(Decimal(str(row["stated_value"])) * Decimal(row["factor"] or "1"))


def _identities(rows: pl.DataFrame) -> pl.DataFrame:
    """By agency, province and year as collected: the body, its level, kind, province and code as of the year."""
    found = []
    for agency, province, year in rows.select(_IDENTITY).unique(maintain_order=True).iter_rows():
        body = identify(agency, province or "", year)
        full = body.province or (province_name(province) if province else None)
        found.append((agency, province, year, body.body, body.name, body.level, body.kind, full, body.region_code,
                      body.parent, body.ambiguous))  # fmt: skip
    names = ["body", "name", "level", "kind", "full_province", "region_code", "parent", "unmatched"]
    types = dict.fromkeys(("agency", "province", *names), pl.String) | {"year": pl.Int64}
    return pl.DataFrame(found, schema=[*_IDENTITY, *names], schema_overrides=types, orient="row")


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """With an id a figure, from what was collected of it; the rows sorted."""
    said = pl.concat_str(
        [pl.col(name).cast(pl.String).fill_null("") for name in
         ("set", "agency", "year", "subject", "stated_value", "stated_unit", "address", "note")],
        separator="\x1f",
    )  # fmt: skip
    rows = rows.with_columns(said=said).with_columns(again=pl.int_range(pl.len()).over("said"))
    key = pl.struct("said", "again").map_elements(
        lambda row: hashlib.sha256(f"{row['said']}\x1f{row['again']}".encode()).hexdigest()[:12],
        return_dtype=pl.String,
    )
    return rows.with_columns(figure=key).sort("agency", "year", "subject", "set", "said", "again")


def _compared(rows: pl.DataFrame) -> pl.DataFrame:
    """With what the figures of one body, year and subject say of one another.

    ``copy_of`` is the first figure of equal value and unit, ``contradicted`` where there are different values; figures
    of a part of a year are compared with none.
    """
    who = pl.coalesce("body", "agency")
    series = [who.alias("who"), pl.col("year"), pl.col("subject"), pl.col("part_of_year")]
    keyed = rows.with_columns(series[0])
    over = ["who", "year", "subject", "part_of_year"]
    first = pl.col("figure").first().over([*over, "value", "unit"], order_by="set")
    return keyed.with_columns(
        contradicted=~pl.col("part_of_year") & (pl.struct("value", "unit").n_unique().over(over) > 1),
        copy_of=pl.when(~pl.col("part_of_year") & (first != pl.col("figure"))).then(first),
    ).drop("who")


def _bodies(figures: pl.DataFrame) -> pl.DataFrame:
    """One row a body: its names as printed, each with the first and last year in which it was met."""
    names = (
        figures.filter(pl.col("body").is_not_null())
        .group_by("body", "agency")
        .agg(first_year=pl.col("year").min(), last_year=pl.col("year").max(), figures=pl.len())
        .sort("body", "first_year", "agency")
        .group_by("body", maintain_order=True)
        .agg(
            pl.struct(name="agency", first_year="first_year", last_year="last_year").alias("names"),
            pl.col("figures").sum(),
        )
    )
    latest = (
        figures.filter(pl.col("body").is_not_null())
        .sort("body", "year", "figure")
        .group_by("body", maintain_order=True)
        .agg(
            pl.col("name").last(),
            *(pl.col(name).drop_nulls().last() for name in ("level", "kind", "province", "region_code", "parent")),
            codes=pl.col("region_code").drop_nulls().unique(maintain_order=True),
            years=pl.col("year").unique().sort(),
        )
    )
    return latest.join(names, on="body").select(
        "body", "name", "level", "kind", "province", "region_code", "parent",
        pl.col("codes").list.join(" "), pl.col("years").cast(pl.List(pl.String)).list.join(" "), "names", "figures",
    )  # fmt: skip


def _unmatched(figures: pl.DataFrame) -> pl.DataFrame:
    """The names that were matched with no body, with the reason."""
    return (
        figures.filter(pl.col("body").is_null())
        .group_by("agency", "province", "unmatched")
        .agg(first_year=pl.col("year").min(), last_year=pl.col("year").max(), figures=pl.len())
        .rename({"unmatched": "reason"})
        .sort("agency", "province", "reason")
    )


def _subjects(figures: pl.DataFrame) -> pl.DataFrame:
    """One row a subject: a cell of a form with its labels, a total of several, or a name of its own."""
    labels: dict[str, tuple[str, str]] = {}
    for form in forms().all:
        for cell in form.cells:
            table = form.table(cell.table)
            line, column = table.line(cell.line), table.column(cell.column)
            labels[f"{cell.table}.{cell.line}.{cell.column}"] = (f"{line.zh}，{column.zh}", f"{line.en}, {column.en}")
    counted = figures.group_by("subject").agg(
        figures=pl.len(), units=pl.col("unit").drop_nulls().unique().sort().str.join(" ")
    )
    wrong = [
        subject
        for subject in counted["subject"]
        if "." in subject and subject not in labels and subject not in _GROUP_TOTALS
    ]
    if wrong:
        raise ValueError(
            f"no cell and no total of the forms: {', '.join(sorted(wrong))}. Correct them where collected."
        )
    kinds = [
        ("cell" if subject in labels else "total" if subject in _GROUP_TOTALS else "own")
        for subject in counted["subject"]
    ]
    zh, en = zip(*(labels.get(subject, (None, None)) for subject in counted["subject"]), strict=True)
    return (
        counted.with_columns(
            kind=pl.Series(kinds), label_zh=pl.Series(zh, dtype=pl.String), label=pl.Series(en, dtype=pl.String)
        )
        .select("subject", "kind", "label", "label_zh", "units", "figures")
        .sort("subject")
    )


def _package(frames: dict[str, pl.DataFrame], out: Path) -> str:
    """The Frictionless description of the files: fields, row counts, sizes, hashes."""
    types = {
        pl.String: "string",
        pl.Int64: "integer",
        pl.UInt32: "integer",
        pl.Float64: "number",
        pl.Boolean: "boolean",
    }
    resources = []
    for name, frame in frames.items():
        texts = _TEXTS[name]
        fields = []
        for column, kind in frame.schema.items():
            described = _MARKS.get(column) or texts["fields"][column]
            fields.append({"name": column, "type": types.get(kind.base_type(), "string"),
                           "description": described["en"], "description_zh": described["zh"]})  # fmt: skip
        for suffix in ("csv", "parquet"):
            data = (out / f"{name}.{suffix}").read_bytes()
            resources.append(
                {
                    "name": f"{name}-{suffix}",
                    "path": f"{name}.{suffix}",
                    "title": texts["title"],
                    "title_zh": texts["title_zh"],
                    "format": suffix,
                    "mediatype": "text/csv" if suffix == "csv" else "application/vnd.apache.parquet",
                    "encoding": "utf-8",
                    "rows": frame.height,
                    "bytes": len(data),
                    "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                    "schema": {"fields": fields, "primaryKey": texts["key"], "missingValues": [""]},
                }
            )
    package = {
        "profile": "tabular-data-package",
        **{key: _TEXTS[key] for key in ("name", "title", "title_zh", "description", "description_zh", "version")},
        "licenses": [_TEXTS["licence"]],
        "contributors": [{"title": "gxtools contributors", "role": "author"}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    set_observed(Path(sys.argv[1]), ROOT / "data" / "observed")
