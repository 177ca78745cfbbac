"""Fills the HTML frames of the sample sites: `frames/<publisher>/<name>.html` with `$name` where something goes in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template


def fill(publisher: str, name: str, **values: str) -> str:
    """The frame with each of its places filled; a place without a value is an error. Values are HTML already."""
    return _frame(publisher, name).substitute(values).rstrip("\n")


@cache
def _frame(publisher: str, name: str) -> Template:
    return Template(files("flows.sample").joinpath("frames", publisher, f"{name}.html").read_text(encoding="utf-8"))
