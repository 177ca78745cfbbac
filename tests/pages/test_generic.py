"""Pages of sites that no one declared: the text decides what is the release."""

from __future__ import annotations

import pytest

from flows.pages import read_page

FIRST = "Nineteen towns along the coast have agreed to count every home that lacks a safe roof before winter comes."
SECOND = "The count begins on the first Monday of October, and its results will be printed town by town in the spring."
THIRD = (
    "Towns that finish early may help their neighbours, said the clerk who drew up the list, and several have offered."
)
TITLE = "Nineteen Coastal Towns Agree to Count Unsafe Homes"
HEAD = f"<head><meta charset='utf-8'><title>{TITLE} - Office of Counts</title></head>"
TEXT = "\n\n".join((FIRST, SECOND, THIRD))

MENU = "".join(f"<a href='/{n}'>Section {n} of our work</a> | " for n in range(30))

BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
TEASER = """<section class=related-news><h2>More</h2><article><h3><a href=/1>Eighty Mills Reopen</a></h3><p>Eighty mills
that had stood still for a year reopened on Monday, and four hundred people returned.</p></article></section>"""
SIGN_UP = """<div class=zz><p>Join 40,000 readers in 12 towns.</p><form action=/s><input type=email>
<button>Sign up</button></form></div>"""
SHARE = """<p><a href='https://www.facebook.com/sharer.php?u=x'>Share</a>
<a href='https://twitter.com/intent/tweet?u=x'>Tweet</a></p>"""

# shape -> what stands in the body element
BODIES = {
    "laid out with tables": f"""<table width=100%><tr><td colspan=2>{MENU}</td></tr>
        <tr><td width=150 valign=top><p><a href=/a>Home</a></p><p><a href=/b>The 12 offices</a></p></td>
        <td><font size=5><b>{TITLE}</b></font><p>October 3, 2006</p>{BODY}</td></tr>
        <tr><td colspan=2><p align=center><a href=/privacy>Privacy</a> <a href=/help>Help</a></p></td></tr></table>""",
    "paragraphs by line breaks": f"""<div id=top>{MENU}</div><div id=wrap><h1>{TITLE}</h1>
        <div class=txt>October 3, 2006<br><br>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div></div>
        <div id=bottom><a href=/x>Contact</a> <a href=/y>Site map</a></div>""",
    "paragraphs straight in the body": f"""{MENU}<h1>{TITLE}</h1><p>October 3, 2006</p>
        <p>{FIRST}<p>{SECOND}<p>{THIRD}""",
    "whole page in one form": f"""<form id=aspnetForm method=post action=x><input type=hidden name=v value=1>
        <div class=menu>{MENU}</div><div class=page><h1>{TITLE}</h1><span class=date>10/3/2006</span>
        <div class=c4>{BODY}</div></div></form>""",
    "divs for paragraphs": f"""<div class=a1>{MENU}</div><div class=b2><div class=c3><h1>{TITLE}</h1>
        <div>By the Press Office</div><div>Tuesday, October 3, 2006</div>
        <div class=d4><div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div></div></div></div>""",
    "sign-up box and share bar among the paragraphs": f"""<main><h1>{TITLE}</h1><time datetime=2006-10-03>
        October 3, 2006</time><div class=z><p>{FIRST}</p>{SIGN_UP}<p>{SECOND}</p>{SHARE}<p>{THIRD}</p></div></main>""",
    "everything in a box called body": f"""<div class=body><div class=top>{MENU}</div><h1>{TITLE}</h1>
        <div class=when>October 3, 2006</div><div class=c5>{BODY}</div><div><a href=/x>More</a></div></div>""",
    "teasers of other releases below": f"""<main><article><h1>{TITLE}</h1><p class=date>October 3, 2006</p>
        {BODY}</article>{TEASER}</main>""",
}


