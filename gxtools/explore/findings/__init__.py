"""What a corpus shows, as sentences computed from it: never a figure that the reports do not carry.

A module a subject, each named in ``_SUBJECTS``.
"""

from __future__ import annotations

from collections.abc import Callable

from gxtools.corpus import Corpus
from gxtools.explore.findings.backlog import backlog
from gxtools.explore.findings.finding import Finding, Findings
from gxtools.explore.findings.forms import forms
from gxtools.explore.findings.litigation import litigation
from gxtools.explore.findings.overview import overview
from gxtools.explore.findings.proactive import proactive
from gxtools.explore.findings.quality import quality
from gxtools.explore.findings.rates import rates
from gxtools.explore.findings.reconsideration import stated_findings
from gxtools.explore.findings.refusals import refusals
from gxtools.explore.findings.requesters import requesters
from gxtools.marks import is_simulated

__all__ = ["Finding", "Findings", "findings", "stated_findings"]

_SUBJECTS: dict[str, Callable[[Corpus], tuple[Finding, ...]]] = {
    "backlog": backlog,
    "forms": forms,
    "litigation": litigation,
    "overview": overview,
    "proactive": proactive,
    "quality": quality,
    "rates": rates,
    "refusals": refusals,
    "requesters": requesters,
}


def findings(corpus: Corpus, about: str = "overview") -> Findings:
    """What ``corpus`` shows about a subject, in sentences computed from its figures; by default at a glance.

    ``overview``: the disclosure rate of the newest year, whose figures do not add up, and the commonest refusal.
    ``rates``: the newest disclosure rate, what another definition makes of it, and whether the last change is more than
    such counts could show by chance. ``quality``: how many reports add up, and which rules break most. ``forms``: which
    forms the reports are in, and what may be joined across them. ``refusals``, ``requesters``, ``backlog`` and
    ``proactive`` end with what the observed figures (``gx.datasets.observed``) say; ``litigation`` is about
    reconsiderations and lawsuits.

    Where a corpus lacks what a finding needs, the finding says so. Raises ``ValueError`` for a subject that is not
    there, naming those that are.
    """
    if about not in _SUBJECTS:
        raise ValueError(f"about: no findings about {about!r}; there are: {', '.join(_SUBJECTS)}")
    found = _SUBJECTS[about](corpus)
    if is_simulated(corpus.reports):
        found = tuple(one if one.observed else _marked(one) for one in found)
    return Findings(found)


def _marked(finding: Finding) -> Finding:
    return Finding(f"模拟数据：{finding.zh}", f"Simulated data: {finding.en}")
