"""One frozen settings object, read from the environment.

Every path is derived from `home`; nothing is computed from a module's own place in the file system.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import getaddresses, parseaddr
from math import inf, nan
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_TIME_ZONE = "America/New_York"
DEFAULT_MAIL_FROM = "Commitment Ledger <ledger@localhost>"
DEFAULT_MAIL_PAUSE = 0.5
DEFAULT_MAILS_A_RUN = 2000


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data live and how the outside is reached. See the README's table for the variables."""

    home: Path
    sources_dir: Path | None = None
    time_zone: str = DEFAULT_TIME_ZONE
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = DEFAULT_MAIL_FROM
    operator: str | None = None
    subscribers: tuple[str, ...] = ()
    site_url: str | None = None
    unsubscribe_url: str | None = None
    mail_pause: float = DEFAULT_MAIL_PAUSE
    mails_a_run: int = DEFAULT_MAILS_A_RUN
    runner: str = "inline"
    is_sample: bool = False
    is_rehearsal: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def published_file(self) -> Path:
        return self.home / "commitments.duckdb"

    @property
    def build_file(self) -> Path:
        return self.home / "build" / "commitments.duckdb"

    @property
    def lock_file(self) -> Path:
        return self.home / "build" / "lock"

    @property
    def archive_dir(self) -> Path:
        return self.home / "archive"

    @property
    def editions_dir(self) -> Path:
        return self.home / "editions"

    @property
    def outbox_dir(self) -> Path:
        return self.home / "outbox"

    @property
    def site_dir(self) -> Path:
        return self.home / "site"

    @property
    def exports_dir(self) -> Path:
        return self.home / "exports"

    @property
    def private_dir(self) -> Path:
        return self.home / "private"

    @property
    def initiatives_file(self) -> Path:
        """The user's own additions to the registry of initiatives; need not exist."""
        return self.home / "initiatives.toml"

    @property
    def corrections_file(self) -> Path:
        """The user's corrections; need not exist."""
        return self.home / "corrections.toml"

    def for_sample(self) -> Settings:
        """The same settings with the sample's own home; the sample's mail never leaves the machine."""
        return replace(self, home=self.home / "sample", smtp_url=None, sources_dir=None, is_sample=True)

    def for_rehearsal(self, home: Path) -> Settings:
        """The same settings for a run that is thrown away: another home, and no mail server."""
        return replace(self, home=home, smtp_url=None, is_rehearsal=True)


def load_settings(environ: Mapping[str, str] | None = None, cwd: Path | None = None) -> Settings:
    """Read the settings from `environ` (default: the process's).

    Raises `SettingsError` where there is neither `COMMITMENTS_HOME` nor a checkout around `cwd`, or a value is wrong.
    """
    env = os.environ if environ is None else environ

    def get(name: str) -> str | None:
        """A variable's value; an empty one counts as unset."""
        return (env.get(name) or "").strip() or None

    time_zone = get("COMMITMENTS_TZ") or DEFAULT_TIME_ZONE
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"COMMITMENTS_TZ: no time zone is called {time_zone!r}; give a name like {DEFAULT_TIME_ZONE}."
        ) from error
    sources = get("COMMITMENTS_SOURCES")
    return Settings(
        home=_home(get("COMMITMENTS_HOME"), cwd or Path.cwd()),
        sources_dir=Path(sources).expanduser().resolve() if sources else None,
        time_zone=time_zone,
        smtp_url=get("COMMITMENTS_SMTP_URL"),
        mail_from=_mail_address(get("COMMITMENTS_MAIL_FROM"), "COMMITMENTS_MAIL_FROM") or DEFAULT_MAIL_FROM,
        operator=_mail_address(get("COMMITMENTS_OPERATOR"), "COMMITMENTS_OPERATOR"),
        subscribers=_mail_addresses(get("COMMITMENTS_SUBSCRIBERS") or "", "COMMITMENTS_SUBSCRIBERS"),
        site_url=_web_address(get("COMMITMENTS_SITE_URL"), "COMMITMENTS_SITE_URL", ("http", "https")),
        unsubscribe_url=_web_address(get("COMMITMENTS_UNSUBSCRIBE_URL"), "COMMITMENTS_UNSUBSCRIBE_URL", ("https",)),
        mail_pause=_number(get("COMMITMENTS_MAIL_PAUSE"), "COMMITMENTS_MAIL_PAUSE", DEFAULT_MAIL_PAUSE, least=0),
        mails_a_run=_whole(get("COMMITMENTS_MAILS_A_RUN"), "COMMITMENTS_MAILS_A_RUN", DEFAULT_MAILS_A_RUN, least=1),
        runner=get("COMMITMENTS_RUNNER") or "inline",
    )


