"""What a run reports: numbers by name, troubles by code, and where its results lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from warehouse.records import Issue, SourceVisit


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one run. `published` is False where a structural check held it; then `held` says why.
    `headline` is what a person reads first; `paths` maps what a person looks for ("report", "mail",
    "database") to where it lies.
    """

    flow: str
    now: datetime
    counts: dict[str, int] = field(default_factory=dict)
    visits: tuple[SourceVisit, ...] = ()
    issues: tuple[Issue, ...] = ()
    published: bool = True
    held: str | None = None
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
