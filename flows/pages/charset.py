"""Bytes to text: charset by byte order mark, header, meta and detection, checked against the bytes themselves."""

from __future__ import annotations

import codecs
import re

# `charset=utf-8` in a header, `<meta charset="utf-8">`, `<?xml version="1.0" encoding="utf-8"?>`
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,80}encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What browsers make of these labels: the Windows page is a superset in which the difference is printable.
_BROWSER = {"iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
# Two characters of UTF-8 that were read as Windows-1252: `â€` of a curly quote, `Ã©`, `Â `
_DOUBLE_ENCODED = re.compile("[ÂÃÅâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ðŸ")
# One page for each family of scripts: neighbours such as Windows-1250 fit any Western text too, and win by chance.
_LIKELY = ["cp1252", "cp1251", "cp1253", "cp1256", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "utf_16"]
_CHARSET = re.compile(
    r"utf-?(?:8|16|32)[\w-]*|cp\d+|iso\d[\w-]*|koi8[\w-]*|mac[\w-]*|shift_jis\w*|euc\w*|gb\w*|big5\w*"
)
_META_WITHIN = 4096
_DETECT_WITHIN = 50_000


def decode(data: bytes, content_type: str | None = None) -> str:
    """The text of a document in the charset that its header, its meta tag or its bytes tell."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    if _is_utf8(data):
        return data.decode("utf-8", errors="replace")
    declared = _from_header(content_type) or _from_meta(data)
    if declared == "utf-8" and not _mostly_utf8(data):
        declared = None
    return data.decode(declared or _detected(data), errors="replace")


def mend(text: str) -> tuple[str, bool]:
    """The text with double-encoded UTF-8 read rightly, and whether anything was mended. Whole text is left alone."""
    if not _DOUBLE_ENCODED.search(text):
        return text, False
    import ftfy  # seldom needed, and slow to load

    mended = ftfy.fix_encoding(text)
    return mended, mended != text


def _from_header(content_type: str | None) -> str | None:
    found = _IN_HEADER.search(content_type or "")
    return _known(found[1]) if found else None


def _from_meta(data: bytes) -> str | None:
    found = _IN_META.search(data[:_META_WITHIN])
    return _known((found[1] or found[2]).decode("ascii")) if found else None


def _known(label: str) -> str | None:
    """Our name for a charset; None for one that no page is written in (`rot13` and `punycode` are codecs, too)."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _BROWSER.get(name, name)
    return name if _CHARSET.fullmatch(name) else None


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 throughout. Other charsets hardly ever are by chance, so this outweighs a label."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(data) - 4 and len(data) > 1000  # cut in the middle of the last character
    return True


def _mostly_utf8(data: bytes) -> bool:
    wrong = data.decode("utf-8", errors="replace").count("\ufffd")
    beyond_ascii = len(data) - len(data.translate(None, bytes(range(0xC0, 0x100))))
    return wrong * 10 < beyond_ascii


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # seldom needed, and slow to load

    best = from_bytes(data[:_DETECT_WITHIN], cp_isolation=_LIKELY).best()
    name = best.encoding if best else "cp1252"
    return _BROWSER.get(codecs.lookup(name).name, name)
