"""A fact belongs to the initiative that its sentence names, or that holds for it from further away."""

from __future__ import annotations

import pytest

from flows.extraction.document import Document, document_from_text
from flows.extraction.initiatives import InitiativeIndex


def _at(text: str, evidence: str, number: str | None = None, document: Document | None = None) -> str | None:
    doc = document or document_from_text(text)
    start = text.index(evidence)
    sentence = max(i for i, s in enumerate(doc.sentences) if s.start <= start)
    at = start + evidence.index(number) if number else None
    return InitiativeIndex.of(doc).at(sentence, start, start + len(evidence), number=at, stage="total")


COMPACT = "Compact of Harbors"


def test_the_sentence_names_it() -> None:
    text = "So far 87 counties have signed the Compact of Harbors."
    assert _at(text, "87 counties have signed the Compact of Harbors", "87") == COMPACT


def test_an_abbreviation_means_the_full_name() -> None:
    text = "The Harbor Data Initiative (HDI) began in May. Since then, 12 ports have joined HDI."
    assert _at(text, "12 ports have joined HDI", "12") == "Harbor Data Initiative"


def test_a_short_form_means_the_fullest_name_of_the_release() -> None:
    text = (
        "Governor Lee announced the Governors Challenge to End Rural Hunger.\n\n"
        "Six months after the start of the Governors Challenge, 14 towns had signed up."
    )
    assert _at(text, "14 towns had signed up", "14") == "Governors Challenge to End Rural Hunger"


@pytest.mark.parametrize("anaphor", ["the compact", "this compact"])
def test_a_word_points_back_to_the_last_name_that_fits(anaphor: str) -> None:
    text = f"The Compact of Harbors is open to all. The Bright Roads Act passed. In June 9 towns joined {anaphor}."
    assert _at(text, f"9 towns joined {anaphor}", "9") == COMPACT


def test_the_items_of_a_list_belong_to_what_leads_into_it() -> None:
    text = (
        "As part of the Ferry Safety Week, partners announced the following commitments:\n\n"
        "- Blue Line will train 400 pilots.\n\n- Harbor Union will fund 12 courses."
    )
    assert _at(text, "Harbor Union will fund 12 courses", "12") == "Ferry Safety Week"


def test_an_item_that_names_a_narrower_initiative_belongs_to_that() -> None:
    text = (
        "As part of the Ferry Safety Week, partners announced the following commitments:\n\n"
        "- Blue Line will train 400 pilots as part of the Night Pilots Challenge."
    )
    assert _at(text, "Blue Line will train 400 pilots", "400") == "Night Pilots Challenge"


def test_a_list_without_initiative_lends_none() -> None:
    text = (
        "The Bright Harbors Agenda is working.\n\nThis week these firms announced commitments:\n\n"
        "Blue Line Ltd. plans to hire 30 welders."
    )
    assert _at(text, "Blue Line Ltd. plans to hire 30 welders", "30") is None


def test_the_section_holds_for_its_paragraphs() -> None:
    text = (
        "Rural Hunger: Ending It Together\n\n"
        "Through the Governors Challenge to End Rural Hunger, towns work together.\n\n"
        "Since the announcement, 19 towns have reached the goal."
    )
    assert _at(text, "19 towns have reached the goal", "19") == "Governors Challenge to End Rural Hunger"


def test_a_law_that_pays_gives_way_to_what_is_paid() -> None:
    text = "The ReHarbor Program has awarded 40 grants funded by the Bright Roads Act."
    assert _at(text, "has awarded 40 grants funded by the Bright Roads Act", "40") == "ReHarbor Program"


def test_a_law_alone_is_the_initiative() -> None:
    text = "The agency is investing $7 million from the Bright Roads Act in ferries."
    assert _at(text, "The agency is investing $7 million from the Bright Roads Act", "$7") == "Bright Roads Act"


def test_a_broken_law_is_none() -> None:
    text = "Blue Line agreed to pay $2 million to resolve violations of the Clean Ports Act."
    assert _at(text, text[:-1], "$2") is None


def test_a_kind_of_program_is_no_initiative() -> None:
    text = "Blue Line opened a Night Pilot Training program for 40 people."
    assert _at(text, text[:-1], "40") is None


def test_what_the_release_is_about_holds_where_nothing_nearer_does() -> None:
    paragraph = "The Compact of Harbors asks its members to count what they emit and to report it every year in public."
    text = "\n\n".join([paragraph, paragraph, paragraph, "In all, 31 mayors came to the meeting of members in spring."])
    assert _at(text, "31 mayors came to the meeting", "31") == COMPACT


def test_the_next_sentence_may_give_the_name() -> None:
    text = "Today 4 new towns joined a state initiative to end hunger. They enter the Harvest Forum on Rural Hunger."
    assert _at(text, "4 new towns joined a state initiative", "4") == "Harvest Forum on Rural Hunger"


def test_a_network_that_grows_is_an_initiative() -> None:
    text = "The Harbor Lab Network now counts more than 20 partnerships."
    assert _at(text, text[:-1], "20") == "Harbor Lab Network"


def test_a_verb_plan_ends_no_name() -> None:
    text = "For 2023, SANS and NCSF plan to teach 500 students."
    assert _at(text, text[:-1], "500") is None


def test_initials_that_projects_go_under_are_an_initiative() -> None:
    text = "In 2015 it gave grants to 39 projects under HARBOR in 34 states."
    assert _at(text, text[:-1], "39") == "HARBOR"


