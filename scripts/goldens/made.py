"""Reports with their labels typed by hand and sums that all hold. Nothing of gxtools is used."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

Key = tuple[str, str, str]

APPLICANTS = ["natural_person", "business", "research", "public_interest", "legal_service", "other_organization"]
OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REFUSALS = [
    ("denied_state_secret", "属于国家秘密"),
    ("denied_prohibited_by_law", "其他法律行政法规禁止公开"),
    ("denied_security_stability", "危及“三安全一稳定”"),
    ("denied_third_party", "保护第三方合法权益"),
    ("denied_internal_affairs", "属于三类内部事务信息"),
    ("denied_deliberative", "属于四类过程性信息"),
    ("denied_enforcement_file", "属于行政执法案卷"),
    ("denied_inquiry", "属于行政查询事项"),
]
GROUPS = [
    ("（三）不予公开", REFUSALS),
    (
        "（四）无法提供",
        [
            ("unavailable_not_held", "本机关不掌握相关政府信息"),
            ("unavailable_must_be_created", "没有现成信息需要另行制作"),
            ("unavailable_unclear", "补正后申请内容仍不明确"),
        ],
    ),
    (
        "（五）不予处理",
        [
            ("unprocessed_petition", "信访举报投诉类申请"),
            ("unprocessed_repeat", "重复申请"),
            ("unprocessed_published", "要求提供公开出版物"),
            ("unprocessed_excessive", "无正当理由大量反复申请"),
            ("unprocessed_reissue", "要求行政机关确认或重新出具已获取信息"),
        ],
    ),
]
OTHERS_2021 = [
    ("other_not_supplemented", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_other", "其他"),
]
_HANDLED = [("decisions", "本年处理决定数量")]
BLOCKS_2021 = [
    (
        "第二十条第（一）项",
        [("made", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")],
        [("rules", "规章"), ("normative_documents", "行政规范性文件")],
    ),
    ("第二十条第（五）项", _HANDLED, [("licences", "行政许可")]),
    ("第二十条第（六）项", _HANDLED, [("penalties", "行政处罚"), ("coercion", "行政强制")]),
    ("第二十条第（八）项", [("amount", "本年收费金额（单位：万元）")], [("fees", "行政事业性收费")]),
]
_MADE = [("made", "本年新制作数量"), ("published", "本年新公开数量"), ("public_total", "对外公开总数量")]
_ITEMS = [("items_last_year", "上一年项目数量"), ("change", "本年增/减")]
_DECIDED = [*_ITEMS, ("decisions", "处理决定数量")]
BLOCKS_2019 = [
    ("第二十条第（一）项", _MADE, [("rules", "规章"), ("normative_documents", "规范性文件")]),
    ("第二十条第（五）项", _DECIDED, [("licences", "行政许可"), ("other_services", "其他对外管理服务事项")]),
    ("第二十条第（六）项", _DECIDED, [("penalties", "行政处罚"), ("coercion", "行政强制")]),
    ("第二十条第（八）项", _ITEMS, [("fees", "行政事业性收费")]),
    ("第二十条第（九）项", [("projects", "采购项目数量"), ("amount", "采购总金额")], [("procurement", "政府集中采购")]),
]


class Cell(NamedTuple):
    """A cell to set: a label, or by its key the figure of a cell of the form."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    key: Key | None = None
    number: int | None = None
    """The label's number, which a Word document may leave to Word."""


Table = list[list[Cell]]


class Made(NamedTuple):
    """One report: whose, its figures as printed and what they are worth, its tables two, three and four."""

    agency: str
    year: int
    form: str
    printed: dict[Key, str]
    tables: list[list[Table]]


def report(agency: str, year: int, seed: int) -> Made:
    """A report whose sums all hold."""
    draw = random.Random(seed)
    old = year < 2021
    printed: dict[Key, str] = {}
    for _, columns, lines in BLOCKS_2019 if old else BLOCKS_2021:
        for line, _ in lines:
            for column, _ in columns:
                plain = str(draw.choice([0, draw.randrange(1, 30), draw.randrange(30, 9000)]))
                printed["proactive", line, column] = (
                    f"{draw.randrange(1, 90000) / 100:.2f}" if column == "amount" else plain
                )
    if old:
        printed["proactive", "procurement", "amount"] += "万元"
        printed["proactive", "fees", "change"] = "-3"
    requests(printed, draw, old)
    for line in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        counts = [draw.choice([0, draw.randrange(1, 60)]) for _ in OUTCOMES[:-1]]
        for column, count in zip(OUTCOMES, [*counts, sum(counts)], strict=True):
            printed["disputes", line, column] = str(count)
    blocks = BLOCKS_2019 if old else BLOCKS_2021
    return Made(agency, year, "2019" if old else "2021", printed, [proactive(blocks), [asked(old)], [disputes()]])


