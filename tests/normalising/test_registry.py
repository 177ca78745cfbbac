"""The registry: a data file, extended by the user's own; names are matched to its entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.normalising.initiatives import Resolver
from flows.normalising.registry import Registry, RegistryError, slug

OWN = """
[[initiative]]
name = "Clean Rivers Compact"
aliases = ["CRC", "Rivers Compact"]
parents = ["water"]
topics = ["water"]
units.participants = { "county" = ["parish"] }

[[initiative]]
id = "techhire"
name = "TechHire"
aliases = ["Tech Hire"]
"""


@pytest.fixture
def extended(tmp_path: Path) -> Registry:
    file = tmp_path / "initiatives.toml"
    file.write_text(OWN, encoding="utf-8")
    return Registry.load(file)


def test_the_projects_registry_is_sound() -> None:
    registry = Registry.load()
    ids = set(registry.entries)
    assert len(ids) > 60
    for entry in registry.entries.values():
        assert set(entry.initiative.parents) <= ids, entry.initiative.name
        assert entry.initiative.initiative_id == slug(entry.initiative.initiative_id)


def test_a_missing_file_of_the_user_is_no_error(tmp_path: Path) -> None:
    assert Registry.load(tmp_path / "none.toml").entries.keys() == Registry.load().entries.keys()


def test_the_user_adds_and_renames_without_code(extended: Registry) -> None:
    added = extended.entries["clean-rivers-compact"]
    assert added.initiative.aliases == ("CRC", "Rivers Compact")
    assert added.population("participants", "parish") == "county"
    renamed = extended.entries["techhire"].initiative
    assert renamed.name == "TechHire"
    assert {"TechHire Initiative", "Tech Hire"} <= set(renamed.aliases)
    assert extended.entries["techhire"].population("participants", "city") == "community", "the old synonyms stay"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[initiative]]\nid = 'x'\n", "without a name"),
        ("[[initiative]]\nname = 'X'\ncolour = 'red'\n", "colour"),
        ("[[programme]]\nname = 'X'\n", "programme"),
        ("[[initiative]]\nname = 'X'\naliases = 'Y'\n", "aliases"),
        ("[[initiative\n", "initiatives.toml"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "initiatives.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=complaint) as error:
        Registry.load(file)
    assert "initiatives.toml" in str(error.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Police Data Initiative", "police-data-initiative"),
        ("PDI", "police-data-initiative"),
        ("My Brother’s Keeper Challenge", "my-brothers-keeper-community-challenge"),
        ("Trans Pacific Partnerships", "trans-pacific-partnership"),
        ("Helthy Communities Challenge", "healthy-communities-challenge"),
    ],
)
def test_names_are_matched_by_alias_and_close_spelling(name: str, expected: str) -> None:
    assert Resolver(Registry.load()).initiative(name).initiative.initiative_id == expected


def test_a_close_spelling_with_another_head_is_another_initiative() -> None:
    found = Resolver(Registry.load()).initiative("Healthy Communities Initiative").initiative
    assert (found.initiative_id, found.registered) == ("healthy-communities-initiative", False)


def test_an_alias_of_two_is_decided_by_the_release() -> None:
    resolver = Resolver(Registry.load())
    assert resolver.initiative("Mayors’ Challenge").initiative.registered is False
    context = resolver.known_in(["Mayors' Challenge for Safer People and Safer Streets", None])
    chosen = resolver.initiative("Mayors’ Challenge", context).initiative
    assert chosen.initiative_id == "mayors-challenge-safer-people-safer-streets"


def test_a_heading_gives_a_topic() -> None:
    resolver = Resolver(Registry.load())
    known = resolver.topic("Raising Wages: What Cities Did")
    assert known is not None
    assert known.initiative.initiative_id == "minimum-wage"
    other = resolver.topic("Ferries and Docks")
    assert other is not None
    assert (other.initiative.initiative_id, other.initiative.registered) == ("topic-ferries-and-docks", False)
    assert resolver.topic(None) is None
