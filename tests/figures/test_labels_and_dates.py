"""Units in labels, years, dates and periods."""

from __future__ import annotations

import datetime

import pytest

from gxtools.figures import date, label_unit, period_year, year


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("本年收费金额（单位：万元）", "10k_cny"),
        ("采购总金额(万 元)", "10k_cny"),
        ("采购总金额（元）", "cny"),
        ("采购总金额（亿元）", "100m_cny"),
        ("采购总金额", None),
        ("本年制发件数", None),
        ("", None),
        ("采购总金额（千元）", "other"),
        ("采购总金额（百万元）", "other"),
        ("采购总金额（万美元）", "other"),
        ("采购总金额（万元/元）", "other"),
        ("本年收費金額（單位：萬元）", "10k_cny"),
        ("本年收費金額（單位：萬(wàn)元）", "10k_cny"),
        ("采購總金額（億元）", "100m_cny"),
        ("本年收费金额单位万元", "10k_cny"),
        ("采购总金额（仟元）", "other"),
        ("采购总金额（\ufffd元）", "other"),
        ("采购总金额（?元）", "other"),
    ],
)
def test_unit_of_a_label(label: str, unit: str | None) -> None:
    assert label_unit(label) == unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2020", 2020),
        (" ２０２０ ", 2020),
        ("1999", None),
        ("2100", None),
        ("20200", None),
        ("2020年", None),
        ("", None),
        ("202²", None),
        ("20٢٠", None),
        ("20 20", None),
        ("二〇二〇", None),
    ],
)
def test_year(text: str, found: int | None) -> None:
    assert year(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021-02-05", (2021, 2, 5)),
        ("发布日期：2021年2月5日 10:20", (2021, 2, 5)),
        ("2021/2/5", (2021, 2, 5)),
        ("２０２１．２．５", (2021, 2, 5)),
        ("2021 年 2 月 5 日", (2021, 2, 5)),
        ("①2021年2月5日②", (2021, 2, 5)),
        ("2021-02-30", None),
        ("2021-13-01", None),
        ("2021年2月", None),
        ("2021-02-0510:20", None),
        ("12021-02-05", None),
        ("1021-02-05", None),
        ("202²年2月5日", None),
        ("2021年2月²5日", None),
        ("国办公开办函〔2021〕30号", None),
        ("", None),
    ],
)
def test_date(text: str, found: tuple[int, int, int] | None) -> None:
    assert date(text) == (datetime.date(*found) if found else None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本报告数据自2020年1月1日起至2020年12月31日止。", 2020),
        ("统计期限为 2020 年 1 月 1 日 至 12 月 31 日", 2020),
        ("2020年1月1日-12月31日", 2020),
        ("2020年01月01日～2020年12月31日", 2020),
        ("2019年1月1日至2020年12月31日", None),
        ("2020年1月1日至6月30日", None),
        ("2020年11月1日至12月31日", None),
        ("自202011日至20201231日", None),
        ("12020年1月1日至12月31日", None),
        ("202²年1月1日至12月31日", None),
        ("", None),
    ],
)
def test_period(text: str, found: int | None) -> None:
    assert period_year(text) == found
