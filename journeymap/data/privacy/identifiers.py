"""Personal data with a form of its own, found in any text: e-mail, phone, account, card, network and postal addresses.

What has a check is checked: IBAN by ISO 13616 (remainder 1 by 97), cards by Luhn (ISO/IEC 7812-1), phone numbers by the
numbering plans of the `phonenumbers` package, network addresses by the standard library. A long run of digits in
people's own words is nearly always somebody's number, and goes too.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_REGIONS = ("DE", "GB", "US", "AT", "CH")
"""Where a number without a country code may be from."""

_EMAIL = re.compile(
    r"[\w.+%'’~-]+ ?(?:@|[\[({] ?(?:at|ät|@) ?[\])}]) ?[\w-]+(?: ?(?:\.|[\[({] ?(?:dot|punkt|\.) ?[\])}]) ?[\w-]+)+",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}", re.IGNORECASE)
_V4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)")
_V6 = re.compile(
    r"(?<![\w:])(?=[0-9a-f:]*:[0-9a-f]*:)[0-9a-f:]{6,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])", re.IGNORECASE
)
_DIGITS = re.compile(r"(?<![\w,])\d(?:[ ./-]?\d){8,24}(?!\w)")
_DIALLED = re.compile(
    r"(?<![\w.])(?:(?:\+|00) ?[1-9]\d{0,2}[ ./-]*(?:\(0\)[ ./-]*)?(?:\(?\d{1,5}\)?[ ./-]*){1,6}\d{2}"
    r"|\(?0\d{2,5}\)?[ /-]{1,3}\d[\d /-]{3,12}\d"
    r"|\(?0\d{2,5}\)?[ /-]{0,2}\d{4,10}"
    r"|\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4})(?!\w)"
)
_CALLED = re.compile(
    r"(?:tel(?:efon|ephone)?|phone|mobile|mobil|cell|handy|fax|call(?: me| us)?|ring(?: me)?|anruf\w*|rufnummer)\b[^\d\n+]{0,25}"
    r"(?P<number>\+?\d[\d ()./-]{4,20}\d)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?<!\w)(?:\d{1,5}[a-z]? (?:[A-Z][\w'’.-]* ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Crescent|Court|Boulevard|Blvd|Terrace|Gardens|Grove|Square|Way|Mews|Place|Row|Walk|Parade|Rise|Yard|Parkway|Highway|Trail|Circle|Hill)\b\.?"
    r"|(?:[A-ZÄÖÜ][\wäöüß.-]*[ -]){0,2}[A-ZÄÖÜ]?[\wäöüß-]*(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Uu]fer|[Dd]amm|[Cc]haussee|[Ss]tieg|[Rr]ing) ?\d{1,4}(?: ?[a-z])?\b"
    r"|(?:Am|An der|Im|In der|Auf der|Auf dem|Zum|Zur|Unter den|Hinter der) [A-ZÄÖÜ][\wäöüß-]+ \d{1,3} ?[a-z]?(?=[,;.]? ?(?:D-)?\d{5}\b))"
    r"(?:,? (?:in )?(?:D-|A-|CH-)?\d{4,5} [A-ZÄÖÜ][\wäöüß-]+)?"
)
_POSTCODE = re.compile(r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|(?:D|A|CH)-\d{4,5} [A-ZÄÖÜ][\wäöüß-]+)(?!\w)")
_POSTED = re.compile(
    r"(?<!\w)(?:(?:Flat|Studio|Unit|Apt\.?|Apartment|Suite) \w{1,6},? )?(?:\d{1,5}[A-Za-z]? )?(?:[A-Z][\w'’.-]* ?){1,4}"
    r"(?:, ?[A-Z][\w'’ .-]{1,30}){1,2},? (?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?)(?!\w)"
)
_GROUPS = re.compile(r"(?<![\w.,+])[+(]?\d(?:[ ()./-]{0,2}\d){5,16}(?!\w)")
_DAY = re.compile(
    r"\d{1,4}([./-])\d{1,2}\1\d{1,4}(?:[ T]\d{1,2}[:.]?\d{0,2})?|(?:19|20)\d{2}[./-](?:0[1-9]|1[0-2])$"  # or a month
)
_GROUPED = re.compile(r"\d{1,3}(?:([ .])\d{3})(?:\1\d{3})*")
_ENOUGH_DIGITS = re.compile(r"(?:\d\D{0,3}){6}")


class Span(Struct, frozen=True):
    """Where something personal stands in a text, and of what kind it is (see `columns.reason`)."""

    start: int
    end: int
    kind: str


_SOME_SIGN = re.compile(r"[0-9@(\[{:.]")  # without one of these there is nothing to look for


def identifiers(text: str) -> list[Span]:
    """Everything in `text` that has the form of an identifier, in its order, without overlaps."""
    found: list[Span] = []
    if text.isascii() and not _SOME_SIGN.search(text):
        return found
    for looked_for in (_emails, _numbers, _addresses):
        for span in looked_for(text):
            if all(span.end <= other.start or other.end <= span.start for other in found):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _emails(text: str) -> Iterator[Span]:
    if "@" in text or "(" in text or "[" in text or "{" in text:
        yield from (Span(*match.span(), "email") for match in _EMAIL.finditer(text))


def _addresses(text: str) -> Iterator[Span]:
    if any(character.isdigit() for character in text):
        for form in (_POSTED, _STREET, _POSTCODE):
            found = (Span(*match.span(), "address") for match in form.finditer(text))
            yield from (span for span in found if any(map(str.isdigit, text[span.start : span.end])))


def _numbers(text: str) -> Iterator[Span]:
    """Everything made of digits, what can be checked first."""
    if ":" in text:
        yield from (Span(*match.span(), "ip") for match in _V6.finditer(text) if is_ip(match.group()))
    if not _ENOUGH_DIGITS.search(text) and text.count(".") < 3:
        return
    yield from (Span(*match.span(), "ip") for match in _V4.finditer(text) if is_ip(match.group()))
    for match in _IBAN.finditer(text):
        length = iban(match.group())
        if length:
            yield Span(match.start(), match.start() + length, "identity")
    for match in _DIGITS.finditer(text):
        if luhn(match.group()):
            yield Span(*match.span(), "identity")
    yield from _phones(text)
    for match in _DIGITS.finditer(text):
        if not (_DAY.match(match.group()) or _GROUPED.fullmatch(match.group())):
            yield Span(*match.span(), "identity")


def _phones(text: str) -> Iterator[Span]:
    """By cue, by form, and by the numbering plans (in that order: a wrong number is somebody's as well)."""
    for match in _CALLED.finditer(text):
        if not _DAY.match(match["number"]) and sum(map(str.isdigit, match["number"])) >= 6:
            yield Span(*match.span("number"), "phone")
    for match in _DIALLED.finditer(text):
        if sum(map(str.isdigit, match.group())) >= 7:
            yield Span(*match.span(), "phone")
    for match in _GROUPS.finditer(text):
        if _is_phone(match.group()):
            yield Span(*match.span(), "phone")


@lru_cache(maxsize=4096)
def _is_phone(text: str) -> bool:
    """Whether a numbering plan knows the number. Days, amounts and bare digits without a leading 0 are something else."""
    if _DAY.match(text) or _GROUPED.fullmatch(text) or (text.isdigit() and text[0] != "0"):
        return False
    from phonenumbers import NumberParseException, is_valid_number, parse

    for region in _REGIONS:
        try:
            if is_valid_number(parse(text, region)):
                return True
        except NumberParseException:
            continue
    return False


def is_ip(text: str) -> bool:
    """Whether `text` is a network address, of version 4 or 6."""
    if text.count(".") != 3 and ":" not in text:
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def iban(text: str) -> int:
    """How many characters at the beginning of `text` are an account number whose check digits are right; 0: none."""
    places = [index for index, character in enumerate(text) if character.isalnum()]
    kept = "".join(text[index] for index in places).upper()
    for length in range(min(34, len(kept)), 14, -1):
        end = places[length - 1] + 1
        if end < len(text) and text[end].isalnum() and not text[end - 1].isdigit():
            continue
        turned = kept[4:length] + kept[:4]
        if int("".join(str(int(character, 36)) for character in turned)) % 97 == 1:
            return end
    return 0


def luhn(text: str) -> bool:
    """Whether the digits of `text` are a card number: 13 to 19 of them, the last one checking the others."""
    digits = [int(character) for character in text if character.isdigit()]
    if not 13 <= len(digits) <= 19 or digits[0] not in {2, 3, 4, 5, 6}:
        return False
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0
