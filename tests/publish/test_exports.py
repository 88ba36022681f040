"""Exports read back by other libraries, with labels, and no zero where nothing was printed."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any

import pandas
import polars as pl
import polars_readstat
import pytest

import gxtools as gx
from gxtools.publish.exports.statistics import variable_names
from tests.cli.running import gxtools

SUFFIXES = (".csv", ".parquet", ".xlsx", ".dta", ".sav")


@pytest.fixture(scope="module")
def corpus(root: Path, tmp_path_factory: pytest.TempPathFactory) -> gx.Corpus:
    """The shipped reports, one of them with a blank cell, and a document that cannot be read."""
    folder = tmp_path_factory.mktemp("reports")
    for path in (root / "data" / "reports").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    page = (folder / "suqian_2024.html").read_text(encoding="utf-8")
    (folder / "suqian_2024.html").write_text(page.replace("<td>121</td>", "<td></td>", 1), encoding="utf-8")
    (folder / "empty.html").write_bytes(b"")
    return gx.load(folder, workers=1)


def _read_back(path: Path) -> pl.DataFrame:
    if path.suffix == ".csv":
        return pl.read_csv(path, infer_schema_length=None)
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    if path.suffix == ".xlsx":
        return pl.DataFrame(_sheet(path), infer_schema_length=None)
    return polars_readstat.ScanReadstat(path=str(path)).df.collect()


def _sheet(path: Path) -> list[dict[str, Any]]:
    from lxml import etree

    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        strings = [
            "".join(item.itertext())
            for item in etree.fromstring(book.read("xl/sharedStrings.xml")).findall("x:si", space)
        ]
        rows = etree.fromstring(book.read("xl/worksheets/sheet1.xml")).findall(".//x:row", space)
    table = [
        {cell.get("r").rstrip("0123456789"): (cell.get("t"), cell.findtext("x:v", namespaces=space)) for cell in row}
        for row in rows
    ]
    heads = {letter: strings[int(value)] for letter, (_, value) in table[0].items()}
    return [
        {
            name: None
            if letter not in row or row[letter][1] is None
            else strings[int(row[letter][1])]
            if row[letter][0] == "s"
            else float(row[letter][1])
            for letter, name in heads.items()
        }
        for row in table[1:]
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_figure_reads_back(corpus: gx.Corpus, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wide{suffix}"
    gx.export(corpus, path)
    back = _read_back(path)
    written = pl.read_parquet(gx.export(corpus, tmp_path / "same.parquet")[0])
    names = variable_names(written.columns, corpus.forms, 32 if suffix == ".dta" else 64)
    assert back.height == 3
    for cell in corpus.cells.iter_rows(named=True):
        column = f"{cell['table']}.{cell['line']}.{cell['column']}"
        column = column if suffix not in (".dta", ".sav") else names[column]
        value = back.filter(pl.col("report") == cell["report"])[column][0]
        assert value == cell["value"], column


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_blank_is_no_zero(corpus: gx.Corpus, tmp_path: Path, suffix: str) -> None:
    blank = corpus.cells.filter(pl.col("state") == "blank")
    assert blank.height == 1
    path = tmp_path / f"long{suffix}"
    gx.export(corpus, path, "long")
    back = _read_back(path)
    place = [(pl.col(name) == blank[name][0]) for name in ("report", "table", "line", "column")]
    assert back.height == corpus.cells.height
    assert back.filter(*place)["value"].to_list() == [None]


def test_stata_and_spss_hold_labels(corpus: gx.Corpus, tmp_path: Path) -> None:
    for suffix in (".dta", ".sav"):
        path = tmp_path / f"wide{suffix}"
        gx.export(corpus, path)
        held = polars_readstat.ScanReadstat(path=str(path)).metadata
        labels = {variable["name"]: variable["label"] for variable in held["variables"]}
        assert all(labels.values())
        name = "requests_granted_total"
        assert labels[name].startswith("requests.granted.total （一）予以公开，总计")
        (level,) = (variable for variable in held["variables"] if variable["name"] == "level")
        assert level["value_labels"]["4"] == "county 县级"


def test_pandas_reads_the_stata_file_with_its_labels(corpus: gx.Corpus, tmp_path: Path) -> None:
    gx.export(corpus, tmp_path / "wide.dta")
    with pandas.io.stata.StataReader(tmp_path / "wide.dta") as reader:
        labels, frame = reader.variable_labels(), reader.read()
    assert labels["agency"].startswith("机关")
    assert sorted(frame["level"].astype(str)) == ["county 县级", "prefecture 市级", "prefecture 市级"]


def test_names_of_variables_are_short_and_their_own(corpus: gx.Corpus, tmp_path: Path) -> None:
    written = pl.read_parquet(gx.export(corpus, tmp_path / "wide.parquet")[0])
    for longest in (32, 64):
        names = variable_names(written.columns, corpus.forms, longest)
        assert len(set(names.values())) == len(names)
        assert max(map(len, names.values())) <= longest
        assert all(name.isidentifier() for name in names.values())


def test_a_cell_has_one_name_in_every_file(corpus: gx.Corpus, root: Path, tmp_path: Path) -> None:
    one = gx.read(root / "data" / "reports" / "suqian_2024.html")
    columns = [pl.read_parquet(gx.export(source, tmp_path / "x.parquet")[0]).columns for source in (corpus, one)]
    assert columns[0] != columns[1]
    names = [variable_names(each, corpus.forms, 32) for each in columns]
    assert {column: names[0][column] for column in names[1]} == names[1]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("shape", ["wide", "long"])
def test_the_codebook_beside_names_every_column(corpus: gx.Corpus, tmp_path: Path, suffix: str, shape: str) -> None:
    path, beside = gx.export(corpus, tmp_path / f"x{suffix}", shape)
    with beside.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == _read_back(path).columns
    assert all(row["meaning"] and row["meaning_zh"] for row in rows)


def test_what_cannot_be_written_is_told(corpus: gx.Corpus, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"give one of .csv, .xlsx, .parquet, .dta, .sav"):
        gx.export(corpus, tmp_path / "x.doc")
    with pytest.raises(ValueError, match="there are: long, wide"):
        gx.export(corpus, tmp_path / "x.csv", "tall")


def test_an_empty_corpus_gives_heads_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.html").write_bytes(b"")
    corpus = gx.load(tmp_path / "in", workers=1)
    for suffix in SUFFIXES:
        gx.export(corpus, tmp_path / f"x{suffix}")
    assert pl.read_parquet(tmp_path / "x.parquet").height == 0


def test_the_command_line_exports(root: Path, tmp_path: Path) -> None:
    done = gxtools("export", root / "data" / "reports", "--out", tmp_path / "cells.csv", "--shape", "long")
    assert done.returncode == 0
    assert done.stdout.split() == [str(tmp_path / "cells.csv"), str(tmp_path / "cells.codebook.csv")]
    failed = gxtools("export", root / "data" / "reports", "--out", tmp_path / "cells.txt")
    assert failed.returncode == 2
    assert "give one of .csv" in failed.stderr
