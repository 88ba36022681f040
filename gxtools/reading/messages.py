"""Why a reading is in doubt, in words: key -> (rule, English, Chinese)."""

from __future__ import annotations

WHY: dict[str, tuple[str, str, str]] = {
    "several_figures": ("unreadable_cell", "several figures stand in one cell", "一个单元格内有多个数字"),
    "masked": ("unreadable_cell", "the figure is masked by asterisks", "数字被星号遮盖"),
    "no_figure": ("unreadable_cell", "the text is no figure", "文字不是数字"),
    "leading_zero": (
        "unreadable_cell",
        "a figure that begins with 0 may be several run together",
        "以0开头的数字可能由多个数字连写而成",
    ),
    "not_plain": ("unreadable_cell", "the text is no plain figure", "文字不是单纯的数字"),
    "money_in_count": ("unreadable_cell", "an amount of money stands where a count belongs", "应填数量处填了金额"),
    "no_unit": (
        "uncertain_reading",
        "the amount has no certain unit: neither its cell nor its labels name one, or its labels name different ones",
        "金额单位不明：单元格和标签均未注明单位，或各处注明的单位不一致",
    ),
    "unit_differs": (
        "uncertain_reading",
        "the unit that is printed beside the figure is none in which this line is counted",
        "数字旁所印的计量单位不是该行的计量单位",
    ),
    "merged_cell": ("uncertain_reading", "one cell covers several columns or lines", "一个单元格跨越多列或多行"),
    "label_unclear": ("uncertain_reading", "the label fits several lines of the form", "标签对应表格的多行"),
    "count_differs": (
        "uncertain_reading",
        "the number of figures is not that of the form's cells, so none can be placed",
        "数字个数与表格栏目数不符，无法对应",
    ),
    "header_lost": (
        "uncertain_reading",
        "the header is lost or broken and the sums do not settle which figure belongs where",
        "表头缺失或错位，且合计关系不足以确定各数字的归属",
    ),
    "head_unknown": (
        "uncertain_reading",
        "the form's head of this column is not there, and figures stand under heads that the form does not have",
        "表头中没有该栏目，而有数字位于表式所无的栏目之下",
    ),
    "figures_lost": (
        "uncertain_reading",
        "the labels of the table are there, and no figure can be told to be theirs",
        "表格的标签存在，但没有数字可确定与之对应",
    ),
    "before_labels": (
        "uncertain_reading",
        "the figures stand before their labels or a row away from them, so none can be placed",
        "数字位于标签之前或与标签错行，无法对应",
    ),
    "next_label_lost": (
        "uncertain_reading",
        "the label that the form has next is not there, so the figures may be that line's",
        "格式中下一行的标签缺失，这些数字可能属于下一行",
    ),
    "row_broken": (
        "uncertain_reading",
        "the figures stand in several lines of the text and no sum shows that they belong together",
        "数字分散在多行，且合计关系不能证明其属于同一行",
    ),
    "filled_up": (
        "uncertain_reading",
        "other rows have a blank before their figures, so a figure of this one may be lost",
        "其他各行的数字之前多一个空格，本行可能缺了一个数字",
    ),
    "stands_twice": (
        "uncertain_reading",
        "the label stands twice with different figures",
        "同一标签出现两次且数字不同",
    ),
    "in_one_of_two": (
        "uncertain_reading",
        "the table stands twice, and only one of the two has this cell",
        "该表出现两次，仅其中之一有此格",
    ),
    "other_year": (
        "uncertain_reading",
        "the line above a table says that it is another year's: it was left aside",
        "表上方的文字说明该表为其他年份的数据，未予读取",
    ),
    "only_other_year": (
        "uncertain_reading",
        "the line above the table names another year, and none of the report's own year is there: read as printed",
        "表上方的文字注明为其他年份，而本年度的表未见：已按所印读取",
    ),
    "year_differs": (
        "uncertain_reading",
        "the title names another year than the period that the text states",
        "标题年份与正文所述统计期限不一致",
    ),
    "no_year": ("uncertain_reading", "no report year could be found", "未能找到报告年度"),
    "no_agency": ("uncertain_reading", "no title that names the agency could be found", "未能找到写明机关名称的标题"),
}
