"""A polite HTTP client: one request at a time a host, robots.txt obeyed, addresses guarded, troubles named.

`Client.get` makes one try and raises `FetchFailure` with the cause. Who asks decides about further tries: discovery
asks patiently (`get_patiently`), pages go through a retry queue (`flows.fetching.queue`).
"""

from __future__ import annotations

import itertools
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, NameResolutionError

from flows.fetching.addresses import DEFAULT_PORTS, names_private_address, origin
from flows.fetching.body import read_body
from flows.fetching.failures import FetchFailure
from flows.fetching.lanes import Breaker, Lane
from flows.fetching.pace import Pace, backoff, retry_after
from flows.fetching.robots import MAX_BYTES as ROBOTS_MAX_BYTES
from flows.fetching.robots import Robots
from flows.fetching.sessions import PrivateAddressError, as_spelt
from flows.sources.spec import SourceSpec

REDIRECTS = (301, 302, 303, 307, 308)
TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524)

T = TypeVar("T")

PRODUCT = "CommitmentLedger"

Judge = Callable[["Response"], None]
"""Raises `FetchFailure` for an answer that is not what was asked for, such as a block page."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """How polite and how patient the client is."""

    user_agent: str = f"{PRODUCT}/0.1 (reads official press releases; honours robots.txt)"
    contact: str | None = None
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 180.0
    first_rounds: int = 4
    """How often robots.txt, the first thing asked of a host, is tried again before the host counts as unreachable."""
    rounds: int = 8
    """How often a failed page or list is tried again before a run gives it up and says so."""
    backoff_base: float = 1.0
    backoff_ceiling: float = 60.0
    patience: float = 120.0
    """The longest wait that a site may ask for (`Retry-After`, crawl delay) within one run."""
    breaker_threshold: int = 10
    breaker_cooldown: float = 30.0
    max_redirects: int = 5

    @property
    def agent(self) -> str:
        """The User-Agent as sent: what this is, and whom to write to."""
        return f"{self.user_agent} contact: {self.contact}" if self.contact else self.user_agent


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends along: the site answers 304 where nothing changed since."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The request's headers."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. `url` is the public URL that answered, `requested` the one asked for; they differ after redirects.

    `redirect_status` is the status of the first redirect, None without one. The body is unpacked.
    """

    requested: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    redirect_status: int | None = None

    def header(self, name: str) -> str | None:
        """A header's value by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def not_modified(self) -> bool:
        """Whether the site says that nothing changed."""
        return self.status == 304

    @property
    def validators(self) -> Validators:
        """What to send along the next time."""
        return Validators(self.header("ETag"), self.header("Last-Modified"))


class Client:
    """Fetches pages of sources. May be shared by threads: each host has one lane, whoever asks."""

    def __init__(self, settings: ClientSettings | None = None, pace: Pace | None = None) -> None:
        self.settings = settings or ClientSettings()
        self.pace = pace or Pace()
        self.requests: Counter[str] = Counter()
        """Requests made, by source."""
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for lane in self._lanes.values():
            lane.close()

    def get(
        self,
        spec: SourceSpec,
        url: str,
        *,
        validators: Validators | None = None,
        judge: Judge | None = None,
        max_bytes: int | None = None,
    ) -> Response:
        """One try at a public URL, redirects followed. Raises `FetchFailure` for whatever is not an answer to keep.

        Statuses that a site means (200, 304, 404, 410, other 4xx) are answers; 429 and 5xx are failures.
        """
        seen: list[tuple[str, int]] = []
        public = spec.to_public(url)
        while True:
            response = self._hop(spec, public, validators if not seen else None, max_bytes or spec.max_bytes)
            if response.status not in REDIRECTS:
                break
            seen.append((public, response.status))
            public = self._redirected(spec, response, seen)
        answer = Response(
            spec.to_public(url), public, response.status, response.headers, response.body, seen[0][1] if seen else None
        )
        self._judge(spec, answer, judge)
        return answer

    def get_patiently(
        self,
        spec: SourceSpec,
        url: str,
        *,
        validators: Validators | None = None,
        judge: Judge | None = None,
        max_bytes: int | None = None,
    ) -> Response:
        """Like `get`, tried again after what can pass, with growing pauses, up to `rounds` more times."""

        def once() -> Response:
            return self.get(spec, url, validators=validators, judge=judge, max_bytes=max_bytes)

        return self._patiently(once, self.settings.rounds)

    def _patiently(self, once: Callable[[], T], rounds: int) -> T:
        for attempt in itertools.count(1):
            try:
                return once()
            except FetchFailure as failure:
                if not failure.transient or attempt > rounds:
                    raise
                self.pause(attempt, failure.retry_after)
        raise AssertionError("counting never ends")

    def pause(self, attempt: int, asked: float | None) -> None:
        """Wait after the `attempt`-th failure: as long as asked for, at least the growing pause."""
        wait = backoff(attempt, self.settings.backoff_base, self.settings.backoff_ceiling)
        self.pace.wait(max(wait, min(asked or 0.0, self.settings.patience)))

    def _hop(self, spec: SourceSpec, public: str, validators: Validators | None, max_bytes: int) -> Response:
        """One request, without following a redirect."""
        target = spec.to_fetch(public)
        origin(target)
        robots = self._robots(spec, target)
        if not robots.allows(target):
            raise FetchFailure("robots-disallowed", f"robots.txt of {urlsplit(public).hostname} disallows {public}")
        if robots.interval > self.settings.patience:
            raise FetchFailure("crawl-delay", f"robots.txt asks for {robots.interval:.0f} seconds between requests")
        interval = max(1 / spec.rate if spec.rate else 0.0, robots.interval)
        return self._send(spec, target, validators, max_bytes, interval)

    def _send(
        self, spec: SourceSpec, target: str, validators: Validators | None, max_bytes: int, interval: float
    ) -> Response:
        lane = self._lane(target)
        with lane.turn(interval, self.settings.patience):
            self.requests[spec.id] += 1
            try:
                response = self._exchange(lane, spec, target, validators, max_bytes)
            except FetchFailure as failure:
                if failure.transient:
                    lane.failed()
                raise
            if response.status in TRY_AGAIN:
                lane.failed()
                raise self._asked_to_wait(lane, response)
            return response

    def _asked_to_wait(self, lane: Lane, response: Response) -> FetchFailure:
        """A site in trouble is left alone as long as it asks, all of it; where it only says "slower", for a while."""
        wait = retry_after(response.header("Retry-After"))
        if wait is None and response.status == 429:
            wait = backoff(lane.breaker.failures, self.settings.backoff_base, self.settings.backoff_ceiling)
        if wait:
            lane.hold_off(wait)
        return FetchFailure(
            f"http-{response.status}", f"the site answered {response.status}", transient=True, retry_after=wait
        )

    def _exchange(
        self, lane: Lane, spec: SourceSpec, target: str, validators: Validators | None, max_bytes: int
    ) -> Response:
        """Send one request over the lane's session and read its answer."""
        deadline = self.pace.now() + self.settings.total_timeout
        session = lane.session(guarded=not _declared(spec, target))
        timeout = (self.settings.connect_timeout, self.settings.read_timeout)
        try:
            headers = validators.headers() if validators else None
            request = session.prepare_request(requests.Request("GET", target, headers=headers))
            request.url = as_spelt(target, request.url or target)
            with session.send(request, timeout=timeout, allow_redirects=False, stream=True) as raw:
                body = read_body(raw.raw, max_bytes, lambda: self.pace.now() > deadline)
                return Response(target, target, raw.status_code, tuple(raw.raw.headers.items()), body)
        except PrivateAddressError as error:
            raise FetchFailure("private-address", f"{target} leads to {error}, no public address") from error
        except (requests.RequestException, HTTPError, UnicodeError) as error:
            raise named(error, target) from error

    def _redirected(self, spec: SourceSpec, response: Response, seen: list[tuple[str, int]]) -> str:
        """The public URL that a redirect leads to; it must be one of the source's own, others are not bothered."""
        location = response.header("Location")
        if not location:
            raise FetchFailure("bad-redirect", f"{response.url} redirects to nowhere")
        if len(seen) > self.settings.max_redirects:
            raise FetchFailure("too-many-redirects", f"more than {self.settings.max_redirects} redirects")
        target = spec.to_public(urljoin(response.url, location))
        origin(target)
        if not spec.owns(target):
            raise FetchFailure("redirect-off-site", f"{seen[0][0]} leads to another site, {target}")
        return target

    def _judge(self, spec: SourceSpec, answer: Response, judge: Judge | None) -> None:
        """Let the caller refuse an answer; a refusal that may pass counts against the host like any other failure."""
        lane = self._lane(spec.to_fetch(answer.url))
        try:
            if judge is not None:
                judge(answer)
        except FetchFailure as failure:
            if failure.transient:
                lane.failed()
            raise
        lane.succeeded()

    def _lane(self, target: str) -> Lane:
        host, port = origin(target)
        name = host if port in DEFAULT_PORTS.values() else f"{host}:{port}"
        with self._lock:
            if name not in self._lanes:
                breaker = Breaker(self.settings.breaker_threshold, self.settings.breaker_cooldown)
                self._lanes[name] = Lane(name, self._headers(), self.pace, breaker)
            return self._lanes[name]

    def _headers(self) -> Mapping[str, str]:
        return {
            "User-Agent": self.settings.agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Language": "en",
            "Accept-Encoding": "gzip",
        }

    def _robots(self, spec: SourceSpec, target: str) -> Robots:
        """The rules of a target's host, asked for once a run."""
        lane = self._lane(target)
        with lane.reading_robots:
            if lane.robots is None:
                lane.robots = self._read_robots(spec, target)
            if isinstance(lane.robots, FetchFailure):
                raise lane.robots
            return lane.robots

    def _read_robots(self, spec: SourceSpec, target: str) -> Robots | FetchFailure:
        """RFC 9309: a host without rules (4xx) allows all; one whose rules cannot be had allows nothing."""
        parts = urlsplit(target)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            return self._patiently(lambda: self._robots_of(spec, address), self.settings.first_rounds)
        except FetchFailure as failure:
            code = "robots-unreachable" if failure.code.startswith("http-") else failure.code
            return FetchFailure(code, f"{address} cannot be had, so nothing is asked for: {failure.message}")

    def _robots_of(self, spec: SourceSpec, address: str) -> Robots:
        interval = 1 / spec.rate if spec.rate else 0.0
        for _ in range(self.settings.max_redirects + 1):
            response = self._send(spec, address, None, ROBOTS_MAX_BYTES * 4, interval)
            if response.status in REDIRECTS:
                address = spec.to_fetch(spec.to_public(urljoin(address, response.header("Location") or "")))
                continue
            return Robots.parse(response.body, PRODUCT) if response.status == 200 else Robots.allow_all(PRODUCT)
        return Robots.allow_all(PRODUCT)


