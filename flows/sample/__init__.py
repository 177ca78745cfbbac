"""The embedded newsroom: three publishers on loopback, so that the whole line runs without a network.

The releases are in our own words; the figures are those of real releases of 2014 to 2016 (see docs/sample.md).
"""

from datetime import date
from importlib.resources import files
from pathlib import Path

from flows.sample.server import serve

SOURCES = Path(str(files("flows.sample").joinpath("sources")))
"""The folder with the three publishers' source declarations."""

FIRST_DAY = date(2014, 1, 1)
"""A day before the first release: how far back the sample's first run reaches."""

__all__ = ["FIRST_DAY", "SOURCES", "serve"]
