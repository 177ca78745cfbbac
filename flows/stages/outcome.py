"""What a run reports: numbers by name, troubles by code, and where its results lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flows.stages.alerting import Trouble
from warehouse.records import Issue, SourceVisit


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one run. `published` is False where a structural check held it; then `held` says why.

    `undelivered` says which mails were not taken. `headline` is what a person reads first; `paths` maps what a person
    looks for ("report", "mail", "database") to where it lies.
    """

    flow: str
    now: datetime
    counts: dict[str, int] = field(default_factory=dict)
    visits: tuple[SourceVisit, ...] = ()
    issues: tuple[Issue, ...] = ()
    published: bool = True
    held: str | None = None
    undelivered: str | None = None
    headline: tuple[str, ...] = ()
    paths: dict[str, Path] = field(default_factory=dict)


def source_rows(outcome: Outcome) -> list[dict[str, object]]:
    """One row a source: what was listed, new, changed, unchanged, skipped and failed."""
    return [
        {
            "source": visit.source_id,
            "ok": visit.ok,
            "listed": visit.listed,
            "new": visit.new,
            "changed": visit.changed,
            "unchanged": visit.unchanged,
            "skipped": visit.skipped,
            "failed": visit.failed,
            "requests": visit.requests,
        }
        for visit in outcome.visits
    ]


def summary(outcome: Outcome) -> str:
    """The run in a few lines of Markdown: its end, its numbers, its troubles."""
    end = "published" if outcome.published else f"held: {outcome.held}"
    numbers = ", ".join(f"{name.replace('_', ' ')} {amount}" for name, amount in sorted(outcome.counts.items()))
    troubles = [f"- {issue.severity}: {issue.message}" for issue in outcome.issues if issue.severity != "info"][:20]
    return "\n".join([f"**{outcome.flow}** as of {outcome.now:%Y-%m-%d %H:%M} UTC, {end}. {numbers}", "", *troubles])


def page(outcome: Outcome) -> str:
    """The run as a page of Prefect's UI: summary, every trouble by its code, and where the results lie."""
    by_code: dict[str, list[Issue]] = {}
    for issue in outcome.issues:
        by_code.setdefault(issue.code, []).append(issue)
    table = ["| trouble | times | for example |", "|---|---|---|"] if by_code else []
    table += [
        f"| {code} | {len(same)} | {same[0].message.replace('|', '/')} |" for code, same in sorted(by_code.items())
    ]
    links = [f"- {name}: [{path}]({path.as_uri()})" for name, path in outcome.paths.items()]
    return "\n".join([*outcome.headline, "", summary(outcome), "", *table, "", *links])


def troubles(outcome: Outcome) -> Iterator[Trouble]:
    """What of a run that ended needs a person: that it was held, that mails were not taken."""
    if outcome.held:
        yield Trouble(outcome.flow, "was held", f"held: {outcome.held}")
    if outcome.undelivered:
        yield Trouble(outcome.flow, "left mails undelivered", f"mail: {outcome.undelivered}")


def cause(message: str | None) -> str:
    """What went wrong, without Prefect's words around it."""
    return re.sub(r"^Flow run encountered an exception: ", "", message or "no cause was given")
