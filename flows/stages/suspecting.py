"""Signs that a site has changed its shape although every selector still finds something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from flows.sources.spec import SourceSpec
from flows.stages.reading import Head
from warehouse.records import Issue

FEWEST = 3
"""Releases of a source in one run below which nothing is concluded: one notice without a date is no broken site."""
SHORT = 200
"""Characters; the body of a release is longer, but for a rare notice."""


def suspicions(specs: Iterable[SourceSpec], heads: Sequence[Head]) -> list[Issue]:
    """An issue for each source of which all releases read in this run lack a date, or all have hardly any text."""
    by_source: dict[str, list[Head]] = defaultdict(list)
    for head in heads:
        by_source[head.release.source_id].append(head)
    found = []
    for spec in specs:
        latest = [head.latest for head in by_source[spec.id]]
        if len(latest) < FEWEST:
            continue
        number = f"{spec.name}: all {len(latest)} releases read in this run"
        remedy = f"look at the pages with `commitments sources test {spec.id}` and mend the source's declaration."
        if all(version.published is None for version in latest):
            found.append(Issue("dates-missing", "error", spec.id, spec.base_url, f"{number} lack a date; {remedy}"))
        if all(len(version.text) < SHORT for version in latest):
            found.append(
                Issue("bodies-short", "error", spec.id, spec.base_url, f"{number} have hardly any text; {remedy}")
            )
    return found
