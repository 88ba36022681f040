"""Radicals of dictionaries that stand for characters: what programs print from fonts of PDF files (⻘⽲ for 青禾)."""

from __future__ import annotations

import unicodedata

# Unicode folds those of the block of Kangxi, and says of these which character each is (EquivalentUnifiedIdeograph).
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺇⺈⺉⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂几刀刂㔾小小兀尣尢尢巳幺彑彐忄㣺扌攵旡月歺母民氵氺灬爫爫丬犭王疋目示礻竹糹纟罓罒网老聿肀月臼艹艹艹虎衤覀西见角讠贝车辶辶阝钅長镸长门𨸏阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜龜龟",
        strict=True,
    )
)
_CHARACTERS = {ord(radical): character for radical, character in _SUPPLEMENT.items()}
_CHARACTERS |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_FIRST, _LAST = "\u2e80", "\u2fd5"


def without_radicals(text: str) -> str:
    """The text with each such radical as the character that it stands for."""
    if text.isascii() or not any(_FIRST <= character <= _LAST for character in set(text)):
        return text
    return text.translate(_CHARACTERS)
