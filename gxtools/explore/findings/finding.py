"""A finding in words, in Chinese and in English, and a list of them as a notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from gxtools.explore.markup import escaped


@dataclass(frozen=True)
class Finding:
    """One finding in Chinese and in English; ``observed`` where it is of the observed figures, whatever was read."""

    zh: str
    en: str
    observed: bool = False


class Findings(tuple[Finding, ...]):
    """Findings in the order of their weight. Shows as a list in a notebook, as lines of text elsewhere."""

    def __repr__(self) -> str:
        return "\n".join(f"{finding.zh}\n{finding.en}" for finding in self)

    def _repr_html_(self) -> str:
        texts = [f"{escaped(finding.zh)}<br>{escaped(finding.en)}" for finding in self]
        return f"<p>{texts[0]}</p>" if len(texts) == 1 else f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>"
