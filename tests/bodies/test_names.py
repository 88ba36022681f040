"""Agencies' names, by hand: what each tells of level, kind, province and code, and what it must not be taken for."""

from __future__ import annotations

import pytest

from gxtools.bodies import Body, province_name, resolve

# name, level, kind, province, region code
CASES: list[tuple[str, str | None, str | None, str | None, str | None]] = [
    # governments of every tier
    ("重庆市九龙坡区人民政府", "county", "government", "重庆市", "500107"),
    ("宿迁市人民政府", "prefecture", "government", "江苏省", "321300"),
    ("云南省人民政府", "province", "government", "云南省", "530000"),
    ("浙江省温州市鹿城区人民政府", "county", "government", "浙江省", "330302"),
    ("兴安盟行政公署", "prefecture", "government", "内蒙古自治区", "152200"),
    ("阿克苏地区行政公署", "prefecture", "government", "新疆维吾尔自治区", "652900"),
    ("恩施州人民政府", "prefecture", "government", "湖北省", "422800"),
    # a government's name without its last words tells the level, not the kind
    ("杭州市余杭区", "county", None, "浙江省", "330110"),
    # offices are bodies of their own
    ("杭州市余杭区人民政府办公室", "county", "office", "浙江省", "330110"),
    ("上海市人民政府办公厅", "province", "office", "上海市", "310000"),
    ("兴安盟行政公署办公室", "prefecture", "office", "内蒙古自治区", "152200"),
    ("国务院办公厅", "national", "office", None, None),
    ("遵义市播州区人民政府（区政府办公室）", "county", None, "贵州省", "520304"),
    ("重庆市两江新区人民政府及其办公室", "county", None, "重庆市", "500157"),
    # departments take the nearest government in the name
    ("云南省发展和改革委员会", "province", "department", "云南省", "530000"),
    ("渭南市生态环境局", "prefecture", "department", "陕西省", "610500"),
    ("厦门市人民政府外事办公室", "prefecture", "department", "福建省", "350200"),
    ("荆州市公安局", "prefecture", "department", "湖北省", "421000"),
    ("云南省人民政府驻北京办事处", "province", "department", "云南省", "530000"),
    ("教育部", "national", "department", None, None),
    ("中华人民共和国国家发展和改革委员会", "national", "department", None, None),
    ("国家税务总局", "national", "department", None, None),
    # branches take the place that they serve
    ("武汉市生态环境局汉阳区分局", "county", "department", "湖北省", "420105"),
    ("怀化市生态环境局新晃分局", "county", "department", "湖南省", "431227"),
    ("广元市剑阁生态环境局", "county", "department", "四川省", "510823"),
    ("西安市自然资源和规划局经开分局", "prefecture", "department", "陕西省", "610100"),
    # words that look like a place and are none
    ("市场监督管理局", None, "department", None, None),
    ("城市管理局", None, "department", None, None),
    ("东方市场监督管理局", None, "department", None, None),
    ("东方市市场监督管理局", "county", "department", "海南省", "469007"),
    ("云南路街道办事处", "township", "government", None, None),
    ("朝阳镇人民政府", "township", "government", None, None),
    ("平昌县镇龙镇人民政府", "township", "government", "四川省", "511923"),
    ("秦皇岛市海港区驻操营镇人民政府", "township", "government", "河北省", "130302"),
    ("河北省县级环保局", None, None, "河北省", None),
    # the place is lacking
    ("县教育局", "county", "department", None, None),
    ("省发展和改革委员会", "province", "department", None, None),
    ("市教育局", None, "department", None, None),
    ("教育局", None, "department", None, None),
    ("衡阳市某县信访局", "county", "department", "湖南省", None),
    ("XX县XX镇人民政府", "township", "government", None, None),
    # one name, many places
    ("鼓楼区人民政府", "county", "government", None, None),
    ("朝阳区人民政府", "county", "government", None, None),
    ("铁西区教育局", "county", "department", None, None),
    ("市中区人民政府", "county", "government", None, None),
    ("城区人民政府", None, "government", None, None),
    ("滨海新区人民政府", None, "government", None, None),
    ("天津市滨海新区人民政府", "county", "government", "天津市", "120116"),
    # look-alikes
    ("吉林市人民政府", "prefecture", "government", "吉林省", "220200"),
    ("吉林省人民政府", "province", "government", "吉林省", "220000"),
    ("海南省人民政府", "province", "government", "海南省", "460000"),
    ("海南藏族自治州人民政府", "prefecture", "government", "青海省", "632500"),
    ("海南区人民政府", "county", "government", "内蒙古自治区", "150303"),
    ("天津市河北区人民政府", "county", "government", "天津市", "120105"),
    ("衢州市衢江区湖南镇人民政府", "township", "government", "浙江省", "330803"),
    # counties whose prefecture is not named, or that have none
    ("昆山市人民政府", "county", "government", "江苏省", "320583"),
    ("苏州市昆山市教育局", "county", "department", "江苏省", "320583"),
    ("济源市人民政府", "county", "government", "河南省", "419001"),
    ("仙桃市教育局", "county", "department", "湖北省", "429004"),
    ("石河子市人民政府", "county", "government", "新疆维吾尔自治区", "659001"),
    ("新疆生产建设兵团", "province", None, "新疆维吾尔自治区", None),
    ("新疆生产建设兵团第八师", "prefecture", None, "新疆维吾尔自治区", None),
    ("新疆生产建设兵团第八师石河子市", "county", None, "新疆维吾尔自治区", "659001"),
    ("紫云县大营镇人民政府", "township", "government", "贵州省", "520425"),
    ("莫力达瓦达斡尔族自治旗人民政府", "county", "government", "内蒙古自治区", "150722"),
    ("鄂温克族自治旗民族事务委员会", "county", "department", "内蒙古自治区", "150724"),
    ("伊犁哈萨克自治州塔城地区行政公署", "prefecture", "government", "新疆维吾尔自治区", "654200"),
    # townships have their county's code, where it is told
    ("上海市浦东新区陆家嘴街道办事处", "township", "government", "上海市", "310115"),
    ("上海市静安区人民政府南京西路街道办事处", "township", "government", "上海市", "310106"),
    ("重庆市渝北区大湾镇人民政府", "township", "government", "重庆市", "500112"),
    ("郑州市金水区花园路办事处", "township", "government", "河南省", "410105"),
    ("中山市古镇镇人民政府", "township", "government", "广东省", "442000"),
    ("东莞市厚街镇人民政府", "township", "government", "广东省", "441900"),
    ("广州市某镇人民政府", "township", "government", "广东省", None),
    ("淄博高新区中埠镇人民政府", "township", "government", "山东省", None),
    ("扎赉特旗宝力根花苏木", "township", None, "内蒙古自治区", "152223"),
    ("奉新县东风垦殖场", None, None, "江西省", None),
    # vertical bodies
    ("国家税务总局无锡市税务局", "prefecture", "vertical", "江苏省", "320200"),
    ("国家税务总局广州市白云区税务局", "county", "vertical", "广东省", "440111"),
    ("国家税务总局苏州工业园区税务局", "prefecture", "vertical", "江苏省", "320500"),
    ("财政部浙江监管局", "province", "vertical", "浙江省", "330000"),
    ("国家统计局昆山调查队", "county", "vertical", "江苏省", "320583"),
    ("中国人民银行扬州市中心支行", "prefecture", "vertical", "江苏省", "321000"),
    ("中华人民共和国上海海事局", "province", "vertical", "上海市", "310000"),
    ("中华人民共和国拱北海关", None, "vertical", None, None),
    ("成都市双流区气象局", "county", "vertical", "四川省", "510116"),
    ("岳阳市地方海事局", "prefecture", "department", "湖南省", "430600"),
    ("安徽省地震局", "province", "vertical", "安徽省", "340000"),
    ("合肥市地震局", "prefecture", "department", "安徽省", "340100"),
    # zones: the host's, where it is certain
    ("苏州工业园区管理委员会", "prefecture", "zone", "江苏省", "320500"),
    ("张家口市经济开发区", "prefecture", "zone", "河北省", "130700"),
    ("如皋高新技术产业开发区管理委员会", "county", "zone", "江苏省", "320682"),
    ("杭州钱江经济开发区管理委员会", None, "zone", "浙江省", "330100"),
    ("吉林高新技术产业开发区管理委员会", None, "zone", "吉林省", None),
    ("通州经济开发区管理委员会", "county", "zone", None, None),
    ("河北雄安新区管理委员会", None, "zone", "河北省", None),
    ("两江新区管理委员会", None, "zone", "重庆市", None),
    ("苏州高新区管委会（虎丘区人民政府）", "county", "government", "江苏省", "320505"),
    ("武汉经济技术开发区（汉南区）卫生健康局", "county", "department", "湖北省", "420113"),
    ("上海市宝山区建设和管理委员会", "county", "department", "上海市", "310113"),
    # institutions and enterprises
    ("宝鸡市机关事务服务中心", "prefecture", "institution", "陕西省", "610300"),
    ("桐梓县第一中学", "county", "institution", "贵州省", "520322"),
    ("广西富鸣城市投资发展集团有限责任公司", None, "enterprise", "广西壮族自治区", None),
    ("中山大学", None, "institution", None, None),
    # names of the past
    ("杭州市江干区人民政府", "county", "government", "浙江省", "330104"),
    ("下城区人民政府", "county", "government", "浙江省", "330103"),
    ("江口县人民政府", "county", "government", "贵州省", "520621"),
    ("", None, None, None, None),
]


