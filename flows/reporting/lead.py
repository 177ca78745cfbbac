"""The one sentence that an edition leads with, and the mail's subject built on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flows.reporting import wording
from flows.reporting.payload import Edition, Row
from flows.reporting.present import series_words, who


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened in a week, counted from the rows that the reader gets."""

    moved: int
    met: int
    overdue: int
    joined: int
    promised: int
    findings: int
    revised: int
    withdrawn: int

    @property
    def changed(self) -> int:
        """Pages that are not what they were."""
        return self.revised + self.withdrawn


def count(edition: Edition) -> Counts:
    """Count an edition, whole or narrowed."""
    targets = edition.rows("targets")
    return Counts(
        moved=sum(row["before_shown"] is not None for row in edition.rows("moved")),
        met=sum(bool(row["is_newly_met"]) for row in targets),
        overdue=sum(row["status"] in wording.OVERDUE for row in targets),
        joined=sum(row["what"] == "joined" for row in edition.rows("participants")),
        promised=len(edition.rows("commitments")),
        findings=len(edition.rows("findings")),
        revised=sum(row["kind"] != "withdrawn" for row in edition.rows("revised")),
        withdrawn=sum(row["kind"] == "withdrawn" for row in edition.rows("revised")),
    )


def lead(edition: Edition) -> str:
    """The most important thing of the week, as a headline without a full stop."""
    if edition.is_baseline():
        return "The ledger opens"
    for tell in _LEADS:
        said = tell(edition)
        if said:
            return wording.one_line(said)
    return "A quiet week"


def subject(edition: Edition) -> str:
    """The mail's subject: substance first, then the counts, then which week it is."""
    told = count(edition)
    counts = [
        f"{number} {word}"
        for number, word in (
            (told.moved, "moved"),
            (told.met, "met"),
            (told.overdue, "overdue"),
            (told.joined, "joined"),
            (told.revised, "revised"),
            (told.withdrawn, "withdrawn"),
        )
        if number
    ]
    week = f"week {edition.week}, {edition.year}"
    pieces = [wording.shortened(lead(edition), 70), ", ".join(counts[:3]), week]
    return " \N{MIDDLE DOT} ".join(piece for piece in pieces if piece)


def _met(edition: Edition) -> str | None:
    met = [row for row in edition.rows("targets") if row["is_newly_met"] and row["initiative"]]
    if not met:
        return None
    row = max((row for row in met if row["series_id"] == met[0]["series_id"]), key=lambda row: row["target_value"])
    has_passed = row["level_lower"] != row["target_value"] or row["level_bound"] == ">"
    return f"{who(row)} {'passes' if has_passed else 'reaches'} {wording.without_hedge(row['target_shown'])}"


def _moved(edition: Edition) -> str | None:
    rows = edition.rows("moved")
    for row in rows:
        if row["initiative"] and _has_grown(row):
            return f"{who(row)} {_arrives(row)}"
    return _reading(rows[0]) if rows else None


def _arrives(row: Row) -> str:
    shown: str = row["shown"]
    return f"passes {wording.without_hedge(shown)}" if row["bound"] == ">" else f"reaches {shown}"


def _has_grown(row: Row) -> bool:
    """Whether the level is surely higher than what was said before, be it a number or a bound."""
    before, now = row["before_lower"], row["lower"]
    return before is not None and now is not None and now > before


def _reading(row: Row) -> str:
    words = f"{row['shown']} {series_words(row)}"
    return f"{who(row)}: {words}" if row["initiative"] else words


def _joined(edition: Edition) -> str | None:
    rows = edition.rows("participants")
    if not rows:
        return None
    names = [row["participant"] for row in rows if row["initiative_id"] == rows[0]["initiative_id"]]
    if rows[0]["what"] == "achieved":
        return f"{wording.listed(names, most=2)}: goal of {who(rows[0])} reached"
    return f"{wording.listed(names, most=2)} {'joins' if len(names) == 1 else 'join'} {who(rows[0])}"


def _promised(edition: Edition) -> str | None:
    rows = edition.rows("commitments")
    if not rows:
        return None
    return f"{who(rows[0])} promises {rows[0]['shown']}{_unit_words(rows[0])}"


def _unit_words(row: Row) -> str:
    """What stands behind a promise's number: nothing where the number has its sign, else its currency or who counts."""
    population = row["population"]
    if population in (None, "USD", "%"):
        return ""
    if row["measure"] == "money":
        return f" {population}"
    return f" {wording.counted(population, is_one=row['shown'] == '1')}"


def _revised(edition: Edition) -> str | None:
    rows = edition.rows("revised")
    if not rows:
        return None
    verb = "withdraws" if rows[0]["kind"] == "withdrawn" else "revises"
    return f"{rows[0]['publisher']} {verb} {wording.quoted(rows[0]['title'])}"


def _found(edition: Edition) -> str | None:
    rows = edition.rows("findings")
    return rows[0]["message"] if rows else None


_LEADS: tuple[Callable[[Edition], str | None], ...] = (_met, _moved, _joined, _promised, _revised, _found)
