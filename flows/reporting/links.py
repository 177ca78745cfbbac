"""Links from a figure to its sentence. Release text is untrusted: only http and https ever become a link."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit

from flows.reporting.payload import Evidence

_FRAGMENT_WORDS = 5
_UNPLAIN = re.compile(r"[^a-z0-9]+")


def safe_url(url: str | None) -> str | None:
    """The address if it may stand in a link, else None."""
    if not url or any(ord(c) <= 32 or c in '"<>\\^`{|}' for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def evidence_path(version_id: str, fact_id: str | None = None) -> str:
    """Where in the site a release version stands, and in it the marked sentence of a fact."""
    page = f"evidence/{version_id}.html"
    return f"{page}#f-{fact_id}" if fact_id else page


def evidence_url(evidence: Evidence, site_url: str | None) -> str | None:
    """The sentence's address: on our pages where they are published, else on the publisher's, highlighted there."""
    if site_url:
        return f"{site_url.rstrip('/')}/{evidence_path(evidence.version_id, evidence.fact_id)}"
    url = safe_url(evidence.url)
    return with_text_fragment(url, evidence.quote) if url else None


def edition_url(name: str, site_url: str | None, kind: str) -> str | None:
    """The address of an edition's page (`html`) or table (`csv`), where our pages are published."""
    return safe_url(f"{site_url.rstrip('/')}/editions/{name}.{kind}") if site_url else None


def with_text_fragment(url: str, text: str) -> str:
    """The address with a fragment that makes browsers scroll to the sentence and mark it (`#:~:text=`)."""
    words = text.split()
    if not words:
        return url
    base, _, anchor = url.partition("#")
    if len(words) <= 2 * _FRAGMENT_WORDS:
        directive = _escaped(" ".join(words))
    else:
        first, last = words[:_FRAGMENT_WORDS], words[-_FRAGMENT_WORDS:]
        directive = f"{_escaped(' '.join(first))},{_escaped(' '.join(last))}"
    return f"{base}#{anchor}:~:text={directive}"


def _escaped(text: str) -> str:
    """Percent-encoded; a bare dash, comma or ampersand has a meaning of its own in the directive."""
    return quote(text, safe="").replace("-", "%2D")


def initiative_path(initiative_id: str) -> str:
    """Where in the site an initiative's page stands."""
    return f"initiatives/{_file_name(initiative_id)}.html"


def place_path(place_id: str) -> str:
    """Where in the site a place's page stands."""
    return f"places/{_file_name(place_id)}.html"


def _file_name(identity: str) -> str:
    """A name that is the same in a folder, in an address and on every system; ids that lose something by it get a
    mark."""
    plain = _UNPLAIN.sub("-", identity.lower()).strip("-")[:80]
    if plain == identity or plain == identity.replace(":", "-"):
        return plain
    return f"{plain}-{hashlib.sha256(identity.encode()).hexdigest()[:8]}"
