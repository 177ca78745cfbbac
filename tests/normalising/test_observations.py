"""The dated readings of the shared observations file find their 27 series again, from words alone."""

from __future__ import annotations

from collections import defaultdict

import pytest

from flows.normalising.identity import release_id
from flows.normalising.linking import link_facts
from flows.normalising.registry import Registry
from tests.normalising.observations import OBSERVATIONS, load_mapping, load_observations

pytestmark = pytest.mark.skipif(not OBSERVATIONS.exists(), reason="shared/design/observations.csv is not here")


def _labels() -> dict[str, dict[str, str | None]]:
    """By the file's series, the linker's label of each row."""
    registry = Registry.load()
    labels: dict[str, dict[str, str | None]] = defaultdict(dict)
    for row in load_observations():
        (linked,) = link_facts(release_id(row.url), [row.fact], registry)
        labels[row.series][row.key] = linked.series_label
    return labels


def test_every_row_is_mapped_and_no_mapping_is_idle() -> None:
    mapping = load_mapping()
    keys = {row.key for row in load_observations()}
    assert keys == set(mapping.slots)
    assert set(mapping.exceptions) <= keys


def test_the_27_series_are_found_again() -> None:
    exceptions = load_mapping().exceptions
    found = {
        series: {label for key, label in rows.items() if key not in exceptions} for series, rows in _labels().items()
    }
    assert len(found) == 27
    assert {series: labels for series, labels in found.items() if len(labels) != 1 or None in labels} == {}
    labels = [label for group in found.values() for label in group]
    assert len(set(labels)) == 27, "two of the file's series were taken for one"


def test_exceptions_are_really_kept_apart() -> None:
    exceptions = load_mapping().exceptions
    for series, rows in _labels().items():
        home = {label for key, label in rows.items() if key not in exceptions}
        strays = {key: label for key, label in rows.items() if key in exceptions}
        assert not [key for key, label in strays.items() if label in home], series
