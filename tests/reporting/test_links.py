import pytest

from flows.reporting import links
from flows.reporting.payload import Edition
from tests.reporting import examples


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "//a.example/x",
        "https://",
        "http://[bad",
        'https://a.example/"><script>',
        "https://a.example/a b",
        "",
        None,
    ],
)
def test_only_whole_addresses_of_the_web_become_links(url: str | None) -> None:
    assert links.safe_url(url) is None


def test_a_short_sentence_is_the_fragment_whole() -> None:
    found = links.with_text_fragment("https://a.example/x", "More than 800 mayors, and leaders")
    assert found == "https://a.example/x#:~:text=More%20than%20800%20mayors%2C%20and%20leaders"


def test_a_long_sentence_is_named_by_its_ends() -> None:
    sentence = "one two three four five six seven eight nine ten eleven twelve"
    found = links.with_text_fragment("https://a.example/x", sentence)
    assert found == "https://a.example/x#:~:text=one%20two%20three%20four%20five,eight%20nine%20ten%20eleven%20twelve"


def test_dashes_commas_and_ampersands_of_the_text_are_no_syntax() -> None:
    found = links.with_text_fragment("https://a.example/", "a-b, c & d")
    assert found == "https://a.example/#:~:text=a%2Db%2C%20c%20%26%20d"


def test_an_anchor_of_the_page_is_kept_before_the_fragment() -> None:
    assert links.with_text_fragment("https://a.example/x#top", "word") == "https://a.example/x#top:~:text=word"


def test_figures_lead_to_our_page_where_it_is_published_and_to_the_publisher_where_not(edition: Edition) -> None:
    fact = examples.fact_id("mayors-122")
    evidence = edition.evidence[fact]
    ours = links.evidence_url(evidence, "https://ledger.example/")
    assert ours == f"https://ledger.example/evidence/{evidence.version_id}.html#f-{fact}"
    theirs = links.evidence_url(evidence, None)
    assert theirs is not None and theirs.startswith(f"{evidence.url}#:~:text=As%20of%20this%20week")


def test_page_names_are_plain_and_never_clash() -> None:
    names = ["compact", "geonames:12", "Compact", "a/../../etc/passwd", "a/../../etc/passwd ", "ünïcode", "x" * 300]
    paths = [links.initiative_path(name) for name in names]
    assert len(set(paths)) == len(names)
    assert paths[:2] == ["initiatives/compact.html", "initiatives/geonames-12.html"]
    assert all(path.count("/") == 1 and ".." not in path and len(path) < 120 for path in paths)
