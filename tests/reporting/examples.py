"""An edition's payload in our own words, with something in every section: what the tests of the renderers read."""

from __future__ import annotations

import copy
import json
from typing import Any

SITE = "https://www.newsroom.example"
FACTS = [
    "mayors-122",
    "mayors-118",
    "mayors-target",
    "police-26",
    "jobs-31",
    "vets-800",
    "vets-684",
    "lights-target",
    "lights-stale",
    "denver",
    "norfolk",
    "safer-240",
    "safer-200",
]


def fact_id(name: str) -> str:
    """A readable stand-in for a fact's UUID."""
    return f"00000000-0000-4000-8000-{FACTS.index(name):012d}"


def version_id(number: int) -> str:
    """A readable stand-in for a version's UUID."""
    return f"00000000-0000-4000-9000-{number:012d}"


def _evidence(quote: str, number: str, title: str, version: int, published: str) -> dict[str, Any]:
    start = quote.find(number) if number else None
    return {
        "version_id": version_id(version),
        "title": title,
        "url": f"{SITE}/2016/01/21/release-{version}",
        "publisher": "The Newsroom",
        "published": published,
        "quote": quote,
        "number_start": start,
        "number_end": start + len(number) if start is not None else None,
    }


SHEET = "Cities and the government: where the work stands"
EVIDENCE = {
    "mayors-122": _evidence(
        "As of this week 122 US cities have signed the Compact of Mayors", "122", SHEET, 1, "2016-01-21"
    ),
    "mayors-118": _evidence(
        "The Compact now has 118 signatories in this country", "118", "The Compact grows", 2, "2015-12-15"
    ),
    "mayors-target": _evidence(
        "The goal is 100 American cities by the end of November", "100", "A call to cities", 3, "2015-08-24"
    ),
    "police-26": _evidence("Five more agencies bring the total to 26", "26", SHEET, 1, "2016-01-21"),
    "jobs-31": _evidence("31 new cities, states and rural areas have come aboard", "31", SHEET, 1, "2016-01-21"),
    "vets-800": _evidence(
        "more than 800 mayors and local leaders have pledged themselves", "800", SHEET, 1, "2016-01-21"
    ),
    "vets-684": _evidence("over 684 mayors have taken up the challenge", "684", SHEET, 1, "2016-01-21"),
    "lights-target": _evidence(
        "Partners will put in 1.5 million efficient street lights by May 2016",
        "1.5 million",
        "Bright streets",
        4,
        "2015-01-20",
    ),
    "lights-stale": _evidence("partners will replace over 500,000 outdoor lights", "500,000", SHEET, 1, "2016-01-21"),
    "denver": _evidence(
        "Denver, Orlando, Spokane, Tucson and Fayetteville joined the Police Data Initiative",
        "",
        SHEET,
        1,
        "2016-01-21",
    ),
    "norfolk": _evidence("Norfolk has ended homelessness among its veterans", "", SHEET, 1, "2016-01-21"),
    "safer-240": _evidence("More than 240 towns work for safer streets", "240", "Safer streets", 5, "2015-09-10"),
    "safer-200": _evidence("More than 200 towns have come forward for safer streets", "200", SHEET, 1, "2016-01-21"),
}

SOURCES = {"source_ids": ["newsroom"], "publishers": ["The Newsroom"]}


def _row(initiative: str | None, topic: str, measure: str, population: str, **more: Any) -> dict[str, Any]:
    slug = initiative.lower().replace(" ", "-") if initiative else None
    return {
        "initiative_id": slug,
        "initiative": initiative,
        "topic": None if initiative else topic,
        "topics": [topic],
        "place_ids": [],
        "places": [],
        "series_id": f"series-{slug or topic}-{population.replace('|', '-').replace(' ', '-')}",
        "measure": measure,
        "population": population,
        "scope": None,
        "unit": population.split("|")[0],
        **SOURCES,
        **more,
    }


def _reading(as_of: str, shown: str, value: float, bound: str = "=", precision: str = "day") -> dict[str, Any]:
    lower, upper = (value, None) if bound.startswith(">") else (value, value)
    return {
        "as_of": as_of,
        "as_of_precision": precision,
        "shown": shown,
        "value": value,
        "lower": lower,
        "upper": upper,
        "bound": bound,
        "basis": "stated",
        "sightings": 1,
    }


MAYORS = [
    _reading("2015-08-24", "34", 34),
    _reading("2015-10-31", "46", 46, precision="month"),
    _reading("2015-11-05", "83", 83),
    _reading("2015-11-20", "more than 100", 100, ">"),
    _reading("2015-12-15", "118", 118),
    _reading("2016-01-21", "122", 122),
]
VETERANS = [
    _reading("2014-06-04", "85", 85),
    _reading("2015-02-05", "more than 440", 440, ">"),
    _reading("2016-01-21", "more than 800", 800, ">"),
]


