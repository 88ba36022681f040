"""Whose report it is, of which year, when it was published: titles, datelines, and what is no report."""

from __future__ import annotations

import datetime

import pytest

import gxtools as gx

TITLES = [
    # agency, year, in the plain orders
    ("重庆市九龙坡区人民政府2020年政府信息公开工作年度报告", "重庆市九龙坡区人民政府", 2020),
    ("重庆市九龙坡区人民政府2020年度政府信息公开工作年度报告", "重庆市九龙坡区人民政府", 2020),
    ("重庆市九龙坡区人民政府 2020 年 政府信息公开 工作年度报告", "重庆市九龙坡区人民政府", 2020),
    ("重庆市九龙坡区人民政府２０２０年政府信息公开工作年度报告", "重庆市九龙坡区人民政府", 2020),
    ("宿迁市人民政府2023年政府信息公开年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年政府信息公开工作报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年政府信息公开工作年报", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年政府信息公开年报", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年度政府信息公开情况报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年度政务公开工作报告", "宿迁市人民政府", 2023),
    ("2023年宿迁市人民政府政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("2023年度宿迁市人民政府政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府政府信息公开工作年度报告（2023年）", "宿迁市人民政府", 2023),
    ("宿迁市人民政府政府信息公开工作年度报告（2023年度）", "宿迁市人民政府", 2023),
    ("宿迁市人民政府政府信息公开工作年度报告(2023)", "宿迁市人民政府", 2023),
    ("宿迁市人民政府政府信息公开工作2023年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府政府信息公开2023年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府政府信息公开2023年年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府（2023年度）政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府〔2023〕政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("《宿迁市人民政府2023年政府信息公开工作年度报告》", "宿迁市人民政府", 2023),
    ("【年报】宿迁市人民政府2023年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("标题：宿迁市人民政府2023年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年政府信息公开工作年度报告 - 宿迁市人民政府", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年政府信息公开工作年度报告_政府信息公开年报", "宿迁市人民政府", 2023),
    ("首页 > 政府信息公开年报 > 宿迁市人民政府2023年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府二〇二三年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    # issued by, sent by, made known by
    ("宿迁市人民政府关于2023年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府关于2023年度政府信息公开工作情况的报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府关于发布2023年政府信息公开工作年度报告的公告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府关于公布2023年政府信息公开工作年度报告的通知", "宿迁市人民政府", 2023),
    ("宿迁市人民政府关于印发2023年政府信息公开工作年度报告的通知", "宿迁市人民政府", 2023),
    ("宿迁市人民政府关于报送2023年政府信息公开工作年度报告的函", "宿迁市人民政府", 2023),
    ("宿迁市财政局关于印发《宿迁市财政局2023年政府信息公开工作年度报告》的通知", "宿迁市财政局", 2023),
    ("关于印发宿迁市财政局2023年政府信息公开工作年度报告的通知", "宿迁市财政局", 2023),
    ("关于报送宿迁市财政局2023年度政府信息公开工作年度报告的函", "宿迁市财政局", 2023),
    ("关于宿迁市财政局2023年政府信息公开工作年度报告", "宿迁市财政局", 2023),
    # offices, departments, vertical bodies, townships, zones, institutions
    ("宿迁市人民政府办公室2022年政府信息公开工作年度报告", "宿迁市人民政府办公室", 2022),
    ("江苏省人民政府办公厅2022年政府信息公开工作年度报告", "江苏省人民政府办公厅", 2022),
    ("宿迁市发展和改革委员会2022年政府信息公开工作年度报告", "宿迁市发展和改革委员会", 2022),
    ("宿迁市公安局宿豫分局2022年政府信息公开工作年度报告", "宿迁市公安局宿豫分局", 2022),
    ("国家税务总局宿迁市税务局2022年政府信息公开工作年度报告", "国家税务总局宿迁市税务局", 2022),
    ("中华人民共和国南京海关2022年政府信息公开工作年度报告", "中华人民共和国南京海关", 2022),
    ("国家统计局宿迁调查队2022年政府信息公开工作年度报告", "国家统计局宿迁调查队", 2022),
    ("九龙坡区杨家坪街道办事处2021年政府信息公开工作年度报告", "九龙坡区杨家坪街道办事处", 2021),
    ("重庆市九龙坡区含谷镇人民政府2021年政府信息公开工作年度报告", "重庆市九龙坡区含谷镇人民政府", 2021),
    ("宿迁经济技术开发区管理委员会2021年政府信息公开工作年度报告", "宿迁经济技术开发区管理委员会", 2021),
    ("宿迁市政府信息公开2021年度报告", "宿迁市", 2021),
    ("宿迁市2021年政府信息公开工作年度报告", "宿迁市", 2021),
    ("宿迁市政务服务管理办公室2021年政府信息公开工作年度报告", "宿迁市政务服务管理办公室", 2021),
    ("重庆市公共资源交易中心2021年信息公开年度报告", "重庆市公共资源交易中心", 2021),
    ("新疆生产建设兵团第八师石河子市2021年政府信息公开工作年度报告", "新疆生产建设兵团第八师石河子市", 2021),
    ("内蒙古自治区阿拉善盟行政公署2021年政府信息公开工作年度报告", "内蒙古自治区阿拉善盟行政公署", 2021),
    ("国务院国资委2021年政府信息公开工作年度报告", "国务院国资委", 2021),
    # older years, and a number in the agency's name
    ("宿迁市人民政府2018年政府信息公开工作年度报告", "宿迁市人民政府", 2018),
    ("宿迁市人民政府2012年政府信息公开工作年度报告", "宿迁市人民政府", 2012),
    ("北京市第101中学2021年信息公开年度报告", "北京市第101中学", 2021),
    # titles whose words need not all be there
    ("宿迁市人民政府2023年政府信息公开工作年度报告（含附表）", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年政府信息公开工作年度报告（全文）", "宿迁市人民政府", 2023),
    ("附件：宿迁市人民政府2023年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("附件1 宿迁市人民政府2023年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
    ("宿迁市人民政府2023年法治政府建设和政府信息公开工作年度报告", "宿迁市人民政府", 2023),
]

REPORT = "{title}\n\n一、总体情况\n\n本年各项工作平稳推进，未发生需要说明的情况。\n\n六、其他需要报告的事项\n\n无。\n"


def _read(text: str) -> dict[str, object]:
    return gx.read(text.encode(), name="titled.txt").reports.row(0, named=True)


@pytest.mark.parametrize(("title", "agency", "year"), TITLES, ids=[title for title, _, _ in TITLES])
def test_a_title_tells_agency_and_year(title: str, agency: str, year: int) -> None:
    row = _read(REPORT.format(title=title))
    assert (row["agency"], row["year"]) == (agency, year)


@pytest.mark.parametrize(("title", "agency", "year"), TITLES[::9], ids=[title for title, _, _ in TITLES[::9]])
def test_a_page_tells_them_too(title: str, agency: str, year: int) -> None:
    page = (
        f"<html><head><title>{title}</title></head><body><p>{title}</p><p>一、总体情况</p><p>平稳。</p></body></html>"
    )
    row = _read(page)
    assert (row["agency"], row["year"]) == (agency, year)


def test_a_title_broken_over_lines() -> None:
    row = _read("宿迁市人民政府\n2023年政府信息公开工作年度报告\n\n一、总体情况\n\n平稳。\n")
    assert (row["agency"], row["year"]) == ("宿迁市人民政府", 2023)


def test_a_title_broken_inside_its_words() -> None:
    row = _read("宿迁市人民政府2023年政府信息公开\n工作年度报告\n\n一、总体情况\n\n平稳。\n")
    assert (row["agency"], row["year"]) == ("宿迁市人民政府", 2023)


@pytest.mark.parametrize(
    ("dateline", "date"),
    [
        ("日期:2021-02-05", datetime.date(2021, 2, 5)),
        ("日期：2021年2月5日", datetime.date(2021, 2, 5)),
        ("发布时间： 2021-02-05 10:21:00  来源：办公室  浏览次数：318", datetime.date(2021, 2, 5)),
        ("发布日期：2021/02/05", datetime.date(2021, 2, 5)),
        ("【发布时间】2021-02-05", datetime.date(2021, 2, 5)),
        ("[ 发布日期 ] 2021.02.05", datetime.date(2021, 2, 5)),
        ("发文日期 2021-02-05", datetime.date(2021, 2, 5)),
        ("时间：2021-02-05　　作者：admin", datetime.date(2021, 2, 5)),
        ("统计日期：截至本年末", None),
        ("浏览次数：2021", None),
        ("日期：2021-13-45", None),
    ],
)
def test_a_dateline_tells_when(dateline: str, date: datetime.date | None) -> None:
    row = _read(REPORT.format(title=f"宿迁市人民政府2020年政府信息公开工作年度报告\n\n{dateline}"))
    assert row["published"] == date


def test_the_date_of_a_notice_in_the_text_is_not_the_report_s() -> None:
    text = REPORT.format(title="宿迁市人民政府2020年政府信息公开工作年度报告")
    assert _read(text + "办理时间：2020年5月8日至6月1日受理的申请。\n")["published"] is None


def test_the_stated_period_decides_between_links_and_the_title() -> None:
    links = "".join(f"宿迁市人民政府{year}年政府信息公开工作年度报告\n" for year in (2023, 2022))
    period = "本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。\n"
    row = _read(links + REPORT.format(title="宿迁市人民政府2021年政府信息公开工作年度报告\n" + period))
    assert row["year"] == 2021


def test_title_and_period_that_differ_are_named() -> None:
    period = "本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。"
    text = REPORT.format(title=f"宿迁市人民政府2021年政府信息公开工作年度报告\n{period}")
    report = gx.read(text.encode(), name="titled.txt")
    assert report.reports["year"][0] == 2021
    assert "uncertain_reading" in report.problems["rule"].to_list()


@pytest.mark.parametrize(
    "title",
    [
        "《宿迁市人民政府2023年政府信息公开工作年度报告》解读",
        "一图读懂宿迁市人民政府2023年政府信息公开工作年度报告",
        "图解：宿迁市人民政府2023年政府信息公开工作年度报告",
        "宿迁市人民政府2023年上半年政府信息公开工作报告",
        "宿迁市人民政府2023年第三季度政府信息公开工作情况报告",
        "宿迁市人民政府2023年1-6月政府信息公开工作情况报告",
        "宿迁市人民政府政府信息公开指南",
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
    ],
)
def test_what_is_no_annual_report_is_refused(title: str) -> None:
    with pytest.raises(gx.UnreadableDocument):
        _read(f"{title}\n\n全年工作平稳推进。\n")


def test_a_title_behind_a_long_menu_is_found() -> None:
    menu = "".join(f"<li><a href='#'>栏目{number}</a></li>" for number in range(150))
    title = "<p>某省甲市财政局2022年政府信息公开工作年度报告</p><p>日期：2023-01-20</p>"
    page = f"<html><body><ul>{menu}</ul>{title}</body></html>"
    row = gx.read(page.encode(), name="menu.html").reports
    assert row.select("agency", "year", "published").row(0) == ("某省甲市财政局", 2022, datetime.date(2023, 1, 20))


def test_a_copy_in_traditional_characters_is_of_the_same_body() -> None:
    text = "武漢市生態環境局2020年政府信息公開工作年度報告\n一、總體情況\n現將我局2020年度政府信息公開情況報告如下。"
    (row,) = gx.read(text.encode(), name="a.txt").reports.select("agency", "year", "level").rows()
    assert row == ("武汉市生态环境局", 2020, "prefecture")
