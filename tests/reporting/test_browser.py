"""Pages and mail in a real browser: legible by day and night, on a phone, by keyboard, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from flows.reporting import mail
from flows.reporting.links import evidence_path
from flows.reporting.payload import read_edition
from flows.reporting.site import write_site
from tests.reporting import examples
from tests.reporting.browser import DESKTOP, LOW_CONTRAST, PHONE, axe_script, complaints, open_browser, show
from tests.warehouse.builders import LedgerBuilder
from warehouse.site_data import SiteData

pytestmark = pytest.mark.slow

PAGES = (
    "index.html",
    "data.html",
    "editions/2016-W03.html",
    "editions/index.html",
    "initiatives/compact.html",
    "initiatives/index.html",
    "places/geonames-1.html",
    "places/index.html",
)


@pytest.fixture(scope="module")
def site(mondays: tuple[LedgerBuilder, list[Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(SiteData(mondays[0].con), folder)
    return folder


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("mail") / "mail.html"
    page.write_text(mail.compose(read_edition(examples.payload())).standalone_html(), encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def _all_pages(site: Path) -> list[Path]:
    return [*(site / name for name in PAGES), *sorted((site / "evidence").iterdir())[:3]]


@pytest.mark.parametrize("dark", [False, True], ids=["by day", "by night"])
def test_every_word_is_legible(browser: webdriver.Chrome, site: Path, letter: Path, dark: bool) -> None:
    for page in (*_all_pages(site), letter):
        show(browser, page, dark=dark)
        assert browser.execute_script(LOW_CONTRAST) == [], page.name


def test_the_contrast_check_sees_what_is_illegible(browser: webdriver.Chrome, tmp_path: Path) -> None:
    page = tmp_path / "pale.html"
    page.write_text("<!doctype html><body style='background:#fff'><p style='color:#aaa'>pale words</p>")
    show(browser, page)
    assert browser.execute_script(LOW_CONTRAST) == ["pale words 2.32"]


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_no_page_is_wider_than_its_screen(browser: webdriver.Chrome, site: Path, letter: Path, width: int) -> None:
    for page in (*_all_pages(site), letter):
        show(browser, page, width=width)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, page.name


def test_no_page_makes_the_browser_complain(browser: webdriver.Chrome, site: Path, letter: Path) -> None:
    complaints(browser)
    for page in (*_all_pages(site), letter):
        show(browser, page)
        assert complaints(browser) == [], page.name


def test_an_evidence_link_leads_to_the_marked_sentence(
    browser: webdriver.Chrome, site: Path, mondays: tuple[LedgerBuilder, list[Any]]
) -> None:
    rows = mondays[0].rows("SELECT version_id, fact_id, quote FROM fact_current ORDER BY fact_id")
    for version_id, fact_id, quote in rows:
        show(browser, site / evidence_path(str(version_id)), width=PHONE, anchor=f"#f-{fact_id}")
        target = browser.find_element(By.CSS_SELECTOR, ":target")
        assert quote.startswith(target.text)
        top = browser.execute_script("return arguments[0].getBoundingClientRect().top", target)
        assert 0 <= top < 844
        colours = "return getComputedStyle(arguments[0].querySelector('mark')).outlineStyle"
        assert browser.execute_script(colours, target) == "solid"


def test_a_figure_of_the_front_page_leads_to_its_sentence(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    browser.find_element(By.CSS_SELECTOR, "a.big").click()
    assert "/evidence/" in browser.current_url
    assert browser.find_element(By.CSS_SELECTOR, ":target").text.startswith("As of today 122")


def test_the_search_finds_by_name_and_by_other_names_with_the_keyboard_alone(
    browser: webdriver.Chrome, site: Path
) -> None:
    show(browser, site / "evidence" / sorted(path.name for path in (site / "evidence").iterdir())[0])
    field = browser.find_element(By.ID, "q")
    field.send_keys("com")
    found = WebDriverWait(browser, 10).until(lambda b: b.find_elements(By.CSS_SELECTOR, "#found a"))
    assert [link.text for link in found] == ["Compact of Mayors"]
    assert browser.find_element(By.ID, "found-count").get_attribute("textContent") == "1 match"
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("/initiatives/compact.html"))
    field = browser.find_element(By.ID, "q")
    field.send_keys("denv", Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("/places/geonames-1.html"))


def test_the_search_says_when_it_finds_nothing(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    browser.find_element(By.ID, "q").send_keys("zzz")
    WebDriverWait(browser, 10).until(
        lambda b: b.find_element(By.ID, "found-count").get_attribute("textContent") == "0 matches"
    )
    assert not browser.find_element(By.ID, "found").is_displayed()


def test_without_script_all_is_there_but_the_search(browser: webdriver.Chrome, site: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, site / "index.html")
        assert not browser.find_element(By.CSS_SELECTOR, ".search").is_displayed()
        browser.find_element(By.LINK_TEXT, "Initiatives").click()
        browser.find_element(By.LINK_TEXT, "Compact of Mayors").click()
        assert browser.find_element(By.TAG_NAME, "h1").text == "Compact of Mayors"
        assert browser.find_element(By.CSS_SELECTOR, "svg.plot.wide").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_first_tab_offers_to_skip_to_the_content(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the content"


def test_a_phone_gets_the_narrow_chart_with_letters_of_full_size(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "initiatives" / "compact.html", width=PHONE)
    assert not browser.find_element(By.CSS_SELECTOR, "svg.plot.wide").is_displayed()
    narrow = browser.find_element(By.CSS_SELECTOR, "svg.plot.narrow")
    assert narrow.is_displayed()
    heights = "return [...arguments[0].querySelectorAll('text')].map((t) => t.getBoundingClientRect().height)"
    assert min(browser.execute_script(heights, narrow)) >= 11


def test_print_shows_the_readings_and_no_search(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "initiatives" / "compact.html")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not browser.find_element(By.CSS_SELECTOR, ".search").is_displayed()
    assert browser.find_element(By.TAG_NAME, "h1").is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("dark", [False, True], ids=["by day", "by night"])
def test_axe_finds_no_serious_problem(
    browser: webdriver.Chrome, site: Path, letter: Path, tmp_path_factory: pytest.TempPathFactory, dark: bool
) -> None:
    script = axe_script(tmp_path_factory.mktemp("axe"))
    for page in (*_all_pages(site), letter):
        show(browser, page, width=PHONE, dark=dark)
        browser.execute_script(script)
        result = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        serious = [
            (found["id"], found["nodes"][0]["html"])
            for found in result["violations"]
            if found["impact"] in ("serious", "critical")
        ]
        assert serious == [] and result["passes"], page.name