def _declared(spec: SourceSpec, target: str) -> bool:
    """Whether the source itself declares this very origin at a private or loopback address."""
    declared = spec.fetch_from or spec.base_url
    return names_private_address(declared) and origin(declared) == origin(target)


def named(error: Exception, target: str) -> FetchFailure:
    """The failure that an exception of the HTTP libraries means."""
    host = urlsplit(target).hostname
    causes = _causes(error)
    if any(isinstance(cause, NameResolutionError) for cause in causes):
        return FetchFailure("dns", f"the name {host} cannot be resolved", transient=True)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return FetchFailure("tls", f"the certificate of {host} cannot be trusted: {causes[-1]}")
    if isinstance(error, requests.exceptions.Timeout):
        return FetchFailure("timeout", f"{host} did not answer in time", transient=True)
    if isinstance(error, requests.exceptions.ConnectionError | HTTPError):
        refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
        if refused:
            return FetchFailure("unreachable", f"{host} refuses connections", transient=True)
        return FetchFailure("dropped", f"the connection to {host} was lost: {causes[-1]}", transient=True)
    return FetchFailure("bad-request", f"{target} cannot be asked for: {error}")


def _causes(error: BaseException) -> list[BaseException]:
    """The chain of exceptions behind one, as urllib3 and requests nest them."""
    found = [error]
    while True:
        last = found[-1]
        inner = getattr(last, "reason", None) or last.__cause__ or last.__context__
        if not isinstance(inner, BaseException):
            inner = next((arg for arg in last.args if isinstance(arg, BaseException)), None)
        if inner is None or inner in found:
            return found
        found.append(inner)
