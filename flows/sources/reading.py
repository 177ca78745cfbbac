"""Reads one source file strictly.

A field that is missing, mistyped or unknown is a `SpecError` that names file and field, because a silent default in a
declaration shows up months later as a gap in the ledger.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from flows.sources.selectors import SelectorError, to_xpath
from flows.sources.spec import (
    CADENCES,
    DEFAULT_MAX_BYTES,
    DISCOVERY_KINDS,
    PROOFS,
    SHAPES,
    ArticleSpec,
    Count,
    Discovery,
    Selection,
    SourceSpec,
    host_of,
    is_loopback,
)

T = TypeVar("T")

_SOME_DAY = datetime(2016, 1, 21)  # noqa: DTZ001 - a day of no zone
NO_TEXTS: tuple[str, ...] = ()


class SpecError(ValueError):
    """A source file says something that cannot be used; names the file, the field and what is wrong."""

    def __init__(self, file: str, field: str, problem: str) -> None:
        super().__init__(f"{file}: field `{field}` {problem}")
        self.file, self.field, self.problem = file, field, problem


def read_spec(path: Path) -> SourceSpec:
    """Read one source file strictly; the file's stem is the source's id."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SpecError(path.name, "(file)", f"cannot be read: {error}") from error
    return _source(_Table(path.name, "", data), path.stem)


class _Table:
    """A TOML table from which each known field is taken once; what is left over at the end was unknown."""

    def __init__(self, file: str, prefix: str, data: Mapping[str, Any]) -> None:
        self.file, self.prefix, self.left = file, prefix, dict(data)

    def error(self, field: str, problem: str) -> SpecError:
        return SpecError(self.file, self.prefix + field, problem)

    def take(self, field: str, read: Callable[[Any], T], wanted: str) -> T:
        if field not in self.left:
            raise self.error(field, f"is missing (wanted: {wanted})")
        value = self.left.pop(field)
        try:
            return read(value)
        except _Refused as refused:
            raise self.error(field, f"{refused}, found {value!r}") from None

    def maybe(self, field: str, read: Callable[[Any], T], default: T) -> T:
        return self.take(field, read, "") if field in self.left else default

    def end(self) -> None:
        for field in self.left:
            raise self.error(field, "is unknown")


class _Refused(Exception):
    """A value of the wrong type or outside what is allowed; the message says what was wanted."""


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Refused("must be a text that is not empty")
    return value