def _moved(
    row: dict[str, Any], history: list[dict[str, Any]], fact: str, before: str | None, **more: Any
) -> dict[str, Any]:
    now, earlier = history[-1], history[-2] if len(history) > 1 else None
    both = earlier is not None and earlier["upper"] is not None
    return {
        **row,
        **now,
        "fact_id": fact_id(fact),
        "before_shown": earlier["shown"] if earlier else None,
        "before_lower": earlier["lower"] if earlier else None,
        "before_as_of": earlier["as_of"] if earlier else None,
        "before_as_of_precision": earlier["as_of_precision"] if earlier else None,
        "before_fact_id": fact_id(before) if before else None,
        "change_lower": now["lower"] - earlier["upper"] if both else None,
        "change_upper": now["upper"] - earlier["lower"] if both and now["upper"] is not None else None,
        "history": history,
        "target_shown": None,
        "target_value": None,
        "deadline": None,
        "deadline_precision": None,
        "status": None,
        **more,
    }


def _target(row: dict[str, Any], level: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    return {
        **row,
        "level_shown": level["shown"] if level else None,
        "level_as_of": level["as_of"] if level else None,
        "level_bound": level["bound"] if level else None,
        "level_lower": level["lower"] if level else None,
        "level_upper": level["upper"] if level else None,
        "met_on": None,
        "projected_on": None,
        "projected_earliest": None,
        "projected_latest": None,
        "pace_needed": None,
        "pace_achieved": None,
        "is_newly_met": False,
        "level_fact_id": None,
        **more,
    }


COMPACT = _row("Compact of Mayors", "climate", "participants", "US city")
LIGHTS = _row("Better Buildings", "energy", "act:light pole", "light pole")
VETS = _row("Mayors Challenge", "veterans", "participants", "mayor|leader")

SECTIONS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "headline": ("Headline", [{"facts": 1284, "releases": 43, "sources": 3, "new_releases": 9, "new_facts": 214}]),
    "moved": (
        "What moved",
        [
            _moved(
                COMPACT,
                MAYORS,
                "mayors-122",
                "mayors-118",
                target_shown="100",
                target_value=100,
                deadline="2015-11-30",
                deadline_precision="day",
                status="met",
            ),
            _moved(VETS, VETERANS, "vets-800", None),
            _moved(
                _row("Police Data Initiative", "policing", "participants", "agency"),
                [_reading("2015-05-18", "21", 21), _reading("2016-01-21", "26", 26)],
                "police-26",
                None,
            ),
            _moved(
                _row("TechHire", "jobs", "participants", "community"),
                [{**_reading("2016-01-21", "at least 31", 31, ">="), "basis": "derived"}],
                "jobs-31",
                None,
            ),
        ],
    ),
    "targets": (
        "Targets",
        [
            _target(
                COMPACT,
                MAYORS[-1],
                target_shown="100",
                target_value=100,
                deadline="2015-11-30",
                deadline_precision="day",
                status="met",
                met_on="2015-11-20",
                is_newly_met=True,
                target_fact_id=fact_id("mayors-target"),
                level_fact_id=fact_id("mayors-122"),
            ),
            _target(
                _row("TechHire", "jobs", "participants", "community"),
                _reading("2016-01-21", "more than 50", 50, ">"),
                target_shown="100",
                target_value=100,
                deadline="2017-03-31",
                deadline_precision="month",
                status="behind",
                projected_on="2017-08-02",
                projected_earliest="2017-06-20",
                projected_latest="2017-09-14",
                pace_needed=0.116,
                pace_achieved=0.087,
                target_fact_id=None,
                level_fact_id=fact_id("jobs-31"),
            ),
            _target(
                LIGHTS,
                None,
                target_shown="1,500,000",
                target_value=1_500_000,
                deadline="2016-05-31",
                deadline_precision="day",
                status="no reading",
                target_fact_id=fact_id("lights-target"),
            ),
        ],
    ),
    "participants": (
        "Who joined",
        [
            {
                **_row("Police Data Initiative", "policing", "participants", "agency"),
                "what": "joined",
                "participant": name,
                "participant_kind": "place",
                "participant_id": f"geonames:{number}",
                "place_ids": [f"geonames:{number}"],
                "places": [name],
                "on_date": "2016-01-21",
                "fact_id": fact_id("denver"),
            }
            for number, name in enumerate(
                ("Denver, CO", "Fayetteville, NC", "Orlando, FL", "Spokane, WA", "Tucson, AZ")
            )
        ]
        + [
            {
                **VETS,
                "what": "achieved",
                "participant": "Norfolk, VA",
                "participant_kind": "place",
                "participant_id": "geonames:99",
                "places": ["Norfolk, VA"],
                "on_date": "2015-11-11",
                "fact_id": fact_id("norfolk"),
            }
        ],
    ),
    "commitments": (
        "New commitments",
        [
            {
                **LIGHTS,
                "shown": "more than 500,000",
                "deadline": "2016-05-31",
                "deadline_precision": "day",
                "is_ceiling": False,
                "fact_id": fact_id("lights-stale"),
            }
        ],
    ),
    "findings": (
        "Findings",
        [
            {
                **VETS,
                "kind": "scope",
                "severity": "info",
                "message": "More than 800 mayors and leaders, more than 684 mayors: one group includes the other",
                "fact_id_a": fact_id("vets-800"),
                "fact_id_b": fact_id("vets-684"),
            },
            {
                **_row("Safer Streets", "transport", "participants", "community"),
                "kind": "weaker bound",
                "severity": "warning",
                "message": "More than 200, after more than 240 before: a weaker statement, not a fall",
                "fact_id_a": fact_id("safer-200"),
                "fact_id_b": fact_id("safer-240"),
            },
        ],
    ),
    "revised": (
        "Revised and withdrawn",
        [
            {
                **_row(None, "climate", "", ""),
                "kind": "revised",
                "title": "A call to cities",
                "url": f"{SITE}/2015/08/24/release-3",
                "publisher": "The Newsroom",
                "published": "2015-08-24",
                "release_id": "release-3",
                "version_id": version_id(3),
                "changes": [
                    {"what": "value", "old": "90", "new": "100"},
                    {"what": "deadline", "old": None, "new": "30 November 2015"},
                ],
            }
        ],
    ),
    "repeated": (
        "Told again",
        [
            {
                **_row("My Brother's Keeper", "youth", "participants", "community"),
                "shown": "more than 200",
                "first_stated": "2015-09-10",
                "last_stated": "2016-01-21",
                "sightings": 3,
                "fact_id": fact_id("safer-200"),
            }
        ],
    ),
    "corrected": (
        "Corrected",
        [
            {
                **VETS,
                "kind": "corrected",
                "changes": [{"what": "bound", "old": "=", "new": ">"}],
                "problem": None,
                "versions": None,
                "url": SITE,
                "reason": "the hedge was lost",
                "fact_id": fact_id("vets-684"),
            }
        ],
    ),
    "archive": (
        "Added to the archive",
        [
            {
                **SOURCES,
                "title": "Bright streets",
                "url": f"{SITE}/2015/01/20/release-4",
                "publisher": "The Newsroom",
                "published": "2015-01-20",
                "facts": 4,
                "topics": ["energy"],
            }
        ],
    ),
    "topics": (
        "By topic",
        [
            {"topic": "climate", "topics": ["climate"], "moved": 1, "joined": 0, "promised": 0},
            {"topic": "policing", "topics": ["policing"], "moved": 1, "joined": 5, "promised": 0},
        ],
    ),
    "places": (
        "By place",
        [
            {
                "place": "Denver, CO",
                "places": ["Denver, CO"],
                "place_ids": ["geonames:0"],
                "joined": 1,
                "achieved": 0,
                "mentions": 1,
            },
            {
                "place": "Norfolk, VA",
                "places": ["Norfolk, VA"],
                "place_ids": ["geonames:99"],
                "joined": 0,
                "achieved": 1,
                "mentions": 2,
            },
        ],
    ),
    "quality": (
        "Data quality",
        [
            {"what": "bound", "share": 0.91, "number": None, "precision_share": 0.93, "recall_share": 0.89},
            {"what": "silent sentences", "share": 0.18, "number": 214, "precision_share": None, "recall_share": None},
            {"what": "review queue", "share": None, "number": 12, "precision_share": None, "recall_share": None},
        ],
    ),
    "sources": (
        "Source health",
        [
            {
                "source": "Press releases",
                "publisher": "The Newsroom",
                "source_ids": ["newsroom"],
                "health": "ok",
                "last_look": "2016-01-25",
                "new": 9,
                "changed": 1,
                "failed": 0,
                "issues": [],
            },
            {
                "source": "News",
                "publisher": "Department of Streets",
                "source_ids": ["streets"],
                "health": "block page",
                "last_look": "2016-01-25",
                "new": 0,
                "changed": 0,
                "failed": 2,
                "issues": ["Two pages answered with a block page; they lie in quarantine"],
            },
        ],
    ),
}


def payload() -> dict[str, Any]:
    """A full week's payload, as the warehouse gives it."""
    made = {
        "schema": 1,
        "edition": {
            "name": "2016-W03",
            "since": "2016-01-18T12:00:00+00:00",
            "until": "2016-01-25T12:00:00+00:00",
            "time_zone": "America/New_York",
            "week_start": "2016-01-18",
            "week_end": "2016-01-24",
            "weeks_covered": 1,
            "previous": "2016-W02",
        },
        "sections": [
            {"name": name, "title": title, "rows": copy.deepcopy(rows)} for name, (title, rows) in SECTIONS.items()
        ],
        "evidence": {fact_id(name): fields for name, fields in EVIDENCE.items()},
    }
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


def quiet_payload() -> dict[str, Any]:
    """A week in which nothing happened."""
    made = payload()
    for section in made["sections"]:
        if section["name"] not in ("headline", "sources", "quality"):
            section["rows"] = []
    return made
