"""A headless Chromium for the tests of pages and mail, and what is asked of a page in it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

PHONE, DESKTOP = 390, 1200
AXE = "axe-core@4.14.1"

_QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

LOW_CONTRAST = """
const shown = (element) => element.getClientRects().length && getComputedStyle(element).visibility !== 'hidden';
const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
const ground = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const c = parts(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0.99) return c;
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
};
const luminance = (c) => {
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const [r, g, b] = c.slice(0, 3).map((v) => linear(v / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const bad = [];
for (const element of document.body.querySelectorAll('*')) {
  const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own || !shown(element) || element.closest('svg') || element.closest('.preheader, .skip, .sr')) continue;
  const style = getComputedStyle(element), size = parseFloat(style.fontSize);
  const [a, b] = [luminance(parts(style.color)), luminance(ground(element))].sort((x, y) => y - x);
  const contrast = (a + 0.05) / (b + 0.05), needed = size >= 24 ? 3 : 4.5;
  if (contrast < needed) bad.push(element.textContent.trim().slice(0, 40) + ' ' + contrast.toFixed(2));
}
return bad;
"""


@contextmanager
def open_browser(profile: Path) -> Iterator[webdriver.Chrome]:
    """Chromium with an empty profile; the test is skipped by name where there is none."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("chromium and chromedriver, which open the pages, are not installed")
    options = Options()
    options.binary_location = chromium
    for flag in (*_QUIET, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield browser
    finally:
        browser.quit()


def show(browser: webdriver.Chrome, page: Path, *, width: int = DESKTOP, dark: bool = False, anchor: str = "") -> None:
    """Open a page as a phone or a desk shows it, by day or by night."""
    metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    still = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, still]})
    browser.get("about:blank")
    browser.get(page.as_uri() + anchor)


def complaints(browser: webdriver.Chrome) -> list[str]:
    """What the browser's console has against the page."""
    logs: list[dict[str, Any]] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in logs if entry["level"] in ("SEVERE", "WARNING")]


def axe_script(folder: Path) -> str:
    """The source of axe-core, fetched from the npm registry; the test is skipped by name where that cannot be."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm, which fetches axe-core, is not installed")
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), AXE]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode or not script.exists():
        pytest.skip("axe-core cannot be fetched from the npm registry")
    return script.read_text(encoding="utf-8")
