"""The registry of initiatives: a data file in git, and one of the same format by which users extend it without code.

    [[initiative]]
    id = "better-buildings-outdoor-lighting"
    name = "Better Buildings Outdoor Lighting Accelerator"
    aliases = ["Outdoor Lighting Accelerator"]
    parents = ["better-buildings-initiative"]
    topics = ["energy"]
    units.act = { "lighting fixture" = ["light pole", "street light"] }

`units` lists, by measure (`participants`, `money`, or the action: `act`, `achieve`, `advocate`), which spellings of a
population mean the same there. An entry of the user's file with a known id adds to it; its name replaces the old one.
A `[[topic]]` has the same fields: it stands for facts without a named initiative under such a heading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from warehouse.records import Initiative

_FIELDS = {"id", "name", "aliases", "parents", "topics", "units", "measures"}


class RegistryError(ValueError):
    """The file is not a registry: the message names file, entry and field."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One initiative (or topic) of the registry with the synonyms of what is counted under it."""

    initiative: Initiative
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By measure, each spelling of a population and what it stands for."""
    measures: Mapping[str, str] = field(default_factory=dict)
    """Spellings of a measure's object and what they stand for (`act:wage` is `act:minimum wage`)."""
    is_topic: bool = False

    def population(self, measure: str, population: str) -> str:
        """What the population is called in this initiative's series of the measure."""
        return self.units.get(measure.partition(":")[0], {}).get(population.casefold(), population)

    def counts_members(self, population: str) -> bool:
        """Whether the registry says that this population takes part in the initiative."""
        return population.casefold() in self.units.get("participants", {})

    def measure(self, measure: str) -> str:
        """What the measure is called in this initiative's series."""
        return self.measures.get(measure.casefold(), measure)


@dataclass(frozen=True, slots=True)
class Registry:
    """All entries by id."""

    entries: Mapping[str, Entry]

    @classmethod
    def load(cls, extra: Path | None = None) -> Registry:
        """The registry of the project, extended by the user's file where there is one."""
        own = files("flows.normalising") / "registry.toml"
        entries = {
            entry.initiative.initiative_id: entry for entry in _read(own.read_text(encoding="utf-8"), "registry.toml")
        }
        if extra is not None and extra.exists():
            for entry in _read(extra.read_text(encoding="utf-8"), str(extra)):
                known = entries.get(entry.initiative.initiative_id)
                entries[entry.initiative.initiative_id] = _merged(known, entry) if known else entry
        return cls(entries)

    def initiatives(self) -> list[Initiative]:
        """Every registered entry, topics included."""
        return [entry.initiative for entry in self.entries.values()]


def slug(name: str) -> str:
    """An id from a name: `My Brother’s Keeper` is `my-brothers-keeper`."""
    plain = re.sub(r"[’'.]", "", name.casefold()).replace("&", " and ")
    return re.sub(r"[^\w]+", "-", plain).strip("-")


def _read(text: str, file: str) -> Iterable[Entry]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{file}: {error}") from error
    unknown = set(tables) - {"initiative", "topic"}
    if unknown:
        raise RegistryError(f"{file}: unknown table {sorted(unknown)[0]!r}; known are initiative and topic")
    for row in tables.get("initiative", ()):
        yield _entry(row, file, is_topic=False)
    for row in tables.get("topic", ()):
        yield _entry(row, file, is_topic=True)


def _entry(row: Mapping[str, Any], file: str, is_topic: bool) -> Entry:
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise RegistryError(f"{file}: an entry without a name: {dict(row)!r}")
    unknown = set(row) - _FIELDS
    if unknown:
        raise RegistryError(f"{file}: {name}: unknown field {sorted(unknown)[0]!r}")
    initiative = Initiative(
        initiative_id=row.get("id") or slug(name),
        name=name,
        aliases=_texts(row, "aliases", file, name),
        parents=_texts(row, "parents", file, name),
        topics=_texts(row, "topics", file, name),
    )
    units = {
        measure: {spelling.casefold(): head for head, spellings in heads.items() for spelling in (head, *spellings)}
        for measure, heads in row.get("units", {}).items()
    }
    measures = {
        spelling.casefold(): head for head, spellings in row.get("measures", {}).items() for spelling in spellings
    }
    return Entry(initiative, units, measures, is_topic)


def _texts(row: Mapping[str, Any], key: str, file: str, name: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RegistryError(f"{file}: {name}: {key} must be a list of texts")
    return tuple(value)


def _merged(known: Entry, added: Entry) -> Entry:
    """The project's entry with what the user's adds; the old name stays as an alias."""
    old, new = known.initiative, added.initiative
    renamed = (old.name,) if old.name != new.name else ()
    initiative = replace(
        new,
        aliases=tuple(dict.fromkeys((*old.aliases, *new.aliases, *renamed))),
        parents=tuple(dict.fromkeys((*old.parents, *new.parents))),
        topics=tuple(dict.fromkeys((*old.topics, *new.topics))),
    )
    units = {
        measure: {**known.units.get(measure, {}), **added.units.get(measure, {})}
        for measure in {**known.units, **added.units}
    }
    return Entry(initiative, units, {**known.measures, **added.measures}, known.is_topic)
