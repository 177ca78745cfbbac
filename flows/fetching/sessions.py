"""HTTP sessions whose connections look where they lead, ask for what was written, and do not make a site wait.

Three things happen below the HTTP library:

- A guarded connection looks at the address that it is *connected* to and breaks off before anything is sent if that is
  no public one.
- An address is asked for as the site spells it. The libraries would write `%e2` as `%E2`, which some servers do not
  find.
- A response's first packet is acknowledged at once. Many servers send headers and body in two small packets and hold
  the second back until the first is acknowledged, which the kernel would put off by 40 ms a page.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

from flows.fetching.addresses import is_public

QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)
"""Linux only; elsewhere the kernel decides."""


class PrivateAddressError(Exception):
    """A connection led to an address outside the public network; raised before anything is sent."""


class _PromptHTTP(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own does
        response = super().getresponse()
        _acknowledge(self.sock)
        return response


class _PromptHTTPS(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own does
        response = super().getresponse()
        _acknowledge(self.sock)
        return response


class _GuardedHTTP(_PromptHTTP):
    def _new_conn(self) -> socket.socket:
        return _public(super()._new_conn())


class _GuardedHTTPS(_PromptHTTPS):
    def _new_conn(self) -> socket.socket:
        return _public(super()._new_conn())


def _acknowledge(connected: socket.socket | None) -> None:
    """Acknowledge what has come; the option lasts only for a while, so it is set for each response."""
    if connected is not None and QUICK_ACK is not None:
        with contextlib.suppress(OSError):  # it only saves time
            connected.setsockopt(socket.IPPROTO_TCP, QUICK_ACK, 1)


def _public(connected: socket.socket) -> socket.socket:
    peer = connected.getpeername()[0]
    if not is_public(peer):
        connected.close()
        raise PrivateAddressError(peer)
    return connected


class _Verbatim:
    """A pool that sends the request's target as it was given. One request at a time, as a lane makes them."""

    _target = ""

    def urlopen(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        self._target = url
        return super().urlopen(method, url, *args, **kwargs)  # type: ignore[misc]  # urllib3's pool stands behind

    def _make_request(self, conn: Any, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super()._make_request(conn, method, as_spelt(self._target, url), *args, **kwargs)  # type: ignore[misc]


class _HTTPPool(_Verbatim, HTTPConnectionPool):
    ConnectionCls = _PromptHTTP


class _HTTPSPool(_Verbatim, HTTPSConnectionPool):
    ConnectionCls = _PromptHTTPS


class _GuardedHTTPPool(_Verbatim, HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class _GuardedHTTPSPool(_Verbatim, HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS


class _Adapter(HTTPAdapter):
    """One connection at a time to one host."""

    def __init__(self, *, guarded: bool) -> None:
        self._guarded = guarded
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = (
            {"http": _GuardedHTTPPool, "https": _GuardedHTTPSPool}
            if self._guarded
            else {"http": _HTTPPool, "https": _HTTPSPool}
        )


def as_spelt(wanted: str, normalised: str) -> str:
    """`wanted` where it differs from the library's spelling only in case, that is, in its percent-encodings."""
    return wanted if wanted.lower() == normalised.lower() else normalised


def new_session(headers: Mapping[str, str], *, guarded: bool) -> requests.Session:
    """A session for one host, which takes no proxy or password from the machine's own settings.

    `guarded` sessions refuse every connection that does not lead to the public network.
    """
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(headers)
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(guarded=guarded))
    return session
