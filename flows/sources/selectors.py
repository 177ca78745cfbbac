"""The few CSS selectors that source files use, translated to XPath.

A subset on purpose: tag, `.class`, `#id`, `[attr]`, `[attr=v]` (also `^=`, `*=`, `$=`), `:not(...)` of one of these,
descendant (space), child (`>`) and groups (`,`). It needs no package, is checked while a source file is read, and keeps
source files plain.
"""

from __future__ import annotations

import re
from functools import cache

# `a.b`, `#main`, `[rel="next"]`, `:not(.hidden)`, or a combinator
_PART = re.compile(
    r"""(?P<tag>\*|[a-zA-Z][\w-]*)
      | \.(?P<cls>[\w-]+)
      | \#(?P<id>[\w-]+)
      | \[\s*(?P<attr>[\w:-]+)\s*(?:(?P<op>[\^*$]?=)\s*(?P<quote>["']?)(?P<value>[^"'\]]*)(?P=quote)\s*)?\]
      | :not\(\s*(?P<negated>[^()]+?)\s*\)
      | (?P<comb>\s*>\s*|\s+)""",
    re.VERBOSE,
)


class SelectorError(ValueError):
    """A selector outside the subset."""


@cache
def to_xpath(css: str) -> str:
    """The XPath, relative to a context node, of a selector group."""
    groups = [group.strip() for group in css.split(",")]
    if not all(groups):
        raise SelectorError(f"empty selector in {css!r}")
    return " | ".join(_path(group) for group in groups)


def _path(css: str) -> str:
    steps = [".//"]
    tag, tests, position = "", "", 0
    while position < len(css):
        part = _PART.match(css, position)
        if part is None:
            raise SelectorError(f"cannot read {css[position:]!r} in {css!r}")
        position = part.end()
        if part["comb"]:
            steps += [_step(tag, tests, css), "/" if ">" in part["comb"] else "//"]
            tag, tests = "", ""
        elif part["tag"]:
            if tag or tests:
                raise SelectorError(f"{part['tag']!r} stands at a wrong place in {css!r}")
            tag = part["tag"].lower()
        else:
            tests += f"[{_test(part)}]"
    return "".join([*steps, _step(tag, tests, css)])


def _step(tag: str, tests: str, css: str) -> str:
    if not tag and not tests:
        raise SelectorError(f"nothing between two combinators in {css!r}")
    return (tag or "*") + tests


def _test(part: re.Match[str]) -> str:
    if part["cls"]:
        return f"contains(concat(' ', normalize-space(@class), ' '), ' {part['cls']} ')"
    if part["id"]:
        return f"@id = '{part['id']}'"
    if part["negated"]:
        inner = _PART.fullmatch(part["negated"])
        if inner is None or inner["comb"] or inner["negated"]:
            raise SelectorError(f"cannot negate {part['negated']!r}")
        return f"not(self::{inner['tag'].lower()})" if inner["tag"] else f"not({_test(inner)})"
    return _attribute_test(part)


def _attribute_test(part: re.Match[str]) -> str:
    name, value = f"@{part['attr']}", f"'{part['value']}'"
    if part["op"] is None:
        return name
    if part["op"] == "^=":
        return f"starts-with({name}, {value})"
    if part["op"] == "*=":
        return f"contains({name}, {value})"
    if part["op"] == "$=":
        return f"substring({name}, string-length({name}) - {len(part['value']) - 1}) = {value}"
    return f"{name} = {value}"
