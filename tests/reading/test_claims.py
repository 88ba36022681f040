"""Claims of the prose: never a wrong subject. Our own sentences, in the manner of real reports, with their damage."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from gxtools.errors import FormError
from gxtools.forms.claim_subjects import Expected, Statement, load_claim_subjects
from gxtools.forms.loading import SHIPPED
from gxtools.grids import TextLine
from gxtools.reading.claims import Claim, read_claims

RECEIVED, HANDLED = "requests.received.total", "requests.handled.total"
RECONSIDERATION, LITIGATION = "disputes.reconsideration.total", "disputes.litigation.total"


def stated(
    *lines: str, year: int | None = 2020, agency: str | None = None, kind: str = "paragraph"
) -> dict[str, object]:
    """Subject -> value; a list where a subject is stated more than once."""
    found: dict[str, object] = {}
    for claim in claims(*lines, year=year, agency=agency, kind=kind):
        before = found.get(claim.subject)
        if before is None:
            found[claim.subject] = claim.value
        else:
            found[claim.subject] = [*(before if isinstance(before, list) else [before]), claim.value]
    return found


def claims(*lines: str, year: int | None = 2020, agency: str | None = None, kind: str = "paragraph") -> list[Claim]:
    return read_claims([TextLine(text, i + 1, kind) for i, text in enumerate(lines)], year, agency)


def statements() -> tuple[Statement, ...]:
    return load_claim_subjects().index.statements


def examples(counter: bool) -> list[object]:
    return [
        pytest.param(statement, example, id=f"line {statement.line}: {example.sentence}")
        for statement in statements()
        for example in (statement.counter_examples if counter else statement.examples)
    ]


@pytest.mark.parametrize(("statement", "example"), examples(counter=False))
def test_an_example_of_the_data_states_just_its_figures(statement: Statement, example: Expected) -> None:
    found = [(claim.subject, claim.value) for claim in claims(example.sentence, year=example.year)]
    assert sorted(found) == sorted(example.claims)
    assert any(rule.covers(subject) for rule in statement.readings for subject, _ in example.claims) or not found


@pytest.mark.parametrize(("statement", "example"), examples(counter=True))
def test_a_counter_example_states_no_subject_of_its_statement(statement: Statement, example: Expected) -> None:
    for claim in claims(example.sentence, year=example.year):
        assert not any(rule.covers(claim.subject) for rule in statement.readings), claim


def test_every_statement_has_examples_and_counter_examples() -> None:
    assert [
        statement.line for statement in statements() if not (statement.examples and statement.counter_examples)
    ] == []


POSITIVE = [
    ("2020年，我局共收到政府信息公开申请5件，均已按时答复。", {RECEIVED: 5}),
    ("2020年度，我委收到信息公开申请7份。", {RECEIVED: 7}),
    ("（二）依申请公开。2020年，全县共收到政府信息依申请公开申请1505件。", {RECEIVED: 1505}),
    ("报告期内，本机关收到公民提出的政府信息公开申请2宗。", {RECEIVED: 2}),
    ("全年共收到依申请公开政府信息申请31条。", {RECEIVED: 31}),
    ("全年共收到政府信息公开申请0件。", {RECEIVED: 0}),
    ("2020年1月1日至12月31日，我镇共收到政府信息公开申请4件。", {RECEIVED: 4}),
    ("截至2020年12月31日，本年共收到政府信息公开申请4件。", {RECEIVED: 4}),
    ("2020 年，我 局 共 收 到 政 府 信 息 公 开 申 请 12 件。", {RECEIVED: 12}),
    ("２０２０年，我局收到政府信息公开申请１２件。", {RECEIVED: 12}),
    ("全年累计收到政府信息公开申请1,024件。", {RECEIVED: 1024}),
    ("今年以来，我办收到依申请公开事项6件。", {RECEIVED: 6}),
    ("一是依申请公开，全年收到申请6件。", {RECEIVED: 6}),
    ("全市各级行政机关共收到政府信息公开申请5110件。", {RECEIVED: 5110}),
    ("政府信息公开申请收到数量为8件。", {RECEIVED: 8}),
    ("收到政府信息公开申请99件，较2019年增长12.5%。", {RECEIVED: 99}),
    ("收到政府信息公开申请99件，占比60%，同比减少3件。", {RECEIVED: 99}),
    ("2019年工作已总结。2020年，我局收到政府信息公开申请5件。", {RECEIVED: 5}),
    ("本年度新收政府信息公开申请3件、上年结转1件。", {RECEIVED: 3, "requests.carried_in.total": 1}),
    ("全年新接收政府信息公开申请8件。", {RECEIVED: 8}),
    ("受理政府信息公开申请57件（不含上年结转5件）。", {RECEIVED: 57, "requests.carried_in.total": 5}),
    ("受理政府信息公开申请57件。", {"requests_accepted": 57}),
    (
        "共受理57件政府信息公开申请，含上年结转5件。",
        {"requests_received_incl_carried_in": 57, "requests.carried_in.total": 5},
    ),
    (
        "收到政府信息公开申请10件（含上年度结转2件）。",
        {"requests_received_incl_carried_in": 10, "requests.carried_in.total": 2},
    ),
    (
        "收到政府信息公开申请10件，其中2件为上年结转。",
        {"requests_received_incl_carried_in": 10, "requests.carried_in.total": 2},
    ),
    ("本年度未收到政府信息公开申请。", {RECEIVED: 0}),
    ("2020年，我单位未收到公民、法人和其他组织提出的政府信息公开申请。", {RECEIVED: 0}),
    ("2020年，我镇没有接到依申请公开件。", {RECEIVED: 0}),
    ("我局全年无依申请公开。", {RECEIVED: 0}),
    ("全年办结政府信息公开申请104件。", {HANDLED: 104}),
    ("全年办理政府信息公开申请12件，答复率100%。", {HANDLED: 12}),
    ("全年办理政府信息公开申请12件，按时办结率为100%。", {HANDLED: 12}),
    ("全年处理政府信息公开申请12件，均已在法定期限内答复。", {HANDLED: 12}),
    ("全年处理政府信息公开申请12件。", {"requests_dealt_with": 12}),
    ("全年办理政府信息公开申请12件，办结率99%。", {"requests_dealt_with": 12}),
    ("全年办理政府信息公开申请12件，群众满意率100%。", {"requests_dealt_with": 12}),
    ("答复政府信息公开申请12件。", {"requests_answered": 12}),
    ("收到政府信息公开申请5件，办结4件，结转下年度1件。", {RECEIVED: 5, HANDLED: 4, "requests.carried_out.total": 1}),
    ("收到政府信息公开申请5件，结转至2021年继续办理2件。", {RECEIVED: 5, "requests.carried_out.total": 2}),
    ("收到政府信息公开申请5件，1件转下年度办理。", {RECEIVED: 5, "requests.carried_out.total": 1}),
    ("2019年结转政府信息公开申请7件。", {"requests.carried_in.total": 7}),
    (
        "办结政府信息公开申请104件，其中：予以公开61件，占58.7%；部分公开3件。",
        {HANDLED: 104, "requests.granted.total": 61, "requests.partly_granted.total": 3},
    ),
    (
        "办结政府信息公开申请104件。其中，予以公开61件，部分公开3件，不予公开6件，无法提供31件，不予处理3件，其他处理0件。",
        {
            HANDLED: 104,
            "requests.granted.total": 61,
            "requests.partly_granted.total": 3,
            "requests.denied.total": 6,
            "requests.unavailable.total": 31,
            "requests.unprocessed.total": 3,
            "requests.other.total": 0,
        },
    ),
    (
        "办结政府信息公开申请4件，1.予以公开3件，2.部分公开1件。",
        {HANDLED: 4, "requests.granted.total": 3, "requests.partly_granted.total": 1},
    ),
    (
        "收到政府信息公开申请5件，其中自然人申请4件，商业企业申请1件。",
        {RECEIVED: 5, "requests.received.natural_person": 4, "requests.received.business": 1},
    ),
    ("收到政府信息公开申请5件，其中4件由自然人提出。", {RECEIVED: 5, "requests.received.natural_person": 4}),
    (
        "收到政府信息公开申请9件，其中网上申请3件、信函申请5件、当面申请1件。",
        {RECEIVED: 9, "requests_online": 3, "requests_by_letter": 5, "requests_in_person": 1},
    ),
    ("收到政府信息公开申请9件，通过网络提交的申请9件。", {RECEIVED: 9, "requests_online": 9}),
    ("因政府信息公开被申请行政复议3件、被提起行政诉讼2件。", {RECONSIDERATION: 3, LITIGATION: 2}),
    ("因信息公开引发的复议、诉讼案件5件。", {"disputes_all": 5}),
    ("涉及政府信息公开的行政复议和行政诉讼案件共计7件。", {"disputes_all": 7}),
    ("因政府信息公开引起的行政复议和行政诉讼均为0件。", {RECONSIDERATION: 0, LITIGATION: 0}),
    ("2020年，我局没有发生因政府信息公开引起的行政复议和行政诉讼。", {RECONSIDERATION: 0, LITIGATION: 0}),
    ("我局未因政府信息公开工作被申请行政复议或提起行政诉讼。", {RECONSIDERATION: 0, LITIGATION: 0}),
    ("全年无政府信息公开行政复议、行政诉讼案件。", {RECONSIDERATION: 0, LITIGATION: 0}),
    ("因政府信息公开引起的行政复议4件，均获维持。", {RECONSIDERATION: 4}),
    ("未发生因政府信息公开申请提起的行政诉讼。", {LITIGATION: 0}),
    (
        "政府信息公开行政诉讼3件，其中未经复议直接起诉2件，复议后起诉1件。",
        {LITIGATION: 3, "disputes.litigation_direct.total": 2, "disputes.litigation_after_reconsideration.total": 1},
    ),
    ("全年制发规范性文件5件。", {"proactive.normative_documents.made": 5}),
    ("全区共制定出台行政规范性文件33件。", {"proactive.normative_documents.made": 33}),
    (
        "以市政府名义印发规范性文件9件，公开9件。",
        {"normative_documents_made_own_name": 9, "normative_documents_published_own_name": 9},
    ),
    ("全年主动公开政府信息340条。", {"proactive_published": 340}),
    ("我局共主动公开各类政府信息808条，同比增长5%。", {"proactive_published": 808}),
    ("主动向社会公开机构职能、财政预决算、重大项目等各类政府信息1,200条。", {"proactive_published": 1200}),
    ("通过网站、微信等渠道主动公开政府信息500条。", {}),
    ("区政府门户网站发布信息4100条。", {"website_published": 4100}),
    ("利用微信公众号发布信息120条，政务微博发布信息30条。", {"wechat_published": 120, "weibo_published": 30}),
    ("全年举办新闻发布会12场，发布政策解读材料40篇。", {"press_conferences": 12, "interpretation_items": 40}),
    ("编印《某某市人民政府公报》12期。", {"gazette_issues": 12}),
    (
        "作出行政许可决定20,643件，作出行政处罚决定2032件。",
        {"proactive.licences.decisions": 20643, "proactive.penalties.decisions": 2032},
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), POSITIVE, ids=[sentence for sentence, _ in POSITIVE])
def test_what_a_sentence_states(sentence: str, expected: dict[str, float]) -> None:
    assert stated(sentence) == expected


NOTHING = [
    # Other years, and parts of the year.
    "2019年，我局共收到政府信息公开申请5件。",
    "2018年收到政府信息公开申请5件。",
    "上年，我局收到政府信息公开申请5件，办结5件。",
    "去年收到政府信息公开申请5件。",
    "2020年上半年，收到政府信息公开申请5件。",
    "2020年第一季度收到政府信息公开申请5件。",
    "1-6月，收到政府信息公开申请5件。",
    "截至2020年6月30日，收到政府信息公开申请5件。",
    "2008年以来，共收到政府信息公开申请500件。",
    "自2008年5月1日条例施行起，累计收到政府信息公开申请500件。",
    "2018-2020年，共收到政府信息公开申请500件。",
    "近年来，我局收到政府信息公开申请50件。",
    "累计收到政府信息公开申请500件。",
    "截至2020年底，累计收到政府信息公开申请500件。",
    "近三年，我局收到政府信息公开申请50件。",
    "“十三五”期间，收到政府信息公开申请50件。",
    "疫情防控期间，收到政府信息公开申请5件。",
    "2019年，我局依法开展工作。共收到政府信息公开申请5件。",
    # Other bodies, and a government's own share.
    "市政府收到政府信息公开申请349件，市各有关部门收到政府信息公开申请933件。",
    "其中，区政府办公室收到政府信息公开申请5件。",
    "各镇街共收到政府信息公开申请120件。",
    "区级各部门高度重视，共收到政府信息公开申请120件。",
    "市自然资源局认真负责，收到政府信息公开申请120件。",
    "以区政府办公室为答复主体的政府信息公开申请12件。",
    "指导各单位办理政府信息公开申请12件，答复率100%。",
    "收到市政府转来的政府信息公开申请2件。",
    "转办政府信息公开申请2件。",
    # Not a count of requests.
    "收到政府信息公开申请人来电12次。",
    "收到政府信息公开申请咨询12件。",
    "收到群众来信申请12件。",
    "收到行政许可申请700件。",
    "收到申请12件。",
    "办理人大代表建议12件、政协提案20件，办结率100%。",
    "12345热线受理诉求1200件，办结1200件。",
    "依申请公开459条。",
    "依申请公开类信息459条。",
    "政府信息公开申请办理流程5项。",
    "印发政府信息公开申请答复文书28份。",
    "提供28个信息公开申请答复格式文本。",
    "开展依申请公开业务培训2次。",
    "收到不属于本机关职责的政府信息公开申请3件。",
    "平均每月收到政府信息公开申请3件。",
    # Rounded, growth, shares, no plain number.
    "收到政府信息公开申请100余件。",
    "收到政府信息公开申请约100件。",
    "收到政府信息公开申请近100件。",
    "收到政府信息公开申请100多件。",
    "收到政府信息公开申请100件左右。",
    "收到政府信息公开申请1.2万件。",
    "收到政府信息公开申请超过100件。",
    "收到政府信息公开申请3至5件。",
    "收到政府信息公开申请同比增加3件。",
    "政府信息公开申请增长1.4倍。",
    "政府信息公开申请占33.9%。",
    "收到政府信息公开申请10 4件。",
    "收到政府信息公开申请1，234件。",
    "收到政府信息公开申请2.5件。",
    "收到政府信息公开申请1**件。",
    "收到政府信息公开申请5。",
    "收到政府信息公开申请20228。",
    # Dates, file and telephone numbers, articles.
    "根据国办公开办函〔2020〕60号要求办理政府信息公开申请。",
    "依据《条例》第36条、第20条办理政府信息公开申请。",
    "政府信息公开申请受理电话：023-68780000，邮编400050。",
    "政府信息公开申请受理点12个。",
    # Outcomes without their requests.
    "予以公开61件。",
    "办理人大建议100件，其中予以公开61件。",
    "结转5件。",
    "自然人83件，商业企业16件。",
    # Disputes.
    "全年办理行政复议案件200件，行政诉讼案件20件。",
    "区政府作为复议机关审理政府信息公开行政复议案件9件。",
    "受理政府信息公开类行政复议申请9件。",
    "政府信息公开行政诉讼败诉0件。",
    "政府信息公开行政复议被纠错率为0。",
    "未发生政府信息公开行政诉讼败诉案件。",
    "2019年发生政府信息公开行政复议3件。",
    "行政应诉案件20件，均胜诉。",
    # Proactive.
    "制定规章制度5项。",
    "起草规范性文件5件。",
    "审查规范性文件33件。",
    "清理规范性文件33件。",
    "市政府制发规范性文件33件。",
    "公开15件。",
    "主动公开重点领域信息120条。",
    "主动公开政府信息1300余条。",
    "主动公开政府信息目录12条。",
    "涵盖173个一级公开事项、1820个二级公开事项的24个试点领域标准目录。",
    "累计参训人数30余人，约谈单位11家，通报批评9家单位，印发季度通报4期。",
    "微信、微博、客户端共发布信息365条。",
    "行政许可事项289项，行政处罚事项3289项。",
    "公示行政许可决定12件。",
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_where_a_sentence_leaves_a_doubt_there_is_no_claim(sentence: str) -> None:
    assert stated(sentence) == {}


def test_a_part_is_never_the_whole() -> None:
    assert stated("收到政府信息公开申请99件，其中收到政府信息公开申请5件未办。") == {RECEIVED: 99}
    assert stated("办结政府信息公开申请99件，其中办结4件。") == {HANDLED: 99}
    assert stated("收到政府信息公开申请99件（其中网上申请90件），办结98件。") == {
        RECEIVED: 99,
        "requests_online": 90,
        HANDLED: 98,
    }
    assert stated("收到政府信息公开申请5件，其中自然人申请6件。") == {RECEIVED: 5}


def test_a_semicolon_ends_neither_the_body_nor_a_list_of_unknown_parts() -> None:
    assert stated("各部门共收到政府信息公开申请1499件。其中，网上申请1303件；信函申请172件；当面申请24件。") == {}
    assert stated("市政府高度重视；收到政府信息公开申请349件；办结政府信息公开申请340件。") == {}
    assert stated("收到政府信息公开申请99件，其中网上申请90件；办结98件。") == {RECEIVED: 99, "requests_online": 90}
    assert stated("收到政府信息公开申请99件，其中网上申请90件；办结政府信息公开申请98件。") == {
        RECEIVED: 99,
        "requests_online": 90,
        HANDLED: 98,
    }
    outcomes = stated("办结政府信息公开申请64件，其中予以公开61件；部分公开3件。")
    assert outcomes == {HANDLED: 64, "requests.granted.total": 61, "requests.partly_granted.total": 3}


def test_a_glyph_of_some_font_is_no_figure() -> None:
    for code in range(0xE000, 0xF900):
        assert stated(f"收到政府信息公开申请{chr(code)}。公开0件。") == {}, hex(code)


def test_contradictions_of_one_report_all_stay() -> None:
    assert stated("全年未收到政府信息公开申请。", "全年收到政府信息公开申请2件。") == {RECEIVED: [0, 2]}


def test_a_time_set_by_one_sentence_governs_its_paragraph_only() -> None:
    assert stated("2019年，我局工作有序。收到政府信息公开申请5件。", "收到政府信息公开申请7件。") == {RECEIVED: 7}


def test_the_heading_says_what_the_paragraph_is_about() -> None:
    assert stated("四、政府信息公开行政复议、行政诉讼情况", "行政复议3件，行政诉讼2件。") == {
        RECONSIDERATION: 3,
        LITIGATION: 2,
    }
    assert stated("五、其他工作", "行政复议3件，行政诉讼2件。") == {}


def test_a_line_that_breaks_off_is_read_with_the_next() -> None:
    text = ("2020年，我局认真贯彻落实条例，依法办理，全年共收到政府信息公", "开申请12件，均已办结。")
    assert stated(*text, kind="line") == {RECEIVED: 12}
    number = ("2020年，我局认真贯彻落实条例，依法办理，全年共收到政府信息公开申请1", "2件，均已办结。")
    assert stated(*number, kind="line") == {}
    other = ("2020年，我局认真贯彻落实各项要求，成效明显，与此同时，市政府办公室", "收到政府信息公开申请12件。")
    assert stated(*other, kind="line") == {}


def test_without_a_year_no_named_year_is_understood() -> None:
    assert stated("本年度收到政府信息公开申请5件。", year=None) == {RECEIVED: 5}
    assert stated("2020年收到政府信息公开申请5件。", year=None) == {}


def test_the_body_may_use_its_own_name() -> None:
    sentence = "2020年，苏州市财政局共收到政府信息公开申请5件。"
    assert stated(sentence) == {}
    assert stated(sentence, agency="江苏省苏州市财政局") == {RECEIVED: 5}
    assert stated("市财政局共收到政府信息公开申请5件。", agency="苏州市财政局") == {RECEIVED: 5}
    assert stated("市税务局共收到政府信息公开申请5件。", agency="苏州市财政局") == {}
    assert stated("区政府收到政府信息公开申请5件。", agency="重庆市九龙坡区人民政府") == {}
    assert stated("九龙坡区人民政府收到政府信息公开申请5件。", agency="重庆市九龙坡区人民政府") == {RECEIVED: 5}


def test_the_whole_area_is_a_governments_own() -> None:
    sentence = "全市共收到政府信息公开申请500件。"
    assert stated(sentence, agency="苏州市人民政府") == {RECEIVED: 500}
    assert stated(sentence, agency="苏州市财政局") == {}
    assert stated(sentence, agency="苏州市人民政府办公室") == {}


def test_a_subject_must_be_in_the_form_of_the_year() -> None:
    sentence = "全年公开规范性文件8件。"
    assert stated(sentence, year=2020) == {"proactive.normative_documents.published": 8}
    assert stated(sentence, year=2022) == {"normative_documents_published": 8}
    assert stated("全年收到政府信息公开申请8件。", year=2015) == {}


def test_a_claim_names_its_unit_sentence_and_place() -> None:
    found = claims("总体情况良好。", "工作扎实。全年政府集中采购总金额76320.9万元；收到政府信息公开申请５件。")
    assert found == [
        Claim("proactive.procurement.amount", 76320.9, "10k_cny", "全年政府集中采购总金额76320.9万元", "paragraph 2"),
        Claim(RECEIVED, 5.0, "count", "收到政府信息公开申请５件", "paragraph 2"),
    ]


@pytest.mark.parametrize(
    "unit", ["被", "未被", "的", "申请", "(", "，", "信息公开申请被提起", "因信息公开", "1件", "2020年", "；"]
)
def test_hostile_text_costs_no_time(unit: str) -> None:
    for text in (
        unit * 20_000 + "行政复议5件",
        "未收到" + unit * 900 + "5件。" * 3,
        ("信息公开" + unit * 90 + "1件。") * 200,
    ):
        started = perf_counter()
        claims(text)
        assert perf_counter() - started < 5


def test_the_seed(shared: Path) -> None:
    file = next((shared / "seed").glob("*.txt"))
    lines = [
        TextLine(text, i + 1) for i, text in enumerate(file.read_text(encoding="utf-8").splitlines()) if text.strip()
    ]
    found = read_claims(lines, 2020, "重庆市九龙坡区人民政府")
    assert [(claim.subject, claim.value) for claim in found] == [
        ("proactive_published", 13741),
        ("proactive.normative_documents.made", 33),
        ("normative_documents_made_own_name", 15),
        ("normative_documents_published_own_name", 15),
        ("interpretation_items", 12),
        (HANDLED, 104),
        ("disputes_all", 5),
    ]
    assert all(f"{claim.value:.0f}" in claim.sentence for claim in found)
    assert found == read_claims(lines, 2020)


FAULTS = [
    ('topic = "requests"\nunits', 'topic = "petitions"\nunits', "topic 'petitions'"),
    ('units = "cases"', 'units = "boxes"', "units 'boxes'"),
    ('units = "cases"', 'unit = "cases"', "unknown key 'unit'"),
    ("{request}{link}{n}", "{request}{link}", "must hold one {n}"),
    ("{request}{link}{n}", "{request}{lnk}{n}", "no word '{lnk}'"),
    ("{request}{link}{n}", "({request}){link}{n}", "capturing group"),
    ("{request}{link}{n}", "(?:{request}{link}{n}", "is no pattern"),
    ("{request}{link}{n}", "*{request}{link}{n}", "is no pattern"),
    ("{request}{link}{n}", "[{request}{link}{n}", "is no pattern"),
    ('subject = "requests.received.total"', 'subject = "requests.recieved.total"', "neither in a form nor a name"),
    ('not_after = "{maybe_carried}"', 'notafter = "{maybe_carried}"', "unknown key 'notafter'"),
    (" => requests.received.total 12", " = requests.received.total 12", "is no example"),
]


@pytest.mark.parametrize(("old", "new", "wrong"), FAULTS)
def test_a_fault_of_the_data_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    text = (SHIPPED / "claims.toml").read_text(encoding="utf-8")
    head, mark, body = text.partition("[[statements]]")
    file = tmp_path / "claims.toml"
    assert old in body
    file.write_text(head + mark + body.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError, match=r"claims\.toml, line \d+") as error:
        load_claim_subjects(file)
    assert wrong in str(error.value)
    assert error.value.line > head.count("\n")
