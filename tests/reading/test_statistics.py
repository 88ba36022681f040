"""The statistics table of 2014 to 2018: labels that stand twice are told by the line that heads them."""

from __future__ import annotations

import polars as pl

import gxtools as gx

TABLE = """
<h1>某省甲市人民政府2016年政府信息公开工作年度报告</h1>
<table border="1">
<tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>
<tr><td>一、主动公开情况</td><td>——</td><td>——</td></tr>
<tr><td>（一）主动公开政府信息数<br>（不同渠道和方式公开相同信息计1条）</td><td>条</td><td>13,741</td></tr>
<tr><td>其中：主动公开规范性文件数</td><td>条</td><td>33</td></tr>
<tr><td>四、行政复议数量</td><td>件</td><td>7</td></tr>
<tr><td>（二）被依法纠错数</td><td>件</td><td>2</td></tr>
<tr><td>（三）其他情形数</td><td>件</td><td>1</td></tr>
<tr><td>五、行政诉讼数量</td><td>件</td><td>3</td></tr>
<tr><td>（二）被依法纠错数</td><td>件</td><td>0</td></tr>
<tr><td>（三）其他情形数</td><td>件</td><td></td></tr>
<tr><td>七、依申请公开信息收取的费用</td><td>万元</td><td>0.12</td></tr>
</table>
"""


def test_lines_under_different_heads() -> None:
    report = gx.read(TABLE.encode(), name="2016.html")
    printed = report.cells.filter(pl.col("state") != "absent")
    assert dict(printed.select("line", "value").iter_rows()) == {
        "published": 13741.0,
        "published_normative_documents": 33.0,
        "reconsideration": 7.0,
        "reconsideration_corrected": 2.0,
        "reconsideration_other": 1.0,
        "litigation": 3.0,
        "litigation_corrected": 0.0,
        "litigation_other": None,
        "fees_charged": 0.12,
    }
    assert report.reports.select("year", "form").row(0) == (2016, "2014")
    assert report.cells.height == 58


def test_a_head_that_is_lost_is_told() -> None:
    lost = TABLE.replace("<tr><td>五、行政诉讼数量</td><td>件</td><td>3</td></tr>\n", "")
    report = gx.read(lost.encode(), name="2016.html")
    doubtful = report.cells.filter(pl.col("line") == "reconsideration_corrected")
    assert doubtful["state"].to_list() == ["unreadable"]
    assert report.problems.filter(pl.col("line") == "reconsideration_corrected")["rule"].to_list() == [
        "uncertain_reading"
    ]


def test_a_missing_table_is_a_notice() -> None:
    page = "<html><body><h1>某省甲市人民政府2016年政府信息公开工作年度报告</h1><p>全文如下。</p></body></html>"
    problems = gx.read(page.encode(), name="2016.html").problems
    assert problems.select("rule", "severity", "table").rows() == [("missing_table", "notice", "statistics")]
