"""Texts larger than any report: read at once or refused in words, never slow."""

from __future__ import annotations

import time
from itertools import repeat

import pytest

import gxtools as gx

TITLE = "江州市人民政府2022年政府信息公开工作年度报告\n"
PIPES = "|" * 20_000_000
ROWS_OF_PIPES = ("|" * 99 + "\n") * 190_000
MOST_SECONDS = 5.0


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TITLE + PIPES, "pipes.txt"),
        (TITLE + ROWS_OF_PIPES, "rows.txt"),
        (f"<p>{TITLE}</p><pre>{ROWS_OF_PIPES}</pre>", "rows.html"),
        (TITLE + "+--+--+\n" * 40_000, "drawn.txt"),
        (TITLE + "".join(map("行{}\n".format, range(30_000))), "lines.txt"),
        (TITLE + "".join(repeat("附：上一年度数据\n", 30_000)), "annexes.txt"),
    ],
    ids=lambda given: given if len(given) < 20 else "",
)
def test_large_texts_are_read_at_once(data: str, name: str) -> None:
    began = time.process_time()
    assert gx.read(data.encode(), name=name).reports["agency"].to_list() == ["江州市人民政府"]
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("".join(map("行{}\n".format, range(100_000))), "100,001 lines of text, over the limit of 40,000"),
        (f"<p>{TITLE}</p><pre>{PIPES}</pre>", "characters of text, over the limit of 1,000,000"),
        ("其他规章组织机构" * 200_000, "characters of text, over the limit of 1,000,000"),
        ("\n" * 20_000_000, "lines, over the limit of 200,000"),
    ],
)
def test_more_text_than_any_report_has_is_refused_in_words(text: str, words: str) -> None:
    began = time.process_time()
    with pytest.raises(gx.UnreadableDocument, match=words):
        gx.read((TITLE + text).encode(), name="long")
    assert time.process_time() - began < MOST_SECONDS
