"""The observed figures: every one as it was collected, described, hashed, and none lost or averaged away."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.datasets import shipped
from scripts.set_observed import set_observed

PACKAGES = ("observed", "population")


@pytest.fixture(scope="module")
def observed() -> pl.DataFrame:
    return gx.datasets.observed()


def _package(root: Path, name: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        (root / "data" / name / "datapackage.json").read_text(encoding="utf-8")
    )
    return found


def test_fifty_figures_at_random_are_as_collected(observed: pl.DataFrame, shared: Path) -> None:
    with (shared / "figures" / "stated_figures.csv").open(encoding="utf-8", newline="") as file:
        collected = list(csv.DictReader(file))
    for row in random.Random(2611).sample(collected, 50):
        found = observed.filter(
            (pl.col("agency") == row["agency"])
            & (pl.col("year") == int(row["year"]))
            & (pl.col("subject") == row["subject"])
            & (pl.col("address") == row["source"])
            & (pl.col("note").fill_null("") == row["note"])
            & (pl.col("stated_unit").fill_null("") == row["unit"])
            & (pl.col("collected_level") == row["level"])
        )
        assert [float(value) for value in found["stated_value"]].count(float(row["value"])) >= 1, row


def test_no_figure_is_lost(observed: pl.DataFrame, shared: Path) -> None:
    for name in ("stated_figures", "full_reports"):
        with (shared / "figures" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            collected = list(csv.DictReader(file))
        own = observed.filter(pl.col("set") == name)
        assert own.height == len(collected)
        assert sorted(map(float, own["stated_value"])) == sorted(float(row["value"]) for row in collected)
    assert observed["figure"].n_unique() == observed.height


def test_the_script_makes_the_same_files_again(root: Path, shared: Path, tmp_path: Path) -> None:
    set_observed(shared / "figures", tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (root / "data" / "observed" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", PACKAGES)
def test_every_file_is_as_it_is_described(root: Path, name: str) -> None:
    for part in _package(root, name)["resources"]:
        path = root / "data" / name / str(part["path"])
        data = path.read_bytes()
        assert part["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert part["bytes"] == len(data)
        frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)
        assert part["rows"] == frame.height
        schema = part["schema"]
        assert isinstance(schema, dict)
        assert [field["name"] for field in schema["fields"]] == frame.columns
        assert all(field["description"] for field in schema["fields"])
        assert frame.select(schema["primaryKey"]).is_duplicated().sum() == 0


def test_both_formats_hold_the_same(root: Path, observed: pl.DataFrame) -> None:
    flat = pl.read_csv(root / "data/observed/figures.csv", schema=observed.schema)
    assert flat.equals(observed)


def test_every_figure_says_where_it_is_from(observed: pl.DataFrame) -> None:
    assert observed.filter(pl.col("address").is_null() == pl.col("read_from").is_null()).is_empty()
    assert observed.filter(pl.col("address").is_not_null() & ~pl.col("address").str.starts_with("http")).is_empty()


def test_contradictions_stay_visible(observed: pl.DataFrame) -> None:
    series = ["body", "year", "subject"]
    yearly = observed.filter(~pl.col("part_of_year") & pl.col("body").is_not_null())
    differing = yearly.filter(pl.struct("value", "unit").n_unique().over(series) > 1)
    assert differing.height >= 10
    assert differing["contradicted"].all()
    assert not yearly.join(differing, on="figure", how="anti")["contradicted"].any()


def test_a_copy_names_an_equal_figure(observed: pl.DataFrame) -> None:
    copies = observed.filter(pl.col("copy_of").is_not_null())
    both = copies.join(observed, left_on="copy_of", right_on="figure", how="left", suffix="_first")
    assert copies.height > 100
    for column in ("year", "subject", "value", "unit"):
        assert both[column].eq_missing(both[f"{column}_first"]).all()
    assert both["copy_of_first"].null_count() == both.height


def test_months_are_no_years(observed: pl.DataFrame) -> None:
    months = observed.filter(pl.col("note").fill_null("").str.contains("one month only"))
    assert months.height > 50
    assert months["part_of_year"].all()


@pytest.mark.parametrize(
    ("stated", "unit", "value"), [("3.6988", "万件", 36988.0), ("57.5", "千元", 5.75), ("709455.9", "元", 70.94559)]
)
def test_amounts_are_in_the_contracts_units(observed: pl.DataFrame, stated: str, unit: str, value: float) -> None:
    found = observed.filter((pl.col("stated_value") == stated) & (pl.col("stated_unit") == unit))
    assert found["value"].to_list() == [value] * found.height
    assert found.height
    assert set(found["unit"]) == {"10k_cny" if unit.endswith("元") else "count"}


def test_subjects_are_cells_of_the_forms_or_told_apart() -> None:
    subjects = gx.datasets.subjects()
    assert set(subjects["kind"]) == {"cell", "total", "own"}
    assert subjects.filter((pl.col("kind") == "own") & pl.col("subject").str.contains(".", literal=True)).is_empty()
    assert subjects.filter((pl.col("kind") == "cell") & pl.col("label").is_null()).is_empty()


@pytest.mark.parametrize("argument", ["subject", "level", "kind"])
def test_what_is_not_there_is_told_with_what_is(argument: str) -> None:
    with pytest.raises(ValueError, match=rf"no {argument} 'granted' among .* there are: "):
        gx.datasets.observed(**{argument: "granted"})


def test_filters_leave_what_was_asked_for(observed: pl.DataFrame) -> None:
    found = gx.datasets.observed(subject="requests.received.total", level="county", kind="government")
    assert found.height > 100
    assert found.equals(
        observed.filter(
            (pl.col("subject") == "requests.received.total")
            & (pl.col("level") == "county")
            & (pl.col("kind") == "government")
        )
    )


def test_a_damaged_file_is_noticed(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("manifest.json", "observed/datapackage.json", "observed/figures.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((root / "data" / name).read_bytes())
    monkeypatch.setattr(shipped, "folder", lambda: tmp_path)
    shipped._hashes.cache_clear()
    try:
        assert gx.datasets.observed().height
        data = bytearray((tmp_path / "observed/figures.parquet").read_bytes())
        data[1000] ^= 1
        (tmp_path / "observed/figures.parquet").write_bytes(bytes(data))
        with pytest.raises(gx.CorpusError, match="is not the file that was shipped"):
            gx.datasets.observed()
    finally:
        shipped._hashes.cache_clear()