@pytest.mark.parametrize(
    ("name", "level", "kind", "province", "code"), CASES, ids=[case[0] or "empty" for case in CASES]
)
def test_a_name_tells(name: str, level: str | None, kind: str | None, province: str | None, code: str | None) -> None:
    assert resolve(name) == Body(name, level, kind, province, code)


@pytest.mark.parametrize(
    ("name", "context", "province", "code"),
    [
        ("鼓楼区人民政府", "首页>江苏省>南京市>鼓楼区", "江苏省", "320106"),
        ("鼓楼区人民政府", "江苏省", "江苏省", None),
        ("鼓楼区人民政府", "福州市鼓楼区人民政府2022年政府信息公开工作年度报告", "福建省", "350102"),
        ("朝阳区人民政府", "首都之窗 北京市", "北京市", "110105"),
        ("朝阳区人民政府", "辽宁省", None, None),
        ("朝阳区人民政府", "北京市 长春市", None, None),
        ("城区人民政府", "晋城市", "山西省", "140502"),
        # never overrides the name
        ("福州市鼓楼区人民政府", "江苏省南京市", "福建省", "350102"),
        ("教育局", "首页>江苏省>南京市", None, None),
    ],
)
def test_context_decides_between_units_of_one_name_only(
    name: str, context: str, province: str | None, code: str | None
) -> None:
    body = resolve(name, context)
    assert (body.province, body.region_code) == (province, code)


