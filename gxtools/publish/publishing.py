"""Runs the curated notebooks on a folder of reports and writes them as pages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from gxtools.corpus import Corpus, load
from gxtools.errors import CorpusError
from gxtools.explore import Findings, findings
from gxtools.publish.colophon import colophon
from gxtools.publish.curated import notebook_paths, on_folder, read_notebook
from gxtools.publish.pages import Link, index_page, notebook_page, title_of
from gxtools.publish.progress import cells_bar
from gxtools.publish.running import NotebookFailed, run_notebooks
from gxtools.publish.sources import sources


@dataclass(frozen=True)
class Published:
    """The page to open first, and what the reports show at a glance."""

    index: Path
    findings: Findings


def publish_notebooks(
    folder: str | os.PathLike[str], out: str | os.PathLike[str], *, progress: bool | None = None
) -> Published:
    """Run the curated notebooks on the reports in ``folder`` and write ``index.html`` and a page for each to ``out``.

    The pages need no network. ``progress`` is shown on a terminal by default. Raises ``OSError`` for a folder that is
    not there, ``CorpusError`` for one without a report that can be read, for an ``out`` inside it, and where a notebook
    fails.
    """
    reports, target = Path(folder).resolve(), Path(out).resolve()
    if not reports.is_dir():
        raise NotADirectoryError(20, "Is no folder of reports", str(folder))
    if target.is_relative_to(reports):
        raise CorpusError(f"{out}: lies in the folder of reports, where pages would be read as reports; give another.")
    corpus = load(reports, progress=progress)
    _require_reports(corpus, str(folder))
    # In the folder above, so that a page names a source as reports/a.html and not by where a person's files are.
    notebooks = {path.stem: on_folder(read_notebook(path), reports.name or str(reports)) for path in notebook_paths()}
    with cells_bar(sum(len(notebook.cells) for notebook in notebooks.values()), progress) as advance:
        try:
            run_notebooks(notebooks, reports.parent, advance)
        except NotebookFailed as error:
            raise CorpusError(f"{folder}: {error}. Please report it to us.") from error
    links = [Link(f"{name}.html", title_of(notebook)) for name, notebook in notebooks.items()]
    facts, found = colophon(corpus, reports.name), findings(corpus)
    target.mkdir(parents=True, exist_ok=True)
    for name, notebook in notebooks.items():
        (target / f"{name}.html").write_text(notebook_page(notebook, links, facts), encoding="utf-8")
    index = Path(out) / "index.html"
    index.write_text(index_page(links, facts, found, sources(corpus, reports)), encoding="utf-8")
    return Published(index, found)


def _require_reports(corpus: Corpus, folder: str) -> None:
    errors = corpus.reports["error"]
    if len(corpus) == 0:
        raise CorpusError(f"{folder}: holds no document; give a folder with reports in it.")
    if errors.null_count() == 0:
        raise CorpusError(
            f"{folder}: none of its {len(corpus)} document(s) could be read as a report. First: {errors[0]}"
        )
