"""Flows run in this very process, under one Prefect server for all tests of the session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import PREFECT_SERVER_ANALYTICS_ENABLED, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from flows.settings import Settings, load_settings
from tests.operations.newsroom import Newsroom


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A Prefect server of the session's own."""
    with (
        temporary_settings({PREFECT_SERVER_ANALYTICS_ENABLED: False}),
        prefect_test_harness(server_startup_timeout=180),
    ):
        yield


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home of the test's own, whose sources are those of `newsroom`."""
    for name in ("SMTP_URL", "OPERATOR", "SUBSCRIBERS", "RUNNER", "TZ"):
        monkeypatch.delenv(f"COMMITMENTS_{name}", raising=False)
    (tmp_path / "sources").mkdir()
    monkeypatch.setenv("COMMITMENTS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COMMITMENTS_SOURCES", str(tmp_path / "sources"))
    return load_settings()


@pytest.fixture
def newsroom(settings: Settings) -> Iterator[Newsroom]:
    """The embedded newsroom, open for business at the addresses in the sources' files."""
    site = Newsroom()
    assert settings.sources_dir is not None
    with site.open(settings.sources_dir):
        yield site
