"""XML from strangers: parsed without entities and documents of others, and mended where its writer did not know XML.

Writers of CJML do not escape their texts, leave attributes unquoted and elements open, and write "undefined" before the
first element. What was mended is said; what cannot be mended is refused in a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_DEPTH = 200
_BARE = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>/]+))*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)'|([^\s\"'<>/]+))")
_ASIDES = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def root_name(text: str) -> str:
    """The local name of the first element; "" for what is no markup."""
    found = _ROOT.search(_without_asides(text[:20_000]))
    return found.group(2) if found else ""


def parsed(text: str, name: str) -> tuple[Element, bool]:
    """The root element, and whether the text had to be mended first. Raises Failure."""
    start = text.find("<")
    body = text[start:] if start >= 0 else text
    found = _parsed(body, name)
    if found is not None:
        return found, start > 0 and bool(text[:start].strip("\ufeff \t\r\n"))
    found = _parsed(_BARE.sub("&amp;", body), name) or _parsed(mended(body), name)
    if found is None:
        raise Failure(
            _("{name} is no XML, and cannot be mended; export it once more or correct it in an editor.").format(
                name=name
            )
        )
    return found, True


def _parsed(text: str, name: str) -> Element | None:
    from defusedxml import DefusedXmlException, ElementTree

    try:
        root: Element = ElementTree.fromstring(text)
    except DefusedXmlException as error:
        raise Failure(
            _(
                "{name} defines entities of its own, which can hide other files or fill the memory; it was not read."
            ).format(name=name)
        ) from error
    except (ElementTree.ParseError, ValueError):
        return None
    return root


def mended(text: str) -> str:
    """The text as XML: attributes quoted, elements closed, signs escaped. What stands outside the root is left out."""
    out: list[str] = []
    open_: list[str] = []
    end = 0
    text = _without_asides(text)
    for found in _TAG.finditer(text):
        if open_:
            out.append(_escaped(text[end : found.start()]))
        end = found.end()
        closing, tag, attributes, empty = found.groups()
        if closing:
            if tag in open_:
                while (last := open_.pop()) != tag:
                    out.append(f"</{last}>")
                out.append(f"</{tag}>")
                if not open_:
                    return "".join(out)
        elif len(open_) < MOST_DEPTH:
            out.append(f"<{tag}{_quoted(attributes)}{'/' * bool(empty)}>")
            if not empty:
                open_.append(tag)
            elif not open_:
                return "".join(out)
    return "".join(out) + "".join(f"</{tag}>" for tag in reversed(open_))


def _without_asides(text: str) -> str:
    """Without comments and instructions; of protected texts what they say."""
    out: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        begin, close = next((pair for pair in _ASIDES if text.startswith(pair[0], start)), ("", ""))
        end = text.find(close, start) if close else -1
        if end < 0 and close:
            break  # never closed: the rest is the text of nobody
        out.append(text[at : start if close else start + 1])
        if close == "]]>":
            out.append(_escaped(text[start + len(begin) : end]))
        at = end + len(close) if close else start + 1
    return "".join(out) + text[at:]


def _quoted(attributes: str) -> str:
    pairs: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(attributes):
        pairs.setdefault(key, double or single or bare)
    return "".join(f' {key}="{_escaped(value)}"' for key, value in pairs.items())


def _escaped(text: str) -> str:
    return _BARE.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
