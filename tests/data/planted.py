"""Identifiers to plant in a survey: typed as people and systems type them, each valid by its own check. Seeded."""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Callable

import phonenumbers

Typed = tuple[str, str]
"""(kind, as it stands in the cell)"""


def planted(count: int, seed: int = 7) -> list[Typed]:
    """`count` different identifiers of six kinds, in turn."""
    chance = random.Random(seed)
    kinds: list[tuple[str, Callable[[random.Random], str]]] = [
        ("email", _email), ("phone", _phone), ("iban", _iban), ("ip", _ip), ("card", _card),
        ("address", _address),
    ]  # fmt: skip
    found: dict[str, Typed] = {}
    while len(found) < count:
        kind, make = kinds[len(found) % len(kinds)]
        text = make(chance)
        found.setdefault(text, (kind, text))
    return list(found.values())


def _email(chance: random.Random) -> str:
    user = "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=8))
    name = chance.choice([user, f"{user[:3]}.{user[3:]}", f"{user}+shop", f"{user}_{chance.randint(1, 99)}"])
    host = "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=7))
    at = chance.choice(["@", "@", "@", " (at) ", "[at]"])
    return f"{name}{at}{host}.{chance.choice(['de', 'com', 'co.uk', 'org', 'example.net'])}"


def _phone(chance: random.Random) -> str:
    region = chance.choice(["DE", "GB", "US", "AT", "CH"])
    kind = chance.choice([phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE])
    example = phonenumbers.example_number_for_type(region, kind)
    while True:
        digits = str(example.national_number)
        other = digits[:-5] + f"{chance.randint(0, 99999):05}"
        number = phonenumbers.PhoneNumber(country_code=example.country_code, national_number=int(other))
        if phonenumbers.is_valid_number(number):
            break
    forms = phonenumbers.PhoneNumberFormat
    form = chance.choice([forms.E164, forms.INTERNATIONAL, forms.INTERNATIONAL, forms.NATIONAL])
    text = phonenumbers.format_number(number, form)
    return text.replace(" ", chance.choice([" ", " ", "-", "/"]) if form == forms.NATIONAL and region == "DE" else " ")


def _iban(chance: random.Random) -> str:
    country, length = chance.choice([("DE", 18), ("AT", 16), ("CH", 17), ("ES", 20), ("PL", 24)])
    account = "".join(chance.choices("0123456789", k=length))
    check = 98 - int("".join(str(int(letter, 36)) for letter in f"{account}{country}00")) % 97
    whole = f"{country}{check:02}{account}"
    grouped = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return chance.choice([whole, grouped, grouped.replace(" ", "-"), whole.lower()])


def _ip(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return str(ipaddress.IPv4Address(chance.randrange(11 << 24, 223 << 24)))
    return str(ipaddress.IPv6Address((0x2001 << 112) | chance.getrandbits(100)))


def _card(chance: random.Random) -> str:
    digits = chance.choice(["4", "51", "55", "37"])
    digits += "".join(chance.choices("0123456789", k=(14 if digits == "37" else 15) - len(digits)))
    doubled = sum(int(one) for place, digit in enumerate(reversed(digits)) for one in str(int(digit) * (2 - place % 2)))
    whole = digits + str(-doubled % 10)
    grouped = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return chance.choice([whole, grouped, grouped.replace(" ", "-")])


_STREETS = [
    "Linden",
    "Goethe",
    "Garten",
    "Bahnhof",
    "Schul",
    "Berg",
    "Wald",
    "Mühlen",
    "Kirch",
    "Rosen",
    "Haupt",
    "Brunnen",
]
_ROADS = ["Church", "Victoria", "Park", "Green", "London", "High", "Station", "Queens", "Mill", "Albert", "Springfield"]
_TOWNS = ["Leipzig", "Köln", "Ulm", "Graz", "Kiel"]
_CITIES = ["Leeds", "Bristol", "York", "Bath", "Derby"]


def _address(chance: random.Random) -> str:
    if chance.random() < 0.5:
        street = chance.choice(_STREETS) + chance.choice(["straße", "str.", "weg", "allee", "gasse", "platz"])
        return f"{street} {chance.randint(1, 199)}{chance.choice(['', 'a', ' b'])}, {chance.randint(10000, 99999)} {chance.choice(_TOWNS)}"
    road = f"{chance.choice(_ROADS)} {chance.choice(['Street', 'Road', 'Lane', 'Avenue', 'Close', 'Mews', 'Hill'])}"
    post = f"{chance.choice(['LS', 'BS', 'YO', 'BA', 'DE'])}{chance.randint(1, 20)} {chance.randint(1, 9)}{chance.choice(['AB', 'QX', 'TN'])}"
    return f"{chance.randint(1, 299)} {road}, {chance.choice(_CITIES)} {post}"