@pytest.mark.parametrize("shape", BODIES)
def test_the_text_is_found_without_its_surroundings(shape: str) -> None:
    page = read_page(
        f"<html>{HEAD}<body>{BODIES[shape]}</body></html>".encode(), "https://counts.example/2006/nineteen-towns"
    )
    assert page.text == TEXT
    assert page.title == TITLE
    assert str(page.published) == "2006-10-03"


def test_a_fragment_is_all_text() -> None:
    page = read_page(f"<div><h2>Why</h2><p>{FIRST}</p><ul><li>one</li><li>two</li></ul></div>".encode(), "")
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("heading", "Why"),
        ("paragraph", FIRST),
        ("list_item", "one"),
        ("list_item", "two"),
    ]


def test_plain_text_is_read_by_its_blank_lines() -> None:
    page = read_page(f"{FIRST}\n\n{SECOND}\n".encode(), "https://counts.example/note.txt")
    assert page.text == f"{FIRST}\n\n{SECOND}"


# what the head says, what the page shows as headings -> title
TITLES = [
    (f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1>", TITLE),
    (f"<title>{TITLE} | Office | Ministry of Counts</title>", f"<h1>Ministry of Counts</h1><h1>{TITLE}</h1>", TITLE),
    (f"<title>Ministry of Counts | {TITLE}</title>", f"<h1>Press office</h1><h2>{TITLE}</h2>", TITLE),
    ("<title>Ministry of Counts</title>", f"<h1>{TITLE}</h1>", TITLE),
    ("<title>Press | Ministry of Counts</title>", f"<h1>Ministry of Counts</h1><h1>{TITLE}</h1>", TITLE),
    (f"<title>Press</title><meta property=og:title content='{TITLE} - Ministry of Counts'>", "<h1>Press</h1>", TITLE),
    (f"<meta name=dcterms.title content='{TITLE}'><title>x</title>", "", TITLE),
    (f"<title>{TITLE}</title>", f"<h1><span>Press release</span> {TITLE}</h1>", TITLE),
    (f"<title>{TITLE.upper()}</title>", f"<h1>{TITLE}</h1>", TITLE),
    ("<title>Counting - a short history of it</title>", "", "Counting - a short history of it"),
    ("", "", "Nineteen towns"),
]


@pytest.mark.parametrize(("head", "headings", "title"), TITLES)
def test_the_title_is_what_head_and_page_agree_on(head: str, headings: str, title: str) -> None:
    page = f"<html><head>{head}</head><body>{MENU}<div>{headings}<p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    found = read_page(page.encode(), "https://counts.example/2006/nineteen-towns")
    assert found.title == title
    assert found.text.startswith(FIRST)


# dated markup -> day and basis
DATED = [
    ("<meta property=article:published_time content=2006-10-03T09:00:00-04:00>", "", "2006-10-03", "metadata"),
    ("<meta name=DC.date.issued content=2006-10-03>", "<time datetime=2007-01-01>x</time>", "2006-10-03", "metadata"),
    ("<meta property=article:modified_time content=2009-01-01>", "<p>October 3, 2006</p>", "2006-10-03", "text"),
    ("<script type='application/ld+json'>{'@type': 'NewsArticle', 'datePublished': '2006-10-03'}</script>", "",
     "2006-10-03", "json-ld"),
    ("", "<time class='entry-date published updated' datetime=2006-10-03>x</time>", "2006-10-03", "time"),
    ("", "<time class=updated datetime=2008-08-08>x</time><time datetime=2006-10-03>x</time>", "2006-10-03", "time"),
    ("", "<div class=related-card><time datetime=2008-08-08>x</time></div><i class=date>3 Oct 2006</i>",
     "2006-10-03", "text"),
    ("", "<abbr class=published title=2006-10-03T10:00:00>three days ago</abbr>", "2006-10-03", "text"),
    ("", "<p>For Immediate Release: Tuesday, October 3, 2006</p>", "2006-10-03", "text"),
    ("", "<p>ALBANY, October 3, 2006 – Nineteen towns have agreed to count every home without a roof.</p>",
     "2006-10-03", "text"),
    ("", "<p>The towns met first on October 3, 2006 and again in the spring, when most of them had an answer.</p>",
     None, None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "markup", "day", "basis"), DATED)
def test_the_date_is_that_of_publication(head: str, markup: str, day: str | None, basis: str | None) -> None:
    head = head.replace("{'", '{"').replace("': '", '": "').replace("', '", '", "').replace("'}", '"}')
    page = f"<html><head>{head}</head><body><main><h1>{TITLE}</h1>{markup}{BODY}</main></body></html>"
    found = read_page(page.encode(), "https://counts.example/nineteen-towns")
    assert (found.published and found.published.isoformat(), found.published_basis) == (day, basis)


@pytest.mark.parametrize(
    "line",
    [
        "By 2030 the city will plant 40,000 trees.",
        "By May every town has signed",
        "Posted on every door are 12 rules.",
        "Updated standards for 300 cities",
        "Reviewed 40 plans by May 5, 2016, and approved 12 of them without a change of any kind at all",
        "Related investments of $40 million",
        "Topics for 19 towns",
        "Next steps for 19 towns",
    ],
)
@pytest.mark.parametrize("container", ["entry-content", "x7"])
def test_sentences_that_begin_like_a_letterhead_or_end_like_a_footer_stay(line: str, container: str) -> None:
    inner = f"<p>{line}</p>{BODY}<ul><li>{line}</li></ul>"
    page = f"<html>{HEAD}<body><h1>{TITLE}</h1><div class={container}>{inner}</div></body></html>"
    assert read_page(page.encode(), "").text == f"{line}\n\n{TEXT}\n\n{line}"


@pytest.mark.parametrize(
    "line", ["By Ada Lovelace", "By the Office of Counts", "For Immediate Release", "Posted by Staff"]
)
@pytest.mark.parametrize("end", ["Last updated: May 5, 2016", "Share this page", "Topics: homes, towns", "Back to top"])
def test_bylines_and_last_lines_go(line: str, end: str) -> None:
    inner = f"<p>{line}</p>{BODY}<p>{end}</p>"
    page = f"<html>{HEAD}<body><h1>{TITLE}</h1><div class=entry-content>{inner}</div></body></html>"
    assert read_page(page.encode(), "").text == TEXT


def test_a_name_that_sounds_like_junk_around_the_whole_page_takes_nothing_away() -> None:
    short = f"<html>{HEAD}<body><div class='page page--sidebar'><h1>{TITLE}</h1><p>{FIRST}</p></div></body></html>"
    assert read_page(short.encode(), "").text == FIRST
    full = f"<html>{HEAD}<body><div class='promo'><div class=x>{BODY * 3}</div></div></body></html>"
    assert read_page(full.encode(), "").text == "\n\n".join([TEXT] * 3)


def test_the_beginnings_of_other_articles_below_are_not_text() -> None:
    mills = f"<div class=entry-content><p>{'Eighty mills reopened. ' * 5}</p></div>"
    own = f"<article><h1>{TITLE}</h1><div class=entry-content>{BODY}</div></article>"
    page = f"<html>{HEAD}<body>{own}<article><h2>Eighty Mills Reopen</h2>{mills}</article></body></html>"
    assert read_page(page.encode(), "").text == TEXT


def test_the_button_that_opens_a_section_is_its_heading_and_other_buttons_are_nothing() -> None:
    sections = f"<h3><button>Ohio</button></h3><div hidden='until-found'><p>{SECOND}</p></div><button>Print</button>"
    page = f"<html>{HEAD}<body><h1>{TITLE}</h1><div class=entry-content><p>{FIRST}</p>{sections}</div></body></html>"
    assert read_page(page.encode(), "").text == f"{FIRST}\n\nOhio\n\n{SECOND}"
