"""Which addresses a source may be fetched from: http and https, and only the public network.

What counts is the address that a socket is really *connected* to, at every redirect: a public name may resolve to a
private address, once or only the second time it is asked. The one exception is the origin that a source itself declares
with a private or loopback address (the sample, a replay, a mirror on the same machine).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from flows.fetching.failures import FetchFailure

NAT64 = IPv6Network("64:ff9b::/96")
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
        ip = _wrapped(ip) or ip
    return ip.is_global and not ip.is_multicast


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4 or behind a NAT64."""
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def names_private_address(url: str) -> bool:
    """Whether a URL itself names a private or loopback address (a name that merely resolves to one does not)."""
    host, _ = origin(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False
