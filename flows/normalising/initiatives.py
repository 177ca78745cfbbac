"""From an initiative's name in a text to its entry in the registry.

Matched by name, abbreviation, alias and close spelling. What an alias leaves open (`Mayors Challenge`) the release's
other names decide. A name that nothing matches becomes an entry of its own that waits for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from flows.normalising.registry import Entry, Registry, slug
from warehouse.records import Initiative

_CLOSE = 92  # of 100: a letter or two in a name of twenty
_SHORTEST_CLOSE = 12  # characters; shorter names must match exactly
_DROPPED = frozenset(["the", "a", "an", "of", "for", "to", "and"])


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """The form under which two spellings of one name meet."""
    plain = re.sub(r"[^\w\s]", "", name.replace("\u2060", "").casefold().replace("&", " and ").replace("-", " "))
    return " ".join(word for word in plain.split() if word not in _DROPPED)


class Resolver:
    """Matches names against one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._by_key: dict[str, list[str]] = {}
        self._topics: dict[str, str] = {}
        for entry in registry.entries.values():
            names = (entry.initiative.name, *entry.initiative.aliases)
            for key in {name_key(name) for name in names}:
                if entry.is_topic:
                    self._topics[key] = entry.initiative.initiative_id
                else:
                    self._by_key.setdefault(key, []).append(entry.initiative.initiative_id)
        self._close_to: dict[str, list[str]] = {}  # what was looked for before: releases name the same things
        self._long_keys = [key for key in self._by_key if len(key) >= _SHORTEST_CLOSE]

    def known_in(self, names: Iterable[str | None]) -> frozenset[str]:
        """The ids that the names of one release match without doubt: its context."""
        found = (self._by_key.get(name_key(name), []) for name in names if name)
        return frozenset(ids[0] for ids in found if len(ids) == 1)

    def initiative(self, name: str, context: frozenset[str] = frozenset()) -> Entry:
        """The entry that the name means in a release with this context; a new one, unregistered, where none fits."""
        ids = self._by_key.get(name_key(name)) or self._close(name)
        chosen = _only(ids) or _only([one for one in ids if one in context])
        if chosen:
            return self._registry.entries[chosen]
        return Entry(Initiative(slug(name), name, registered=False))

    def topic(self, heading: str | None) -> Entry | None:
        """The topic of a heading: a registered one, else one of the heading's own words; None without a heading."""
        label = _label(heading) if heading else ""
        if not label:
            return None
        known = self._topics.get(name_key(label))
        if known:
            return self._registry.entries[known]
        return Entry(Initiative(f"topic-{slug(label)}", label, registered=False), is_topic=True)

    def _close(self, name: str) -> list[str]:
        key = name_key(name)
        if len(key) < _SHORTEST_CLOSE:
            return []
        if key not in self._close_to:
            self._close_to[key] = self._closest(key)
        return self._close_to[key]

    def _closest(self, key: str) -> list[str]:
        best = process.extractOne(key, self._long_keys, scorer=fuzz.ratio, score_cutoff=_CLOSE)
        return self._by_key[best[0]] if best and _same_head(key, best[0]) else []


def _only(ids: list[str]) -> str | None:
    return ids[0] if len(ids) == 1 else None


def _same_head(first: str, second: str) -> bool:
    """A challenge is no initiative: the last words must be the same, but for a plural."""
    return first.split()[-1].rstrip("s") == second.split()[-1].rstrip("s")


def _label(heading: str) -> str:
    """`Minimum Wage` of `Minimum Wage: Expanding Opportunity`."""
    return re.split(r"[:–—]| - ", heading.strip(" *"))[0].strip(" *")
