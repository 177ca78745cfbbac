"""Bytes to text: the charset that the bytes really are in, and the mending of double encoding."""

from __future__ import annotations

import pytest

from flows.pages import read_page
from flows.pages.charset import decode, mend

WORDS = "El “próximo” año – 12 €"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (WORDS.encode(), "text/html; charset=utf-8"),
        (WORDS.encode(), "text/html; charset=ISO-8859-1"),  # the label lies, the bytes do not
        (WORDS.encode(), None),
        (b"\xef\xbb\xbf" + WORDS.encode(), None),
        (WORDS.encode("cp1252"), "text/html; charset=iso-8859-1"),  # browsers read Windows-1252 there
        (WORDS.encode("cp1252"), 'text/html; charset="windows-1252"'),
        (WORDS.encode("utf-16"), None),
        (f'<meta charset="windows-1252">{WORDS}'.encode("cp1252"), None),
        (f'<?xml version="1.0" encoding="windows-1252"?>{WORDS}'.encode("cp1252"), "text/html"),
    ],
)
def test_the_words_come_out(data: bytes, content_type: str | None) -> None:
    assert decode(data, content_type).endswith(WORDS)


def test_an_unknown_label_and_no_label_are_detected() -> None:
    text = "Les communes de la région ont signé l’engagement d’être prêtes l’été prochain; déjà vingt l’ont fait. " * 5
    assert decode(text.encode("cp1252"), "text/html; charset=x-unknown") == text


def test_a_few_wrong_bytes_in_utf8_stay_few() -> None:
    text = "«" * 50 + "ä" * 200
    broken = text.encode()[:101] + b"\xff" + text.encode()[102:]
    assert decode(broken, "text/html; charset=utf-8").count("ä") == 199


@pytest.mark.parametrize("whole", ["Café à Paris", "“quoted” – and more", "Ångström", "plain words", "naïve façade"])
def test_double_encoding_is_mended_and_whole_text_left_alone(whole: str) -> None:
    twice = whole.encode().decode("cp1252", errors="ignore")
    assert mend(whole) == (whole, False)
    if twice != whole and twice.encode("cp1252").decode("utf-8", errors="ignore") == whole:
        assert mend(twice) == (whole, True)


def test_a_mended_page_says_so() -> None:
    page = "<html><head><title>x</title></head><body><p>The mayorâ€™s plan â€“ and the cityâ€™s.</p></body></html>"
    found = read_page(page.encode(), "")
    assert found.text == "The mayor’s plan – and the city’s."
    assert found.repaired
    assert not read_page(page.replace("â€™", "’").replace("â€“", "–").encode(), "").repaired


def test_code_points_of_windows_are_read_as_browsers_read_them() -> None:
    found = read_page(
        "<title>x</title><p>the mayor&#146;s plan &#150; \x93phase 2\x94 &#124; &#160;&#8212;</p>".encode(), ""
    )
    assert found.text == "the mayor’s plan – “phase 2” | —"
