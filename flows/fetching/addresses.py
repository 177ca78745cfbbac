"""Which addresses a source may be fetched from: http and https, and only the public network.

What counts is the address that a socket is really *connected* to, at every redirect: a public name may resolve to a
private address, once or only the second time it is asked. The one exception is the origin that a source itself declares
with a private or loopback address (the sample, a replay, a mirror on the same machine).
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from flows.fetching.failures import FetchFailure

DEFAULT_PORTS = {"http": 80, "https": 443}


def origin(url: str) -> tuple[str, int]:
    """Host and port of a URL; raises `FetchFailure` for anything but a well-formed http or https address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchFailure("bad-url", f"{url!r} is not an address: {error}") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchFailure("bad-scheme", f"{url!r} is neither http nor https")
    if not host:
        raise FetchFailure("bad-url", f"{url!r} names no host")
    return host.lower(), port or DEFAULT_PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast


def names_private_address(url: str) -> bool:
    """Whether a URL itself names a private or loopback address (a name that merely resolves to one does not)."""
    host, _ = origin(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False


class PrivateAddressError(Exception):
    """A connection led to an address outside the public network; raised before anything is sent."""


class _Guarded:
    """Looks at the peer of each new connection before a request goes over it."""

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()  # type: ignore[misc]  # urllib3's connection stands behind
        peer = connected.getpeername()[0]
        if not is_public(peer):
            connected.close()
            raise PrivateAddressError(peer)
        return connected


class _GuardedHTTPConnection(_Guarded, HTTPConnection):
    pass


class _GuardedHTTPSConnection(_Guarded, HTTPSConnection):
    pass


class _GuardedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTPConnection


class _GuardedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPSConnection


class _GuardedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _GuardedHTTPPool, "https": _GuardedHTTPSPool}


def new_session(headers: Mapping[str, str], *, guarded: bool) -> requests.Session:
    """A session for one host, which takes no proxy or password from the machine's own settings.

    `guarded` sessions refuse every connection that does not lead to the public network.
    """
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(headers)
    adapter = _GuardedAdapter if guarded else HTTPAdapter
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter(pool_connections=1, pool_maxsize=1))
    return session