def test_a_network_that_is_joined_is_an_initiative() -> None:
    text = "The Clean Trade Energy Network (CTEN) began in May. So far 40 companies have joined the network."
    assert _at(text, "So far 40 companies have joined the network", "40") == "Clean Trade Energy Network"


def test_what_a_number_pays_for_goes_before_the_law_that_pays() -> None:
    text = "The Bright Roads Act provided $5 million for 700 Emergency Ferry Vouchers."
    assert _at(text, text[:-1], "700") == _at(text, text[:-1], "$5") == "Emergency Ferry Vouchers"


def test_an_item_belongs_to_what_it_opens_with() -> None:
    text = (
        "The Safe Docks Program began in May.\n\nThe Bright Roads Act includes:\n\n"
        "- $14 million for the Safe Docks Program, which lends crews up to $30. "
        "Today, 19 crews sail with the program.\n\n"
        "- $3 million for ferries."
    )
    assert _at(text, "$14 million for the Safe Docks Program", "$14") == "Safe Docks Program"
    assert _at(text, "which lends crews up to $30", "$30") == "Safe Docks Program"
    assert _at(text, "19 crews sail with the program", "19") == "Safe Docks Program"
    assert _at(text, "$3 million for ferries", "$3") == "Bright Roads Act"


def test_the_name_of_a_part_is_not_that_of_the_whole() -> None:
    text = "The state awarded $72 million for ports, including $2 million for a pier through the Safe Docks Program."
    assert _at(text, "The state awarded $72 million for ports", "$72") is None
    assert _at(text, "$2 million for a pier through the Safe Docks Program", "$2") == "Safe Docks Program"


def test_a_relative_clause_is_about_the_name_before_it() -> None:
    text = (
        "Night Pilots is part of the Plan to End Harbor Delays, which aims to cut delays by 25 percent by 2025. "
        "The Night Pilots Challenge began in May."
    )
    assert _at(text, "which aims to cut delays by 25 percent", "25") == "Plan to End Harbor Delays"


def test_one_body_s_section_ends_where_another_body_begins() -> None:
    text = (
        "Support For Local Ports\n\n"
        "The Harbor Authority (HA) is awarding $9 million in Pier Data to Action (PD2A) grants to towns.\n\n"
        "The Ferry Board (FB) is awarding $8 million to rural towns in the north of the state."
    )
    assert _at(text, "is awarding $9 million in Pier Data to Action (PD2A) grants", "$9") == "Pier Data to Action"
    assert _at(text, "is awarding $8 million to rural towns", "$8") is None


def test_what_was_before_the_announcement_is_no_part_of_it() -> None:
    text = (
        "Today, the state announced the Safe Docks Program, which helps towns.\n\n"
        "It plans to train 40 guards.\n\nEarlier this year, the state gave $4 million to towns for lights."
    )
    assert _at(text, "the state gave $4 million to towns", "$4") is None


def test_grants_are_made_under_the_program_that_is_named_next() -> None:
    text = (
        "The state today announced awards of $20 million to towns.\n\n"
        "The awards, funded under the Safe Docks Program, will help towns.\n\nThese grants will help 90 crews."
    )
    doc = document_from_text(text)
    start = text.index("These grants")
    assert InitiativeIndex.of(doc).at(len(doc.sentences) - 1, start, len(text), start + 23, "target") == (
        "Safe Docks Program"
    )


def test_a_short_form_means_only_a_longer_name_before_it() -> None:
    text = (
        "The Safe Docks Program gave $16 million. "
        "In addition $4 million went out under the Small Town Safe Docks Program."
    )
    assert _at(text, "The Safe Docks Program gave $16 million", "$16") == "Safe Docks Program"


def test_a_lower_case_head_points_back_to_its_name() -> None:
    text = (
        "The Harbor Board joined the Night Watch Program. It gave money to its Real Catch Deal campaign. "
        "Since then the campaign has reached 900 towns."
    )
    assert _at(text, "the campaign has reached 900 towns", "900") == "Real Catch Deal"


def test_a_summit_that_is_named_again_and_again_is_an_initiative() -> None:
    told = "At the Harbor Leaders Summit, states and firms promised to invest in ports all over the region of the bay."
    text = "\n\n".join([told, told, told, "Since December, states have approved $9 million for ports of the bay."])
    assert _at(text, "states have approved $9 million", "$9") == "Harbor Leaders Summit"


def test_a_general_word_means_no_name_that_is_paragraphs_away() -> None:
    text = (
        "It was spring.\n\nIt was warm.\n\nThe state joined the Net Zero Ports Program in spring, which is new.\n\n"
        "Ferry captains met in the harbor and spoke of storms.\n\nCrews mend nets in the bay each spring.\n\n"
        "With an investment of $11 million over two years, this project will support rice farms."
    )
    assert _at(text, "With an investment of $11 million over two years", "$11") is None


def test_labels_within_a_section_part_what_its_paragraphs_open() -> None:
    text = (
        "Working Together\n\nThe Net Zero Ports Program will help 40 towns.\n\n"
        "Better Energy Storage: Crews will build a plant for $3 million in the south of the bay."
    )
    assert _at(text, "Crews will build a plant for $3 million", "$3") is None


def test_initials_inside_a_law_s_name_stand_for_it_before_its_head() -> None:
    text = (
        "The Senate passed the Major Ann Howe Keeping Our Coasts Clean and Open (KOCO) Act.\n\n"
        "Under the KOCO Act, 12 ports have been dredged."
    )
    assert _at(text, "12 ports have been dredged", "12") == "Major Ann Howe Keeping Our Coasts Clean and Open Act"
