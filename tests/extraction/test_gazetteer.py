"""The gazetteer: light, and cautious with bare names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows.extraction.gazetteer import gazetteer, name_key


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no process's peak memory")
def test_it_loads_in_little_memory() -> None:
    """How fast it loads `bench/extraction.py` tells."""
    code = (
        "from flows.extraction.gazetteer import gazetteer; gazetteer().first_words\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    kilobytes = int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
    assert kilobytes < 250_000


def test_a_bare_name_needs_one_large_city() -> None:
    known = gazetteer().known_city
    assert (known("Denver") or known("?")).state == "CO"  # type: ignore[union-attr]
    assert known("Springfield") is None, "several large ones"
    assert known("Dubuque") is None, "too small by itself"
    assert known("Dubuque", among_places=True) is not None
    assert known("Montpelier") is not None, "a capital"


def test_a_city_of_any_size_is_known_with_its_state() -> None:
    city = gazetteer().city("Bedford Park", "IL")
    assert city is not None
    assert city.population is not None
    assert city.population < 1000
    assert gazetteer().city("Denver", "OH") is None


def test_counties_have_fips_ids() -> None:
    county = gazetteer().county("Shelby County", "TN")
    assert county is not None
    assert county.place_id == "fips:47157"
    assert gazetteer().county("Shelby County", None) is None, "several states have one"


def test_rows_are_given_for_ids_each_once() -> None:
    lyon = gazetteer().city_abroad("Lyon", "FR")
    assert lyon is not None
    rows = gazetteer().places(["iso:FR", None, lyon.place_id, "fips:47157", "iso:FR", "geonames:0"])
    assert [row.name for row in rows] == ["France", "Lyon", "Shelby County"]


def test_spellings_meet() -> None:
    assert name_key("St. Louis") == name_key("Saint Louis") == name_key("St Louis")
    assert name_key("Winston-Salem") == name_key("Winston Salem")
    assert name_key("Cañon City") == name_key("Canon City")