def _maybe_text(value: Any) -> str | None:
    return _text(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _Refused("must be a list of texts")
    return tuple(value)


def _date_formats(value: Any) -> tuple[str, ...]:
    formats = _texts(value)
    for text in formats:
        try:
            datetime.strptime(_SOME_DAY.strftime(text), text)  # noqa: DTZ007 - only whether it can be read back
        except ValueError as error:
            raise _Refused(f"must be formats that strptime knows ({error})") from None
    return formats


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Refused("must be true or false")
    return value


def _whole(low: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < low:
            raise _Refused(f"must be a whole number of at least {low}")
        return value

    return read


def _maybe_whole(value: Any) -> int | None:
    return _whole(1)(value)


def _positive(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise _Refused("must be a number above 0")
    return float(value)


def _one_of(allowed: tuple[T, ...]) -> Callable[[Any], T]:
    def read(value: Any) -> T:
        if value not in allowed:
            raise _Refused(f"must be one of {', '.join(map(str, allowed))}")
        found: T = value
        return found

    return read


def _proofs(value: Any) -> tuple[str, ...]:
    return tuple(_one_of(PROOFS)(item) for item in _texts(value))


def _web_address(value: Any) -> str:
    url = _text(value)
    if urlsplit(url).scheme not in ("http", "https") or not host_of(url):
        raise _Refused("must be an http or https address")
    return url


def _base_address(value: Any) -> str:
    url = _web_address(value)
    if urlsplit(url).path not in ("", "/") or urlsplit(url).query:
        raise _Refused("must be scheme and host only")
    return url.rstrip("/")


def _maybe_base_address(value: Any) -> str | None:
    return _base_address(value)


def _hosts(value: Any) -> tuple[str, ...]:
    hosts = _texts(value)
    if any("/" in host or ":" in host or host != host.lower() for host in hosts):
        raise _Refused("must be host names in lower case, without scheme, port or path")
    return hosts


def _zone(value: Any) -> str:
    name = _text(value)
    if name not in available_timezones():
        raise _Refused("must be a time zone such as America/New_York")
    return name


def _verified(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if value in ("never", "saved pages"):
        return str(value)
    raise _Refused('must be "never", "saved pages" or a date')


def _pattern(value: Any) -> str:
    text = _text(value)
    try:
        re.compile(text)
    except re.error as error:
        raise _Refused(f"must be a regular expression ({error})") from None
    return text


def _selector(value: Any) -> str:
    css = _text(value)
    try:
        to_xpath(css)
    except SelectorError as error:
        raise _Refused(f"must be a selector that this project knows ({error})") from None
    return css


def _maybe_selector(value: Any) -> str | None:
    return _selector(value)


def _selectors(value: Any) -> tuple[str, ...]:
    return tuple(_selector(item) for item in _texts(value))


def _count(value: Any) -> Count:
    """`3`, `"0..1"`, `"1.."`."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Count(value, value)
    match = re.fullmatch(r"(\d+)\.\.(\d*)", value) if isinstance(value, str) else None
    if match is None:
        raise _Refused('must be a number or a range such as "1..20" or "1.."')
    low, high = int(match[1]), int(match[2]) if match[2] else None
    if high is not None and high < low:
        raise _Refused("must be a range from low to high")
    return Count(low, high)


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Refused("must be a table")
    return value


def _tables(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise _Refused("must be one or more tables [[discovery]]")
    return value


def _source(table: _Table, stem: str) -> SourceSpec:
    source_id = table.take("id", _text, "the file's name without .toml")
    if source_id != stem:
        raise table.error("id", f"must equal the file's name {stem!r}, found {source_id!r}")
    fetch_from = table.maybe("fetch_from", _maybe_base_address, None)
    rate = table.maybe("rate", _positive, None)
    if rate is None and not (fetch_from and is_loopback(fetch_from)):
        raise table.error("rate", "is missing (requests a second; only a loopback `fetch_from` may go without)")
    spec = SourceSpec(
        id=source_id,
        publisher=table.take("publisher", _text, "who publishes"),
        name=table.take("name", _text, "what the source is called"),
        base_url=table.take("base_url", _base_address, "https://host"),
        time_zone=table.take("time_zone", _zone, "such as America/New_York"),
        cadence=table.take("cadence", _one_of(CADENCES), ", ".join(CADENCES)),
        licence=table.take("licence", _text, "under which terms its texts stand"),
        enabled=table.take("enabled", _flag, "true or false"),
        verified=table.take("verified", _verified, '"never", "saved pages" or a date'),
        proved=table.maybe("proved", _proofs, NO_TEXTS),
        hosts=table.maybe("hosts", _hosts, NO_TEXTS),
        fetch_from=fetch_from,
        topics=table.maybe("topics", _texts, NO_TEXTS),
        rate=rate,
        max_bytes=table.maybe("max_bytes", _whole(1), DEFAULT_MAX_BYTES),
        max_pages=table.maybe("max_pages", _whole(1), 500),
        recheck_budget=table.maybe("recheck_budget", _whole(0), 50),
        floor=table.maybe("floor", _whole(0), 0),
        ceiling=table.maybe("ceiling", _maybe_whole, None),
        quiet_days=table.take("quiet_days", _whole(1), "days of silence that are no cause for worry"),
        discovery=_discoveries(table),
        article=_article(table),
    )
    table.end()
    _check_together(table, spec)
    return spec


def _check_together(table: _Table, spec: SourceSpec) -> None:
    """What can only be judged once all fields are known."""
    if spec.ceiling is not None and spec.ceiling < spec.floor:
        raise table.error("ceiling", f"must not be below floor {spec.floor}")
    for number, way in enumerate(spec.discovery):
        if not spec.owns(way.url):
            raise table.error(
                f"discovery[{number}].url", f"is on no host of this source; add {host_of(way.url)} to `hosts`"
            )


def _discoveries(table: _Table) -> tuple[Discovery, ...]:
    rows = table.take("discovery", _tables, "one or more tables [[discovery]]")
    return tuple(_discovery(_Table(table.file, f"discovery[{n}].", row)) for n, row in enumerate(rows))


def _discovery(table: _Table) -> Discovery:
    kind = table.take("kind", _one_of(DISCOVERY_KINDS), ", ".join(DISCOVERY_KINDS))
    common: dict[str, Any] = {
        "kind": kind,
        "url": table.take("url", _web_address, "where it stands"),
        "expect": table.take("expect", _count, 'how many entries, such as "1..50"'),
        "max_pages": table.maybe("max_pages", _whole(1), 1),
        "date_formats": table.maybe("date_formats", _date_formats, NO_TEXTS),
    }
    own: dict[str, Any] = {}
    if kind == "listing":
        own = _listing_fields(table)
    elif kind == "json":
        own = _json_fields(table)
    table.end()
    return Discovery(**common, **own)


def _listing_fields(table: _Table) -> dict[str, Any]:
    return {
        "rows": table.take("rows", _selector, "selector of one entry"),
        "link": table.maybe("link", _selector, "a"),
        "date": table.maybe("date", _maybe_selector, None),
        "date_above": table.maybe("date_above", _maybe_selector, None),
        "next_page": table.maybe("next_page", _maybe_selector, None),
        "first_page": table.maybe("first_page", _whole(0), 1),
    }


def _json_fields(table: _Table) -> dict[str, Any]:
    return {
        "items": table.take("items", _text, "field that holds the list of entries"),
        "url_field": table.take("url_field", _text, "an entry's field with its address"),
        "title_field": table.maybe("title_field", _maybe_text, None),
        "date_field": table.maybe("date_field", _maybe_text, None),
        "modified_field": table.maybe("modified_field", _maybe_text, None),
        "next_field": table.maybe("next_field", _maybe_text, None),
        "first_page": table.maybe("first_page", _whole(0), 1),
    }


def _article(table: _Table) -> ArticleSpec:
    inner = _Table(table.file, "article.", table.take("article", _table, "table [article]"))
    article = ArticleSpec(
        url_pattern=inner.take("url_pattern", _pattern, "regular expression that a release's public URL matches"),
        shape=inner.take("shape", _one_of(SHAPES), ", ".join(SHAPES)),
        title=_selection(inner, "title"),
        body=_selection(inner, "body"),
        date=_selection(inner, "date"),
        date_formats=inner.maybe("date_formats", _date_formats, NO_TEXTS),
        drop=inner.maybe("drop", _selectors, NO_TEXTS),
    )
    inner.end()
    return article


def _selection(table: _Table, field: str) -> Selection | None:
    """`title = { css = "h1", expect = 1 }`: a selector never comes without the count that it must give."""
    if field not in table.left:
        return None
    inner = _Table(table.file, f"{table.prefix}{field}.", table.take(field, _table, "a table"))
    selection = Selection(inner.take("css", _selector, "a selector"), inner.take("expect", _count, "how many nodes"))
    inner.end()
    return selection
