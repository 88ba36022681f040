"""The rules with terms, written out by hand and computed in plain Python: what the forms' data is held against.

Shares nothing with the package: neither its data nor its code.
"""

from __future__ import annotations

from typing import NamedTuple

Figure = float | str
"""A number that is printed, or the state of a cell that holds none: blank, dash, unreadable, absent."""

COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organization", "total")
DENIED = (
    *("state_secret", "prohibited_by_law", "security_stability", "third_party"),
    *("internal_affairs", "deliberative", "enforcement_file", "inquiry"),
)
OUTCOMES = (
    *("granted", "partly_granted"),
    *(f"denied_{ground}" for ground in DENIED),
    *("unavailable_not_held", "unavailable_must_be_created", "unavailable_unclear", "unprocessed_petition"),
    *("unprocessed_repeat", "unprocessed_published", "unprocessed_excessive", "unprocessed_reissue"),
)
OTHER = {"2019": ("other",), "2021": ("other_not_supplemented", "other_fee_unpaid", "other_other")}
BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")
STOCKS = ("rules", "normative_documents")
ITEMS = ("licences", "other_services", "penalties", "coercion", "fees")
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}


class Promise(NamedTuple):
    """The cells of both sides; ``equal`` or else the left is not below the right. ``severity`` where it fails."""

    rule: str
    severity: str
    table: str
    line: str | None
    column: str | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    equal: bool = True

    @property
    def cells(self) -> tuple[str, ...]:
        """All its cells, each once."""
        return (*self.left, *self.right)


def promises_of(form: str) -> list[Promise]:
    """Every rule of a form in every line and column."""
    return _statistics() if form == "2014" else [*_requests(form), *_disputes(), *_proactive(form)]


def _requests(form: str) -> list[Promise]:
    outcomes = [*OUTCOMES, *OTHER[form]]
    told: list[Promise] = []
    for column in COLUMNS:
        flow = [f"requests.{line}.{column}" for line in ("received", "carried_in", "handled", "carried_out")]
        told.append(Promise("balance", "error", "requests", None, column, tuple(flow[:2]), tuple(flow[2:])))
        lines = tuple(f"requests.{line}.{column}" for line in outcomes)
        told.append(Promise("handled_sum", "error", "requests", None, column, lines, (flow[2],)))
    for line in ("received", "carried_in", *outcomes, "handled", "carried_out"):
        cells = tuple(f"requests.{line}.{column}" for column in COLUMNS)
        told.append(Promise("applicant_sum", "error", "requests", line, None, cells[:-1], cells[-1:]))
    return told


def _disputes() -> list[Promise]:
    told = []
    for block in BLOCKS:
        results = tuple(f"disputes.{block}.{result}" for result in RESULTS)
        total = (f"disputes.{block}.total",)
        told.append(Promise("dispute_sum", "error", "disputes", block, None, results, total))
    return told


def _proactive(form: str) -> list[Promise]:
    def bound(rule: str, severity: str, line: str, left: tuple[str, ...], right: tuple[str, ...]) -> Promise:
        sides = [tuple(f"proactive.{line}.{column}" for column in side) for side in (left, right)]
        return Promise(rule, severity, "proactive", line, None, *sides, equal=False)

    if form == "2021":
        return [bound("in_force_bound", "notice", line, ("in_force", "repealed"), ("made",)) for line in STOCKS]
    flows = [bound("items_flow", "warning", line, ("items_last_year", "change"), ()) for line in ITEMS]
    return flows + [bound("public_total_bound", "notice", line, ("public_total",), ("published",)) for line in STOCKS]


def _statistics() -> list[Promise]:
    channels = ("gazette", "website", "weibo", "wechat", "other_channels")
    answers = (
        *("already_public", "granted", "partly_granted", "denied", "not_responsible", "not_existing"),
        *("to_supplement", "other_route"),
    )
    reasons = ("state_secret", "trade_secret", "privacy", "security_stability", "not_government_information")
    results = ("upheld", "corrected", "other")
    responses = ("press_conferences", "interviews", "interpretations", "weibo_wechat_responses", "other_responses")

    def told(rule: str, severity: str, left: tuple[str, ...], right: tuple[str, ...], equal: bool = False) -> Promise:
        sides = [tuple(f"statistics.{line}.value" for line in side) for side in (left, right)]
        return Promise(f"statistics_{rule}", severity, "statistics", None, "value", *sides, equal)

    def of(name: str, parts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{name}_{part}" for part in parts)

    return [
        told("sum", "warning", of("received", ("in_person", "fax", "online", "letter")), ("received",), True),
        told("sum", "warning", of("handled", ("on_time", "extended")), ("handled",), True),
        told("sum", "warning", of("answered", answers), ("answered",), True),
        told("sum", "notice", of("denied", (*reasons, "other_law")), ("answered_denied",), True),
        told("sum", "notice", ("reconsideration",), of("reconsideration", results)),
        told("sum", "notice", ("litigation",), of("litigation", results)),
        told("sum", "warning", of("staff", ("full_time", "part_time")), ("staff",), True),
        told("bound", "notice", ("handled",), ("answered",)),
        told("bound", "warning", of("published", channels), ("published",)),
        *(told("bound", "warning", ("published",), of("published", (channel,))) for channel in channels),
        told("bound", "warning", ("published",), ("published_normative_documents",)),
        told("bound", "warning", ("press_conferences",), ("press_conferences_chief",)),
        told("bound", "warning", ("interviews",), ("interviews_chief",)),
        told("bound", "notice", responses, ("responses",)),
    ]


def verdict(figures: dict[str, Figure], promise: Promise) -> str:
    """``holds``, ``broken``, ``undecided``, or ``silent`` where nothing of it is in the document.

    What is lacking is anything not below 0, and in a column of changes anything.
    """
    sides = [[(cell, figures.get(cell, 0)) for cell in side] for side in (promise.left, promise.right)]
    if all(figure == "absent" for side in sides for _, figure in side):
        return "silent"
    left, right = ([f for _, f in side if not isinstance(f, str)] for side in sides)
    difference = sum(left) - sum(right)
    open_left, open_right = ([cell for cell, f in side if isinstance(f, str)] for side in sides)
    free = any(cell.endswith(".change") for cell in (*open_left, *open_right))
    may_rise, may_fall = bool(open_left) or free, bool(open_right) or free
    if (difference < 0 and not may_rise) or (promise.equal and difference > 0 and not may_fall):
        return "broken"
    if promise.equal:
        return "holds" if not may_rise and not may_fall else "undecided"
    return "holds" if difference >= 0 and not may_fall else "undecided"
