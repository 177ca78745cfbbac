"""Which sources a run looks at, and what their declarations lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from flows import sample
from flows.settings import Settings, SettingsError
from flows.sources.registry import load_sources
from flows.sources.spec import SourceSpec
from warehouse.records import Issue

FIRST_REACH = timedelta(days=30)


def choose_sources(
    settings: Settings, wanted: Sequence[str] | None, sample_bases: Mapping[str, str] | None
) -> tuple[list[SourceSpec], list[Issue]]:
    """The sources to look at, in the order of their ids, and an issue for each declaration that cannot be used.

    `wanted` names them (also ones that are not enabled); otherwise all that are enabled. Raises `SettingsError` for an
    id that no declaration has.
    """
    folder = sample.SOURCES if sample_bases is not None else settings.sources_dir
    specs, issues = load_sources(folder)
    if wanted:
        known = {spec.id: spec for spec in specs}
        missing = sorted(set(wanted) - known.keys())
        if missing:
            raise SettingsError(f"No source is called {', '.join(missing)}; there are: {', '.join(sorted(known))}.")
        chosen = [known[source_id] for source_id in sorted(set(wanted))]
    else:
        chosen = sorted((spec for spec in specs if spec.enabled), key=lambda spec: spec.id)
    if sample_bases is not None:
        chosen = [spec.with_fetch_from(sample_bases[spec.id]) for spec in chosen]
    return chosen, issues


def choose_all(settings: Settings) -> tuple[list[SourceSpec], list[Issue]]:
    """Every source that could have left something in the archive: the declared ones, in the sample's home its own."""
    folder = sample.SOURCES if settings.is_sample else settings.sources_dir
    return load_sources(folder)


def first_day(now: datetime, since: date | None, sample_bases: Mapping[str, str] | None) -> date:
    """How far back a source's first run goes; the sample reaches back to its first release."""
    if sample_bases is not None and since is None:
        return sample.FIRST_DAY
    return since or (now - FIRST_REACH).date()
