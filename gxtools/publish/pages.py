"""A notebook that was run -> a page with its charts live, everything it needs inside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]

from gxtools.charts.renderer import MIME
from gxtools.explore import Findings
from gxtools.publish.colophon import Colophon
from gxtools.publish.sources import Sources

_TO_NOTEBOOK = re.compile(r'href="(\d\d_\w+)\.ipynb"')
_WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Part:
    """One piece of a page: markup, and a chart's specification as JSON that is safe inside a script element."""

    kind: str
    markup: Markup | None = None
    spec: Markup | None = None
    words: str = ""


@dataclass(frozen=True)
class Link:
    """A page and its title."""

    file: str
    title: str


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    environment.globals["code_style"] = HtmlFormatter().get_style_defs(".highlight")
    return environment


@cache
def chart_script() -> Markup:
    """Vega-Embed with all that it needs, for one script element."""
    script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return Markup(script.replace("</script", r"<\/script"))


def title_of(notebook: nbformat.NotebookNode) -> str:
    """The first heading of the notebook."""
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return next(line.lstrip("# ") for line in prose.splitlines() if line.startswith("#"))


def notebook_page(notebook: nbformat.NotebookNode, links: list[Link], colophon: Colophon) -> str:
    """The page of one notebook."""
    parts = [part for cell in notebook.cells for part in _cell(cell)]
    template = _templates().get_template("notebook.html.j2")
    return template.render(
        title=title_of(notebook), parts=parts, links=links, colophon=colophon, chart_script=chart_script()
    )


def index_page(links: list[Link], colophon: Colophon, findings: Findings, sources: Sources) -> str:
    """The page that leads to the others."""
    template = _templates().get_template("index.html.j2")
    return template.render(links=links, colophon=colophon, findings=findings, sources=sources)


def _cell(cell: nbformat.NotebookNode) -> list[Part]:
    if cell.cell_type == "markdown":
        return [Part("prose", Markup(_TO_NOTEBOOK.sub(r'href="\1.html"', markdown2html_mistune(cell.source))))]
    highlighted = Highlight2HTML()(cell.source)  # type: ignore[no-untyped-call]  # nbconvert types it in part
    return [Part("code", Markup(highlighted)), *(part for output in cell.outputs for part in _output(output))]


def _output(output: nbformat.NotebookNode) -> list[Part]:
    if output.output_type == "stream":
        return [Part("text", Markup.escape(output.text))]
    data = output.data
    parts = [Part("static")] if _WIDGET in data else []
    # Objects escape what documents say in the HTML that they show as; a chart alone has none.
    if "text/html" in data:
        parts.append(Part("html", Markup(data["text/html"])))
    if MIME in data:
        parts.append(Part("chart", spec=_inside_script(data[MIME]), words=str(data[MIME].get("description", ""))))
    if not {"text/html", MIME} & set(data):
        parts.append(Part("text", Markup.escape(data.get("text/plain", ""))))
    return parts


def _inside_script(spec: dict[str, Any]) -> Markup:
    """JSON in which nothing can end the script element that holds it; without the address of a version's schema."""
    spec = {key: value for key, value in spec.items() if key != "$schema"}
    return Markup(json.dumps(spec, ensure_ascii=False).replace("<", r"\u003c"))
