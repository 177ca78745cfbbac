"""What the ledger says of itself: checks, sources and status on one screen. Reads the published file only."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from flows import showing
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


STATUS: tuple[tuple[str, str], ...] = (
    ("Last runs", "SELECT flow, logical_time, status, seconds, message FROM run ORDER BY logical_time DESC LIMIT 5"),
    ("Sources", "SELECT source_id, last_look, releases, status FROM source_health ORDER BY source_id"),
    ("Last editions", "SELECT edition, since, until FROM edition ORDER BY edition DESC LIMIT 3"),
    (
        "Open troubles",
        "SELECT severity, code, count(*) AS sightings, any_value(message) AS for_example "
        "FROM issue WHERE severity <> 'info' GROUP BY severity, code ORDER BY severity, code",
    ),
)


def status_text(settings: Settings) -> str:
    """The ledger on one screen."""
    parts = [f"Ledger of {settings.home}"]
    for title, sql in STATUS:
        columns, rows = query(settings.published_file, sql)
        parts.append(f"{title}\n{showing.as_table(columns, rows) if rows else '  none'}")
    parts.append(_disk(settings.home))
    return "\n\n".join(parts)


def _disk(home: Path) -> str:
    used = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    free = shutil.disk_usage(home).free
    return f"Disk\n  {used / 1e6:,.0f} MB used, {free / 1e9:,.1f} GB free"
