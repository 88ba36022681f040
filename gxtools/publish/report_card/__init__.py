"""The report card: what does not add up in a report or a corpus, where, by how much, and what a person said of it."""

from gxtools.publish.report_card.checking import Checked, check

__all__ = ["Checked", "check"]
