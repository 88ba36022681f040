"""Simulated reports stay marked whatever is done to them: filter, join, write, read, measure, chart, export."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import dataframely as dy
import polars as pl
import pytest

import gxtools as gx
from gxtools import charts, measures
from gxtools.explore import findings
from gxtools.frames import SCHEMAS, validate
from gxtools.marks import SIMULATED_ID, is_simulated
from gxtools.measures import blank_shares, composition, error_anatomy, rule_shares
from gxtools.simulation import SimulatedCorpus, documents
from gxtools.writing import CellsAs, HtmlLayout, TextLayout

MARK = "模拟 simulated: "


@pytest.fixture(scope="module")
def marked() -> SimulatedCorpus:
    return gx.simulate(bodies=40, years=range(2020, 2024), seed=2)


@dataclass(frozen=True)
class Taken:
    """Frames as a user may put them together, without the column of the mark."""

    reports: pl.DataFrame
    cells: pl.DataFrame
    problems: pl.DataFrame


def test_every_row_of_every_frame_bears_it(marked: SimulatedCorpus) -> None:
    for name, frame in marked.frames.items():
        assert frame["report"].str.starts_with(SIMULATED_ID).all(), name
    assert marked.reports["simulated"].all()
    assert marked.reports["source"].str.starts_with("模拟 simulated").all()
    assert marked.reports["agency"].str.starts_with("模拟").all()


def test_filters_and_joins_keep_it(marked: SimulatedCorpus) -> None:
    joined = marked.cells.filter(pl.col("line") == "received").join(marked.reports.drop("simulated"), on="report")
    assert is_simulated(joined)
    assert is_simulated(joined.drop("report").with_columns(report=pl.lit("anything")))
    assert is_simulated(joined.with_columns(agency=pl.lit("宿迁市人民政府")))


def test_it_cannot_be_taken_from_a_corpus(marked: SimulatedCorpus, tmp_path: Path) -> None:
    frames = marked.frames
    denied = frames | {"reports": frames["reports"].with_columns(simulated=pl.lit(False))}
    with pytest.raises(dy.exc.ValidationError):
        gx.Corpus(denied, marked.forms).write(tmp_path / "denied")
    dropped = frames | {"reports": frames["reports"].drop("simulated")}
    with pytest.raises(pl.exceptions.SchemaError):
        gx.Corpus(dropped, marked.forms).write(tmp_path / "dropped")


def test_real_reports_do_not_bear_it_and_may_not(marked: SimulatedCorpus) -> None:
    real = gx.load(Path(__file__).parents[2] / "data" / "reports", workers=1)
    assert not real.reports["simulated"].any()
    assert "模拟" not in gx.measure(real, "disclosure_rate")["definition"].str.join().item()
    with pytest.raises(dy.exc.ValidationError):
        validate(real.frames | {"reports": real.reports.with_columns(simulated=pl.lit(True))})


def test_written_and_opened_it_is_there(marked: SimulatedCorpus, tmp_path: Path) -> None:
    marked.write(tmp_path / "set")
    assert gx.open_corpus(tmp_path / "set").reports.equals(marked.reports)
    assert gx.scan(tmp_path / "set")["reports"].select(pl.col("simulated").all()).collect().item()


def test_a_data_set_of_before_the_mark_gets_its_column(marked: SimulatedCorpus, tmp_path: Path) -> None:
    marked.write(tmp_path / "set")
    marked.reports.drop("simulated").write_parquet(tmp_path / "set" / "reports.parquet")
    opened = gx.open_corpus(tmp_path / "set").reports
    assert opened.columns == list(SCHEMAS["reports"])
    assert opened["simulated"].all()


@pytest.mark.parametrize("layout", [HtmlLayout(), TextLayout(cells=CellsAs.PIPES)], ids=["page", "text"])
def test_documents_read_back_equal_and_marked(
    marked: SimulatedCorpus, layout: HtmlLayout | TextLayout, tmp_path: Path
) -> None:
    for name, data in documents(marked, layout):
        (tmp_path / name).write_bytes(data)
        assert "模拟数据，并非真实报告" in data.decode()
    back = gx.load(tmp_path, workers=1)
    assert back.reports["simulated"].all()
    assert back.reports.height == marked.reports.height
    names = back.reports.select("report", id=pl.col("source").str.extract(r"(simulated-[\d-]+)\."))
    columns = ["form", "table", "line", "column", "value", "unit", "raw", "state"]
    read = back.cells.join(names, on="report").select("id", *columns).sort("id", *columns[1:4])
    assert read.equals(marked.cells.select(pl.col("report").alias("id"), *columns).sort("id", *columns[1:4]))


def test_only_simulated_reports_are_set_as_documents(marked: SimulatedCorpus) -> None:
    real = gx.load(Path(__file__).parents[2] / "data" / "reports", workers=1)
    with pytest.raises(ValueError, match="not simulated"):
        next(documents(real))
    with pytest.raises(ValueError, match="there are HtmlLayout, TextLayout, WordLayout"):
        next(documents(marked, "page"))  # type: ignore[arg-type]


def test_measures_bear_it(marked: SimulatedCorpus) -> None:
    taken = Taken(marked.reports.drop("simulated"), marked.cells, marked.problems)
    for corpus in (marked, taken):
        assert gx.measure(corpus, "disclosure_rate", by=["year"])["definition"].str.starts_with(MARK).all()
        assert composition(corpus, "refusals")["definition"].str.starts_with(MARK).all()
        assert rule_shares(corpus)["rule_zh"].str.starts_with(MARK).all()
        assert error_anatomy(corpus)["en"].str.starts_with(MARK).all()
        assert blank_shares(corpus)["simulated"].all()


def test_one_simulated_report_marks_what_is_pooled_with_it(marked: SimulatedCorpus) -> None:
    real = gx.load(Path(__file__).parents[2] / "data" / "reports", workers=1)
    mixed = gx.Corpus(
        {name: pl.concat([frame, marked.frames[name]]) for name, frame in real.frames.items()}, marked.forms
    )
    assert gx.measure(mixed, "disclosure_rate", by=[])["definition"].str.starts_with(MARK).all()


def test_charts_bear_it(marked: SimulatedCorpus) -> None:
    taken = Taken(marked.reports.drop("simulated"), marked.cells, marked.problems)
    nothing = Taken(marked.reports, marked.cells.clear(), marked.problems)
    for draw in (charts.disclosure_rate, charts.refusals, charts.disputes, charts.broken_rules):
        for corpus in (marked, taken, nothing):
            subtitle = json.dumps(draw(corpus).to_dict()["title"], ensure_ascii=False)
            assert "模拟数据" in subtitle, draw.__name__
            assert "Simulated data" in subtitle, draw.__name__


def test_findings_bear_it(marked: SimulatedCorpus) -> None:
    assert all(one.zh.startswith("模拟数据") and one.en.startswith("Simulated data") for one in findings(marked))


def test_exported_it_is_in_every_row(marked: SimulatedCorpus, tmp_path: Path) -> None:
    marked.cells.write_csv(tmp_path / "cells.csv")
    assert pl.read_csv(tmp_path / "cells.csv")["report"].str.starts_with(SIMULATED_ID).all()
    gx.check(marked).write(tmp_path / "card.html")
    assert "模拟" in (tmp_path / "card.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("carry_over", []),
        ("change_points", ["disclosure_rate"]),
        ("comparability", ["disclosure_rate"]),
        ("composition_intervals", ["refusals"]),
        ("concentration", ["disclosure_rate"]),
        ("decomposition", ["disclosure_rate", 2021, 2022]),
        ("detectable", ["disclosure_rate"]),
        ("differences", ["disclosure_rate"]),
        ("dirichlet", []),
        ("disputes_by_outcome", []),
        ("funnel", ["disclosure_rate"]),
        ("influence", ["disclosure_rate"]),
        ("litigation", []),
        ("log_ratios", []),
        ("multiverse", ["disclosure_rate"]),
        ("quantities", []),
        ("ranks", ["disclosure_rate"]),
        ("requester_odds", []),
        ("shrunken", ["disclosure_rate"]),
        ("stock_flow", []),
        ("substitution", [2021, 2022]),
        ("trend", ["disclosure_rate"]),
        ("waiting", []),
    ],
)
def test_every_statistic_bears_it(marked: SimulatedCorpus, name: str, arguments: list[object]) -> None:
    found = getattr(measures, name)(marked, *arguments)
    assert found.height
    assert found["definition"].str.starts_with(MARK).all()


def test_measures_of_one_row_a_report_bear_it(marked: SimulatedCorpus) -> None:
    found = measures.measure_wide(measures.wide_reports(marked).lazy(), "disclosure_rate")
    assert found["definition"].str.starts_with(MARK).all()
