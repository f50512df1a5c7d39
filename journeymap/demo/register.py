"""The register of personal data of the worked example: filled in for most touchpoints, with the gaps that are usual.

Invented like everything else in it; no advice on what is lawful.
"""

from __future__ import annotations

from typing import Final, TypeAlias

Row: TypeAlias = tuple[str, str, str, str, str, str, str]

ENTRIES: Final[tuple[Row, ...]] = (
    # touchpoint, data, purpose, legal basis, special categories, kept for, recipients
    ("Spot the fare", "Advertising identifier, pages seen", "Showing offers for Lisbon", "6a", "",
     "90 days", "Advertising network (joint controller)"),
    ("Book the trip", "Name, date of birth, e-mail address, telephone number", "Making and keeping the booking", "6b", "",
     "3 years from the end of the year", "Airline; payment provider"),
    ("Book the trip", "Card number, billing address", "Taking the payment", "6b", "",
     "13 months", "Payment provider"),
    ("Book the trip", "Invoice with name and address", "Book-keeping", "6c", "",
     "8 years (invoices, Germany)", "Tax adviser"),
    ("Book the trip", "Need for assistance: wheelchair, hearing, sight", "Assistance as Regulation (EC) 1107/2006 asks",
     "6c", "9a", "48 hours after the flight", "Airline; assistance service"),
    ("Get the e-mail", "Name, e-mail address, booking code", "Confirming the booking and its changes", "6b", "",
     "1 year", "Mail service (processor)"),
    ("Get the e-mail", "Opening of the e-mail", "Learning which messages are read", "6f", "",
     "30 days", "Mail service (processor)"),
    ("Plan the way", "Place and time of search in the app", "Suggesting a way to the airport", "6a", "",
     "until consent is withdrawn", "Rail partner, without name"),
    ("Take the train", "Name, ticket number, route", "Checking the combined ticket", "6b", "", "6 months", "Rail partner"),
    ("Check in", "Passport: name, number, nationality, date of birth", "Passenger data for the border police", "6c", "",
     "24 hours after landing", "Airline; border police"),
    ("Check in", "Seat, travel companions", "Issuing the boarding pass", "6b", "", "30 days", "Airline; handling agent"),
    ("Drop the bag", "Name, bag tag number, weight", "Carrying the bag and finding it again", "6b", "", "", "Handling agent"),
    ("Queue for security", "Video of the queue, without recording of sound", "Safety; measuring the wait", "6f", "",
     "72 hours", "Security company (processor)"),
    ("Queue for security", "Wi-Fi and Bluetooth identifiers, hashed (pseudonymised, still personal data)",
     "Estimating the wait for the screens above the lanes", "6f", "", "24 hours", "Sensor company (processor)"),
    ("Pass the scanner", "Body scan shown as a stick figure; result of the check", "Security check by law", "6c", "",
     "not stored", "Security company"),
    ("Pass the scanner", "Medical devices and prostheses that a passenger mentions", "Choosing the right kind of check",
     "6c", "", "not stored", "Security company"),
    ("Find gate and food", "Purchases with the loyalty card", "Giving points and vouchers", "6a", "",
     "2 years", ""),
    ("Hear of the delay", "Name, telephone number, flight", "Telling passengers of changes", "6b", "",
     "7 days after the flight", "Airline; SMS provider (processor)"),
    ("Board", "Name, seat, picture at the automatic gate", "Checking who boards", "6a", "9a",
     "deleted at departure", "Airline"),
    ("Wait for the bag", "Name, address, contents of a lost bag", "Finding and sending the bag; claims", "6b", "",
     "3 years from the end of the year", "Airline; handling agent; insurer"),
)  # fmt: skip

NO_DATA: Final = ("Find the entrance",)
"""Touchpoints of which the team has said that they process nothing personal; the others are open questions."""
