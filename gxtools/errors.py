"""Every error class of the package. Each text names the file, says what is wrong and what to do."""

from __future__ import annotations


class UnreadableDocument(ValueError):
    """A document that yields nothing at all: empty, encrypted, not a report, over the size limit.

    Anything less than that is no exception but a row in ``problems``.
    """

    def __init__(self, name: str, wrong: str, advice: str) -> None:
        self.name = name
        self.wrong = wrong
        self.advice = advice
        super().__init__(f"{name}: {wrong} {advice}")

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[str, str, str]]:
        return type(self), (self.name, self.wrong, self.advice)


class FormError(ValueError):
    """A data file of the forms breaks its own rules: unknown key, duplicate id, missing term, overlapping years."""

    def __init__(self, file: str, line: int, wrong: str) -> None:
        self.file = file
        self.line = line
        self.wrong = wrong
        super().__init__(f"{file}, line {line}: {wrong}")

    def __reduce__(self) -> tuple[type[FormError], tuple[str, int, str]]:
        return type(self), (self.file, self.line, self.wrong)


class CorpusError(ValueError):
    """A folder that holds no data set of this package, or one written by another version's frames."""


class MissingFont(RuntimeError):
    """No installed font can draw Chinese; saving a chart would print boxes."""