def requests(printed: dict[Key, str], draw: random.Random, old: bool) -> None:
    outcomes = ["granted", "partly_granted", *(line for _, lines in GROUPS for line, _ in lines)]
    outcomes += ["other"] if old else [line for line, _ in OTHERS_2021]
    totals: dict[str, int] = {}
    for column in APPLICANTS:
        counts = {line: draw.choice([0, 0, draw.randrange(1, 90)]) for line in outcomes}
        counts |= {"handled": sum(counts.values()), "carried_out": draw.randrange(0, 9)}
        counts["carried_in"] = draw.randrange(0, min(9, counts["handled"] + 1))
        counts["received"] = counts["handled"] + counts["carried_out"] - counts["carried_in"]
        for line, count in counts.items():
            printed["requests", line, column] = str(count)
            totals[line] = totals.get(line, 0) + count
    for line, total in totals.items():
        printed["requests", line, "total"] = str(total)


def proactive(blocks: list[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]]) -> list[Table]:
    """A table for each block."""
    tables: list[Table] = []
    for title, columns, lines in blocks:
        table = [[Cell(title, 1 + len(columns))], [Cell("信息内容"), *(Cell(label) for _, label in columns)]]
        for line, label in lines:
            table.append([Cell(label), *(Cell(key=("proactive", line, column)) for column, _ in columns)])
        tables.append(table)
    return tables


def asked(old: bool) -> Table:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    heads = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    table = [
        [Cell(note, 3, 3), Cell("申请人情况", 7)],
        [Cell("自然人", 1, 2), Cell("法人或其他组织", 5), Cell("总计", 1, 2)],
        [Cell(head) for head in heads],
    ]

    def figures(line: str) -> list[Cell]:
        return [Cell(key=("requests", line, column)) for column in [*APPLICANTS, "total"]]

    table.append([Cell("一、本年新收政府信息公开申请数量", 3), *figures("received")])
    table.append([Cell("二、上年结转政府信息公开申请数量", 3), *figures("carried_in")])
    table.append([Cell("三、本年度办理结果", 1, 20 if old else 22), Cell("（一）予以公开", 2), *figures("granted")])
    partly = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    table.append([Cell(partly, 2), *figures("partly_granted")])
    for title, lines in [*GROUPS, *([] if old else [("（六）其他处理", OTHERS_2021)])]:
        for number, (line, label) in enumerate(lines, start=1):
            begin = [Cell(title, 1, len(lines))] if number == 1 else []
            table.append([*begin, Cell(label, number=number), *figures(line)])
    if old:
        table.append([Cell("（六）其他处理", 2), *figures("other")])
    table.append([Cell("（七）总计", 2), *figures("handled")])
    table.append([Cell("四、结转下年度继续办理", 3), *figures("carried_out")])
    return table


def disputes() -> Table:
    lines = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    return [
        [Cell("行政复议", 5), Cell("行政诉讼", 10)],
        [*(Cell(head, 1, 2) for head in RESULTS), Cell("未经复议直接起诉", 5), Cell("复议后起诉", 5)],
        [Cell(head) for head in RESULTS * 2],
        [Cell(key=("disputes", line, column)) for line in lines for column in OUTCOMES],
    ]


HEADINGS = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
]
SENTENCES = {
    0: "本机关认真贯彻落实《中华人民共和国政府信息公开条例》，扎实推进各项工作。",
    4: "公开内容还不够全面，下一步将继续改进。",
    5: "无其他需要报告的事项。",
}


def title_of(made: Made) -> str:
    return f"{made.agency}{made.year}年政府信息公开工作年度报告"


def parts(made: Made) -> Iterator[tuple[int, str, str | None, list[Table]]]:
    """For each section its number, heading, sentence and tables."""
    for index, heading in enumerate(HEADINGS):
        yield index, heading, SENTENCES.get(index), made.tables[index - 1] if 1 <= index <= 3 else []
