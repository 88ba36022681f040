"""How the values of a measure are written and along which axis they are drawn: shares, rates per 1,000, ratios."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

import altair as alt

from gxtools.forms.measure_definitions import Definition, Measure

# Above the highest value there is room for its label.
ROOM = 1.25
_FORMATS = {"share": ".1%", "per_1000": ".1f", "ratio": ".2f"}
# A share below this would be a dot at the edge of an axis that ends at 100 %.
_LOW_SHARE = 0.2


@dataclass(frozen=True)
class Scale:
    """``low`` and ``high`` are the ends of the axis, ``ticks`` where it is labelled, all in the unit of the measure."""

    kind: str
    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def format(self) -> str:
        """The format of a value in a tooltip."""
        return _FORMATS[self.kind]

    def said(self, value: float) -> str:
        """A value as words and labels write it; a share that is not 0 is not written as 0."""
        return format(value, ".2%" if self.kind == "share" and 0 < value < 0.0005 else self.format)

    def axis(self) -> alt.Axis:
        """The axis with its labels."""
        percent = ".0%" if all(round(tick * 100, 6) == round(tick * 100) for tick in self.ticks) else ".1%"
        formats = {"share": percent, "per_1000": "~g", "ratio": "~g"}
        return alt.Axis(format=formats[self.kind], values=list(self.ticks), labelOverlap=False)


def scale_of(measure: Measure, values: Iterable[float | None]) -> Scale:
    """The scale that holds ``values`` (limits of intervals too): a share's ends at 100 % unless all are far below."""
    known = [value for value in values if value is not None]
    highest, lowest = max([*known, 0.0]), min([*known, 0.0])
    if measure.kind == "share" and _LOW_SHARE < highest <= 1:
        return Scale("share", 0, 1, (0, 0.25, 0.5, 0.75, 1))
    step = _step((highest - lowest) or 1.0)
    ticks = [round(step * place, 9) for place in range(-_steps(-lowest, step), _steps(highest, step) + 1)]
    return Scale(measure.kind, ticks[0], ticks[-1], tuple(ticks))


def _steps(value: float, step: float) -> int:
    """How many steps reach ``value``."""
    whole = floor(value / step + 1e-9)
    return max(0, whole if whole * step >= value - 1e-9 * step else whole + 1)


def _step(span: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that takes at most five to cross ``span``."""
    power: float = 10.0 ** floor(log10(span / 5))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor * 5 >= span * (1 - 1e-9))


def value_word(measure: Measure) -> str:
    """What a value of the measure is called: 公开率 rate."""
    last = measure.en.split()[-1].lower()
    words = {"share": last if last in ("rate", "share") else "share", "per_1000": "per 1,000", "ratio": "ratio"}
    return f"{measure.zh} {words[measure.kind]}"


def tooltip(measure: Measure, definition: Definition, scale: Scale) -> list[alt.Tooltip]:
    """Tooltip lines for ``value``, ``numerator``, ``denominator``, ``low``, ``high`` and ``interval``."""
    return [
        alt.Tooltip("value:Q", title=value_word(measure), format=scale.format),
        alt.Tooltip("numerator:Q", title=" ".join(definition.counted)),
        alt.Tooltip("denominator:Q", title=" ".join(definition.of)),
        alt.Tooltip("low:Q", title="下限 low", format=scale.format),
        alt.Tooltip("high:Q", title="上限 high", format=scale.format),
        alt.Tooltip("interval:N", title="区间 interval"),
    ]


def small_note(definition: Definition, small: int) -> str:
    """What a hollow mark means."""
    zh, en = definition.of
    return f"空心：{zh}不足 {small} 件 Hollow: fewer than {small} {en}"
