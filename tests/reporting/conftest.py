"""What the tests of the reporting room share: one edition with all sections, one small ledger of four Mondays."""

from __future__ import annotations

import pytest

from flows.reporting.payload import Edition, read_edition
from tests.reporting import examples
from tests.reporting.ledger import four_mondays
from tests.warehouse.builders import LedgerBuilder
from warehouse import editions


@pytest.fixture
def edition() -> Edition:
    """A week with something in every section."""
    return read_edition(examples.payload())


@pytest.fixture
def quiet() -> Edition:
    """A week in which nothing happened."""
    return read_edition(examples.quiet_payload())


@pytest.fixture(scope="session")
def mondays() -> tuple[LedgerBuilder, list[editions.Edition]]:
    """Four weekly runs and their editions. Tests read it and leave it as it is."""
    return four_mondays()
