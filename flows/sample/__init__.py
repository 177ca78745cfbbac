"""The embedded newsroom: three publishers on loopback, so that the whole line runs without a network.

The releases are in our own words; the figures are those of real releases of 2014 to 2016 (see docs/sample.md).
"""

from importlib.resources import files
from pathlib import Path

from flows.sample.server import serve

SOURCES = Path(str(files("flows.sample").joinpath("sources")))
"""The folder with the three publishers' source declarations."""

__all__ = ["SOURCES", "serve"]
