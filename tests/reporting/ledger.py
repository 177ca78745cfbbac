"""A small ledger of four Mondays, in our own words: what tests of editions and pages look at."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.warehouse.builders import LedgerBuilder, at, participant, release, stated
from warehouse.editions import Edition, make_edition
from warehouse.records import Initiative, Place

NEW_YORK = ZoneInfo("America/New_York")
MONDAYS = ("2015-11-09", "2015-11-23", "2016-01-18", "2016-01-25")

INITIATIVES = (
    Initiative("compact", "Compact of Mayors", ("CoM",), topics=("climate",)),
    Initiative("police-data", "Police Data Initiative", ("PDI",), topics=("policing",)),
    Initiative("lights", "Better Buildings", (), topics=("energy",)),
    Initiative("veterans", "Mayors Challenge", (), topics=("veterans", "housing")),
)
PLACES = (
    Place("geonames:1", "Denver, CO", "city", "CO", "US", 39.7, -105.0, 600_000),
    Place("geonames:2", "Orlando, FL", "city", "FL", "US", 28.5, -81.4, 250_000),
    Place("geonames:3", "Norfolk, VA", "city", "VA", "US", 36.8, -76.2, 240_000),
)

SUMMER = [
    release(
        "call",
        "2015-08-24",
        [
            stated("So far 34 US cities stand behind the Compact.", 34, unit="US city"),
            stated(
                "The aim is 100 US cities by the end of November.",
                100,
                unit="US city",
                stage="target",
                deadline="2015-11-30",
            ),
        ],
        title="A call to the cities",
    ),
    release(
        "october", "2015-10-31", [stated("It is 46 US cities now.", 46, unit="US city")], title="The Compact in October"
    ),
    release(
        "lights",
        "2015-01-20",
        [
            stated(
                "Partners will fit 1,500,000 light poles by May 2016.",
                1_500_000,
                unit="light pole",
                stage="target",
                action="act",
                measure="act:light pole",
                initiative="lights",
                deadline="2016-05-31",
            )
        ],
        title="Brighter streets for less",
    ),
    release(
        "police",
        "2015-05-18",
        [stated("21 agencies take part.", 21, unit="agency", initiative="police-data")],
        title="Open police data",
    ),
]
NOVEMBER = [
    release(
        "paris",
        "2015-11-05",
        [stated("Before Paris 83 US cities had signed.", 83, unit="US city")],
        title="On the way to Paris",
    ),
    release(
        "hundred",
        "2015-11-20",
        [stated("More than 100 US cities have now signed.", 100, bound=">", unit="US city")],
        title="A goal reached early",
    ),
]
JANUARY = [
    release(
        "sheet",
        "2016-01-21",
        [
            stated("As of today 122 US cities have signed the Compact.", 122, unit="US city"),
            stated("Five more agencies bring the total to 26.", 26, unit="agency", initiative="police-data"),
            stated(
                "Denver and Orlando have joined the Police Data Initiative.",
                kind="event",
                initiative="police-data",
                places=(participant("Denver, CO", "geonames:1"), participant("Orlando, FL", "geonames:2")),
            ),
            stated(
                "Norfolk has no homeless veteran any more.",
                kind="event",
                action="achieve",
                initiative="veterans",
                places=(participant("Norfolk, VA", "geonames:3"),),
            ),
            stated(
                "More than 800 mayors and leaders have pledged themselves.",
                800,
                bound=">",
                unit="mayor",
                population="mayor|leader",
                initiative="veterans",
            ),
            stated("More than 684 mayors took up the challenge.", 684, bound=">", unit="mayor", initiative="veterans"),
        ],
        title="Cities and the government: where the work stands",
        extra="The meeting goes on until Friday. <script>alert('never')</script>",
    ),
]


def four_mondays() -> tuple[LedgerBuilder, list[Edition]]:
    """The ledger after four weekly runs, and the editions that were made."""
    ledger = LedgerBuilder(initiatives=INITIATIVES, places=PLACES)
    editions = []
    for day, told in zip(MONDAYS, (SUMMER, NOVEMBER, [], JANUARY), strict=True):
        ledger.run(at(day), told)
        assert ledger.run_id is not None
        edition = make_edition(ledger.con, at(day), NEW_YORK, ledger.run_id)
        assert edition is not None
        editions.append(edition)
    return ledger, editions
