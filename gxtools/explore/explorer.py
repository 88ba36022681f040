"""What every explorer of many reports does: controls choose reports, charts follow, a mark shows what is behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import altair as alt
import ipywidgets
import polars as pl
from altair.utils.schemapi import debug_mode

from gxtools.charts.finishing import Drawn
from gxtools.charts.renderer import mimebundle
from gxtools.corpus import Corpus
from gxtools.explore.behind import Behind, behind
from gxtools.explore.controls import ALL, SUGGESTED, bodies, control, dropdown, narrowed
from gxtools.explore.drawing import Drawing
from gxtools.explore.keys import EXPLORER, Keys
from gxtools.explore.markup import framed, paragraph
from gxtools.explore.panels import Mark, Panel, filtered, titles, together
from gxtools.explore.search import BodySearch, named_bodies
from gxtools.explore.taking import Taking, View, citation
from gxtools.marks import is_simulated
from gxtools.measures import Selection

_ROW = ipywidgets.Layout(flex_flow="row wrap")
NO_MARK = -1

Maker = Callable[[Selection], Panel]


class Explorer(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """Controls, one or more charts of the reports that they choose, and what is behind a chosen mark.

    Every control is an attribute (``level``, ``first``, ...): set its ``value`` and the explorer follows. ``marks`` are
    dropdowns, one a chart, that choose a mark as a click does; a mark chosen in one chart narrows the others to its
    reports. What goes wrong on the way is shown in the widget, and raised where a control was set from code.

    An explorer names its ``CONTROLS``, may add ``own_controls`` that its ``offers`` keep in step, and gives ``makers``:
    one function a chart, from the chosen reports to a ``Panel``.
    """

    CONTROLS: ClassVar[tuple[str, ...]] = ("search", "level", "kind", "province", "first", "last", "flagged")

    def __init__(self, corpus: Corpus) -> None:
        super().__init__()
        self._corpus = corpus
        self._all = self._selection = Selection(corpus)
        self._conditions: list[str] = []
        self._bodies = BodySearch(bodies(corpus.reports))
        self._settling = False
        self._found_bodies: list[str] | None = None
        self._panels: tuple[Panel, ...] = ()
        self._touched = 0
        own = self.own_controls()
        self._controls = {id: control(id, corpus.reports) for id in self.CONTROLS} | own
        if "flagged" in self._controls:
            # The widest of all stands last.
            self._controls["flagged"] = self._controls.pop("flagged")
        for id, widget in self._controls.items():
            setattr(self, id, widget)
        self.add_class(EXPLORER)
        self.marks = tuple(
            dropdown(f"图{n + 1} 选中 Chart {n + 1}", [(ALL, NO_MARK)]) for n in range(len(self.makers()))
        )
        self._failure, self._above = ipywidgets.HTML(), ipywidgets.HTML()
        self._below = ipywidgets.HTML(layout=ipywidgets.Layout(max_height="440px", overflow="auto"))
        self._taking = Taking(self._view)
        self._drawings = tuple(Drawing(partial(self._clicked, place)) for place in range(len(self.marks)))
        self.children = (
            Keys(),
            ipywidgets.HBox(list(self._controls.values()), layout=_ROW),
            self._failure,
            self._above,
            *self._drawings,
            ipywidgets.HBox(list(self.marks), layout=_ROW),
            self._below,
            self._taking,
        )
        self._follow()
        for widget in (*self._controls.values(), *self.marks):
            widget.observe(self._changed, names="value")

    def own_controls(self) -> dict[str, ipywidgets.ValueWidget]:
        """Controls of this explorer beyond ``CONTROLS``, by id."""
        return {}

    def offers(self) -> None:
        """Offer anew what depends on other controls; ``offer`` sets options."""

    def selected(self, values: dict[str, Any], found: Sequence[str] | None) -> tuple[Selection, list[str]]:
        """The reports that the controls let through, and the conditions as code; ``found`` are the bodies searched."""
        return narrowed(self._all, values, found)

    def makers(self) -> tuple[Maker, ...]:
        """One function a chart."""
        raise NotImplementedError

    @property
    def chart(self) -> Drawn | alt.ConcatChart:
        """The charts in view, as one."""
        return together([panel.chart for panel in self._panels])

    @property
    def frames(self) -> tuple[pl.DataFrame, ...]:
        """The figures of each chart in view."""
        return tuple(panel.frame for panel in self._panels)

    @property
    def selection(self) -> Selection:
        """The reports that the controls let through."""
        return self._selection

    @property
    def behind(self) -> Behind | None:
        """The cells behind the mark chosen last, of the reports behind all chosen marks; null where none is chosen."""
        return self._behind

    @property
    def code(self) -> str:
        """Python that draws the charts in view again."""
        lines = ["import polars as pl", "", "import gxtools as gx", "", 'corpus = gx.load("data/reports")']
        lines.append(f"chosen = gx.measures.Selection(corpus){filtered(self._conditions)}")
        for number, panel in enumerate(self._panels):
            others = [mark.code for place, mark in self._chosen().items() if place != number]
            lines.append(panel.code.replace("CHOSEN", f"chosen{filtered(others)}"))
        return "\n".join(lines)

    def __repr__(self) -> str:
        state = {id: widget.value for id, widget in self._controls.items()}
        state["marks"] = [mark.label for mark in self.marks]
        return f"{type(self).__name__}({', '.join(f'{name}={value}' for name, value in state.items())})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget; beside it, for pages without a kernel and for tests, its charts and its words as they are now."""
        return {
            **super()._repr_mimebundle_(**kwargs),
            **mimebundle(self.chart.to_dict()),
            "text/html": framed([self._words(), self._behind_part()]),
            "text/plain": repr(self),
        }

    def offer(self, widget: ipywidgets.Dropdown, options: Sequence[tuple[str, Any]]) -> None:
        """New options; what was chosen stays where it is still there, else the first."""
        values = [value for _, value in options]
        chosen = widget.value if widget.value in values else values[0]
        self._settling = True
        try:
            widget.options = list(options)
            widget.value = chosen
        finally:
            self._settling = False

    def _changed(self, change: dict[str, Any]) -> None:
        # Setting a dropdown's options sets its value: those changes are part of the one that is being followed.
        if self._settling:
            return
        try:
            if change["owner"] in self.marks:
                self._touched = self.marks.index(change["owner"])
            self._follow()
        except Exception as error:
            # The front end only logs what a callback raises: a person would go on looking at figures not asked for.
            told = "出错，以下内容可能不是所选的。Failed: what follows may not be what was chosen."
            self._failure.value = framed([paragraph(f"{told} {type(error).__name__}: {error}")])
            raise

    def _clicked(self, panel: int, row: int) -> None:
        if panel < len(self._panels) and row < len(self._panels[panel].marks):
            self.marks[panel].value = row

    def _follow(self) -> None:
        """Choose the reports, draw, and show what is behind the chosen marks."""
        self.offers()
        found = self._found_bodies = self._found()
        values = {id: widget.value for id, widget in self._controls.items()}
        selection, conditions = self.selected(values, found)
        if conditions != self._conditions:  # the same reports keep the totals that they have been asked for
            self._selection, self._conditions = selection, conditions
        kept = self._chosen()
        self._panels = self._made(kept)
        # A mark that is gone narrows nothing: without it others may come back, or go.
        while (still := self._still_there(kept)).keys() != kept.keys():
            kept = still
            self._panels = self._made(kept)
        for number, (widget, panel) in enumerate(zip(self.marks, self._panels, strict=True)):
            places = [mark.same for mark in panel.marks]
            place = places.index(kept[number].same) if number in kept and kept[number].same in places else NO_MARK
            self._settling = True
            try:
                widget.options = [(ALL, NO_MARK), *((mark.name, row) for row, mark in enumerate(panel.marks))]
                widget.value = place
            finally:
                self._settling = False
        marks = self._chosen()
        self._behind = None
        if marks:
            reports = self._selection.filter(*(mark.reports for mark in marks.values()))
            self._behind = behind(reports, self._touched_mark().cells)
        headings = titles([panel.chart for panel in self._panels])
        for drawing, heading, panel in zip(self._drawings, headings, self._panels, strict=True):
            spec = panel.chart.to_dict(validate=False)
            drawing.show({**spec, "title": heading.to_dict(validate=False)}, panel.data)
        self._above.value = framed([self._words()])
        self._below.value = framed([self._behind_part()])
        self._taking.clear()
        self._failure.value = ""

    def _still_there(self, chosen: Mapping[int, Mark]) -> dict[int, Mark]:
        """Those of the chosen marks that their panels still have."""
        return {n: mark for n, mark in chosen.items() if mark.same in (held.same for held in self._panels[n].marks)}

    def _made(self, chosen: Mapping[int, Mark]) -> tuple[Panel, ...]:
        """A panel each, of the reports behind the marks that are chosen in the other panels."""
        made = []
        # Tests hold what charts make to the schema; here that would take as long as all the rest.
        with debug_mode(False):
            for number, maker in enumerate(self.makers()):
                others = [mark.reports for place, mark in chosen.items() if place != number]
                made.append(maker(self._selection.filter(*others) if others else self._selection))
        return tuple(made)

    def _chosen(self) -> dict[int, Mark]:
        """The chosen mark of every panel that has one."""
        return {
            number: self._panels[number].marks[widget.value]
            for number, widget in enumerate(self.marks)
            if widget.value != NO_MARK
        }

    def _touched_mark(self) -> Mark:
        """Of the chosen marks the one that was chosen last."""
        chosen = self._chosen()
        return chosen.get(self._touched) or next(iter(chosen.values()))

    def _found(self) -> list[str] | None:
        """The bodies that the search finds; null where nothing is searched."""
        if "search" not in self._controls or not (text := self.search.value.strip()):
            return None
        found = self._bodies.find(text)
        self.search.options = found[:SUGGESTED]
        # A name in full means that body alone, though others begin with it.
        return [text] if text in found else found

    def _words(self) -> str:
        """How many reports the charts rest on, and what they leave out."""
        of, there = self._selection.reports, self._corpus.reports
        unread = of["error"].count()
        # A report without a name is one of a body of its own, as in every measure.
        bodies = of.filter(pl.col("error").is_null()).select(pl.coalesce("agency", "report").n_unique()).item()
        text = [
            f"所选 {of.height:,} 份报告（共 {there.height:,} 份），{bodies:,} 个机构。 "
            f"{of.height:,} of {there.height:,} reports chosen, of {bodies:,} {'body' if bodies == 1 else 'bodies'}."
        ]
        if is_simulated(there):
            text.insert(0, "模拟数据，并非真实报告 Simulated data, no real report")
        if self._found_bodies is not None:
            text.append(named_bodies(self._found_bodies))
        if unread:
            text.append(
                f"其中 {unread:,} 份未能读取，不含数字。{unread:,} of them could not be read and carry no figure."
            )
        text += [panel.left_out for panel in self._panels if panel.left_out]
        for number, mark in self._chosen().items():
            text.append(f"图{number + 1} 选中 Chosen in chart {number + 1}: {mark.name}")
        return "".join(paragraph(line) for line in text)

    def _behind_part(self) -> str:
        if self.behind is None:
            return paragraph(
                "点击图中标记，或在列表中选择，即可查看其背后的单元格。 "
                "Click a mark, or choose one in the list, to see the cells behind it."
            )
        told = (
            paragraph(f"背后的单元格 Cells behind: {self._touched_mark().name}"),
            paragraph(
                "缺数或勾稽不成立的报告也在其中，但不计入上面的数字。 "
                "Reports that lack a figure or break a sum are listed too, and do not enter the figure above."
            ),
        )
        return "".join(told) + self.behind._repr_html_()

    def _view(self) -> View:
        """What is in view, to be taken away."""
        name = type(self).__name__.removesuffix("Explorer").lower()
        frames = {f"{name}_{number}": frame for number, frame in enumerate(self.frames, 1)}
        marks = [mark for panel in self._panels for mark in panel.marks]
        shown = self.behind or behind(self._selection, marks[0].cells if marks else [])
        return View(name, self.chart, frames, citation(self._corpus, shown.frame), self.code)
