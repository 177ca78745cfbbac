"""Initiatives are found by the shape of their names."""

from __future__ import annotations

import pytest

from flows.extraction.names import initiative_names


def _names(text: str) -> list[str]:
    return [name.text for name in initiative_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We launched the Clean Rivers Initiative today.", ["Clean Rivers Initiative"]),
        ("Towns joined the Compact of Harbors in May.", ["Compact of Harbors"]),
        ("They took up the Governors Challenge to End Rural Hunger.", ["Governors Challenge to End Rural Hunger"]),
        ("The Partnership for Safer Bridges and Tunnels met.", ["Partnership for Safer Bridges and Tunnels"]),
        ("Our Ferry Corps initiative and the Good Ports Pledge grew.", ["Ferry Corps", "Good Ports Pledge"]),
        (
            "She signed the Every Child Reads Act and the Second Harvest Act.",
            ["Every Child Reads Act", "Second Harvest Act"],
        ),
        (
            "It is part of the Port Equity, Access, and Repair (PEAR) program.",
            ["Port Equity, Access, and Repair program"],
        ),
        ("President Smith’s Bright Roads Act pays for it.", ["Bright Roads Act"]),
        ("He accepted the My Sister’s Voice Challenge.", ["My Sister’s Voice Challenge"]),
        ("Mapping America’s Coastal Waters Act passed.", ["Mapping America’s Coastal Waters Act"]),
        ("New Harbor’s Safe Docks Program opened.", ["Safe Docks Program"]),
        ("the President’s Emergency Plan for Ferry Relief (PEPFR)", ["President’s Emergency Plan for Ferry Relief"]),
        ("the Joining Hands initiative", ["Joining Hands"]),
        ("It funds the Clean-Ferry Towns (CFT) Support Program.", ["Clean-Ferry Towns Support Program"]),
        ("The Department of Ports FerryBuild program will train 300.", ["FerryBuild program"]),
        ("They won Fiscal Year 2016 Clean Ferry Program grants.", ["Clean Ferry Program"]),
        ("The Fiscal Honesty Act passed.", ["Fiscal Honesty Act"]),
        ("Last May the HARBOR projects began.", ["HARBOR"]),
        ("A Dock-Side Camera (DSC) Pilot Partnership Program began.", ["Dock-Side Camera Pilot Partnership Program"]),
        ("It is part of All Aboard: The Federal Plan to End Delays.", ["All Aboard: The Federal Plan to End Delays"]),
        ("Through the ALL ASHore initiative, towns work together.", ["ALL ASHore"]),
        ("$2 million to the Promoting the Mending of Nets Program", ["Promoting the Mending of Nets Program"]),
        ("Promoting the Clean Ports Initiative is a task.", ["Clean Ports Initiative"]),
        (
            "to the Care for Sailors with Serious Injuries, Burns, or Chronic Pain Grant Program",
            ["Care for Sailors with Serious Injuries, Burns, or Chronic Pain Grant Program"],
        ),
        ("The Department of Labor Dock Builders program trained 30.", ["Dock Builders program"]),
        ("the Fiscal Year 2014 Safe Docks Program", ["Safe Docks Program"]),
        ("the FY 2014 Safe Docks Program", ["Safe Docks Program"]),
        ("since the U.S.-Baltic Ports Initiative", ["U.S.-Baltic Ports Initiative"]),
        ("the Safe Docks Reauthorization Act of 2022", ["Safe Docks Reauthorization Act of 2022"]),
        ("his “Time to Sail” Harbor Tour", ["“Time to Sail” Harbor Tour"]),
        ("the Harbor Investment Credit", ["Harbor Investment Credit"]),
        ("$9 million in Middle Pier awards", ["Middle Pier"]),
        ("It won the Bay the Beautiful Challenge.", ["Bay the Beautiful Challenge"]),
        ("through the agency’s Building Better Ports Program", ["Building Better Ports Program"]),
        ("a $16 Million Rebuilding Ports with Equity Grant", ["Rebuilding Ports with Equity Grant"]),
        ("the Sailors with Disabilities Act", ["Sailors with Disabilities Act"]),
        ("the Americans with Injuries Act", ["Americans with Injuries Act"]),
        (
            "the Strategy to Advance Fairness, Speed, and Safety at sea",
            ["Strategy to Advance Fairness, Speed, and Safety"],
        ),
        ("Resilient Ports: The Good Docks Challenge began.", ["Good Docks Challenge"]),
        ("Expand New Ferry Program on Lakes", ["Ferry Program on Lakes"]),
    ],
)
def test_a_name_is_found_with_what_belongs_to_it(text: str, expected: list[str]) -> None:
    assert _names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Initiative will go on.",
        "A new federal program helps.",
        "It works with law enforcement and the Law Enforcement Council.",
        "The Chief of Strategy spoke.",
        "HUD programs and FEMA grants were named.",
        "The Department of Programs met.",
        "HUD-assisted programs were reviewed.",
        "It was paid by the Medicare program.",
        "We will act to plan.",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert [name.text for name in initiative_names(text) if not name.is_weak] == []


def test_an_abbreviation_belongs_to_the_name_that_it_abbreviates() -> None:
    (name,) = initiative_names("Since the launch of the Harbor Data Initiative (HDI) in May")
    assert (name.text, name.abbreviation) == ("Harbor Data Initiative", "HDI")
    (other,) = initiative_names("the Harbor Data Initiative (USA)")
    assert other.abbreviation is None


def test_two_laws_side_by_side_are_two_names() -> None:
    text = "President Smith’s Bright Roads Law, Chips and Steel Act, and Clean Water Act"
    assert _names(text) == ["Bright Roads Law", "Chips and Steel Act", "Clean Water Act"]


def test_a_body_is_marked_as_weak() -> None:
    (name,) = initiative_names("They founded the Harbor Research Network.")
    assert name.is_weak
