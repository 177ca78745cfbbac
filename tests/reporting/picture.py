"""Takes a picture of a page on a phone, for the README: `python -m tests.reporting.picture PAGE PNG [HEIGHT]`."""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

from tests.reporting.browser import PHONE, open_browser, show


def main(page: Path, picture: Path, height: int) -> None:
    """Write the picture at twice the size, as screens of today show it."""
    with tempfile.TemporaryDirectory() as profile, open_browser(Path(profile)) as browser:
        show(browser, page.resolve(), width=PHONE)
        clip = {"x": 0, "y": 0, "width": PHONE, "height": height, "scale": 2}
        shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        picture.write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1500)