def parse_now(text: str | None, zone: ZoneInfo) -> datetime:
    """The run's logical time in UTC: `text` as ISO (without offset: in `zone`), or the present moment to the second."""
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            f"--now {text!r} is not an ISO date and time; give for example 2016-01-25T07:00."
        ) from error
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def _mail_addresses(given: str, name: str) -> tuple[str, ...]:
    """Bare addresses, separated by commas."""
    addresses = tuple(address.strip() for address in given.split(",") if address.strip())
    for address in addresses:
        if _mail_address(address, name) != parseaddr(address)[1]:
            raise SettingsError(f"{name}: {address!r} is more than a mail address; give for example ann@example.org.")
    return addresses


def _mail_address(given: str | None, name: str) -> str | None:
    """An address, perhaps with a name before it."""
    if given is None:
        return None
    local, _, domain = parseaddr(given)[1].rpartition("@")
    is_one = len(getaddresses([given])) == 1 and domain.isascii()
    if not local or not domain or not is_one or any(character.isspace() for character in local + domain):
        raise SettingsError(f"{name}: {given!r} is no mail address; give for example ann@example.org.")
    return given


def _web_address(given: str | None, name: str, schemes: tuple[str, ...]) -> str | None:
    """An address that links may be made of. A wrong one would spoil every mail, so it is an error from the start."""
    if given is None:
        return None
    try:
        parts = urlsplit(given)
        # It goes into headers, where other letters are written as %C3%BC and xn--….
        is_address = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0 and given.isascii()
    except ValueError:
        is_address = False
    if not is_address or any(map(str.isspace, given)):
        raise SettingsError(
            f"{name}: {given!r} is no web address in ASCII; give for example https://ledger.example.org."
        )
    if parts.username or parts.password:
        raise SettingsError(f"{name} holds a user or a password, which every reader would see; leave it out.")
    return given


def _number(given: str | None, name: str, usual: float, least: float) -> float:
    try:
        number = usual if given is None else float(given)
    except ValueError:
        number = nan
    if not least <= number < inf:
        raise SettingsError(f"{name}: {given!r} is no number from {least:g} on; give for example {usual:g}.")
    return number


def _whole(given: str | None, name: str, usual: int, least: int) -> int:
    number = _number(given, name, usual, least)
    if number % 1:
        raise SettingsError(f"{name}: {given!r} is no whole number; give for example {usual}.")
    return int(number)


def _home(given: str | None, cwd: Path) -> Path:
    if given:
        return Path(given).expanduser().resolve()
    for folder in (cwd, *cwd.parents):
        if _is_checkout(folder):
            return folder / "warehouse" / "data"
    raise SettingsError(
        f"No ledger here: {cwd} is not inside a checkout of Commitment Ledger. "
        "Change into the checkout, or set COMMITMENTS_HOME to the folder that holds (or shall hold) the data."
    )


def find_checkout(cwd: Path) -> Path:
    """The checkout that a folder lies in. Raises `SettingsError` where it lies in none."""
    for folder in (cwd, *cwd.parents):
        if _is_checkout(folder):
            return folder
    raise SettingsError(f"{cwd} is not inside a checkout of Commitment Ledger; change into one.")


def _is_checkout(folder: Path) -> bool:
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    return bool(project.get("project", {}).get("name") == "commitment-ledger")
