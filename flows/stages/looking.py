"""What the ledger says of itself: checks and sources. Reads the published file only."""

from __future__ import annotations

from typing import Any

from flows.settings import Settings
from flows.sources.registry import load_sources
from warehouse import checks
from warehouse.connection import open_published
from warehouse.queries import query
from warehouse.records import Issue


def check_published(settings: Settings) -> list[checks.CheckResult]:
    """Run all checks on the published file without recording anything."""
    with open_published(settings.published_file) as con:
        return checks.look(con)


def source_table(settings: Settings) -> tuple[list[str], list[list[Any]], list[Issue]]:
    """The declared sources beside what the ledger knows of their health; and declarations that cannot be used."""
    specs, issues = load_sources(settings.sources_dir)
    health = _health(settings)
    rows = [
        [
            spec.id,
            spec.publisher,
            spec.cadence,
            "yes" if spec.enabled else "no",
            spec.verified,
            *health.get(spec.id, ("", "")),
        ]
        for spec in sorted(specs, key=lambda spec: spec.id)
    ]
    return ["id", "publisher", "cadence", "enabled", "verified", "last look", "health"], rows, issues


def _health(settings: Settings) -> dict[str, tuple[Any, Any]]:
    if not settings.published_file.exists():
        return {}
    _, rows = query(settings.published_file, "SELECT source_id, last_look, status FROM source_health")
    return {str(source_id): (look, health) for source_id, look, health in rows}