@pytest.mark.parametrize(
    ("name", "year", "level", "code"),
    [
        ("江口县人民政府", 2009, "county", "522222"),
        ("江口县人民政府", 2012, "county", "520621"),
        ("巢湖市人民政府", 2009, "prefecture", "341400"),
        ("巢湖市人民政府", 2015, "county", "340181"),
        # the report on 2021 is published after the district is gone, or under its last name
        ("杭州市江干区人民政府", 2021, "county", "330104"),
        ("重庆市江北区人民政府", 2020, "county", "500105"),
        ("重庆市两江新区人民政府", 2025, "county", "500157"),
        # a zone before it was a district
        ("重庆两江新区", 2022, None, "500000"),
        ("东乡县人民政府", 2012, "county", None),
        ("东乡县人民政府", 2022, "county", "622926"),
    ],
)
def test_a_name_and_a_code_are_those_of_the_year(name: str, year: int, level: str | None, code: str | None) -> None:
    body = resolve(name, year=year)
    assert (body.level, body.region_code) == (level, code)


def test_spaces_and_full_width_marks_change_nothing_but_the_name_as_given() -> None:
    printed = "重庆市　九龙坡区 人民政府"
    assert resolve(printed) == Body(printed, "county", "government", "重庆市", "500107")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("江苏", "江苏省"),
        ("江苏省", "江苏省"),
        ("内蒙古", "内蒙古自治区"),
        ("广西", "广西壮族自治区"),
        ("吉林", "吉林省"),
        ("海南", "海南省"),
        ("重庆", "重庆市"),
        ("苏州", None),
        ("兵团", None),
        ("", None),
    ],
)
def test_a_province_by_its_short_name(short: str, full: str | None) -> None:
    assert province_name(short) == full
