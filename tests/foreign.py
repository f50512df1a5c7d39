"""Maps as other tools write them, for the tests: derived from what is known of the formats, not copied from anywhere."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MERMAID = """---
config:
  theme: base
---
%%{init: {'theme': 'forest'}}%%
journey
    title A rented bicycle
    %% a remark
    section Book
        Find a shop: 4: Ines, Otto
        Compare prices: 2: Otto
    section Ride
        Fetch #35;12<br/>and go: 7: Ines
        Ride along: good: Ines
    section Book
        Pay: 3
"""

ADVANCED = """<?xml version="1.0"?>
<!-- written by hand -->
<CJML version="2.0">
  <plannedJourney>
    <journeyID>Rent</journeyID><journeyTitle>Rent a bicycle</journeyTitle>
    <journeyPhases>
      <journeyPhase phaseID=" Book"><phaseName>Book</phaseName><phaseDescription>Choose one</phaseDescription></journeyPhase>
      <journeyPhase phaseID="Ride"><phaseName>Ride</phaseName></journeyPhase>
    </journeyPhases>
    <journeyShortSummary>undefined</journeyShortSummary>
    <journeyStatus>draft</journeyStatus>
    <touchpoints>
      <plannedCommunicationPoint>
        <touchpointID>T1</touchpointID><belongsTo phaseIDref="Book"/>
        <receiver><refersTo actorIDref="Ines"/><receiverLabel>Reads the offer</receiverLabel></receiver>
        <initiator><refersTo actorIDref="Shop"/><initiatorLabel>Sends an offer</initiatorLabel></initiator>
        <channel><channelName>email</channelName></channel>
      </plannedCommunicationPoint>
      <plannedAction>
        <touchpointID>T2</touchpointID>
        <initiator><refersTo actorIDref="Ines"/><initiatorLabel>Measures her height</initiatorLabel></initiator>
      </plannedAction>
      <plannedCommunicationPoint>
        <touchpointID>T3</touchpointID><belongsTo phaseIDref="Ride"/>
        <initiator><refersTo actorIDref="Ines"/><initiatorLabel>Fetches it</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Ghost"/><receiverLabel>Hands it over</receiverLabel></receiver>
        <channel><channelName>faceToFace</channelName></channel>
      </plannedCommunicationPoint>
    </touchpoints>
  </plannedJourney>
  <actualJourney>
    <journeyID>Ines, May</journeyID><plannedReference>Rent a bicycle</plannedReference>
    <actors>
      <endUser actorID="Ines"><actorName>Ines</actorName></endUser>
      <serviceProvider actorID="Shop"><companyName>Wheels</companyName></serviceProvider>
    </actors>
    <touchpoints>
      <actualCommunicationPoint>
        <touchpointID>T1</touchpointID><compliance>missing</compliance>
        <initiator><refersTo actorIDref="Shop"/></initiator><receiver><refersTo actorIDref="Ines"/></receiver>
      </actualCommunicationPoint>
      <actualCommunicationPoint>
        <touchpointID>D1</touchpointID><compliance>adhoc</compliance>
        <initiator><refersTo actorIDref="Ines"/><initiatorLabel>Calls about it</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Shop"/><receiverLabel>Answers</receiverLabel></receiver>
        <channel><channelName>Telephone</channelName></channel>
        <timestamps><timeOriginated>2026-05-02T10:00</timeOriginated></timestamps>
      </actualCommunicationPoint>
      <actualCommunicationPoint>
        <touchpointID>T3</touchpointID><compliance>failing</compliance>
        <initiator><refersTo actorIDref="Ines"/></initiator><receiver><refersTo actorIDref="Shop"/></receiver>
        <touchpointExperience><experienceDescription>Too small</experienceDescription><experienceRating>2</experienceRating></touchpointExperience>
      </actualCommunicationPoint>
    </touchpoints>
  </actualJourney>
</CJML>
"""

EARLY = """undefined<cjml>
<actors><actor id="a1" type="customer"><actorName>Ines</actorName></actor></actors>
<touchpoint id="t1" type="message" time="10:00"><initiator actorIDref="a1"/><label>Writes</label><channel>email</channel></touchpoint>
<touchpoint id="t2" type="action" time="11:00"><label>Waits</label></touchpoint>
</cjml>"""

BROKEN = """undefined<cjml>
<actors><actor id=a1><actorName>Ines & Otto</actorName></actor>
<touchpoint id=t1 type=message time=10:00><label>Writes & waits <3</label></touchpoint>
<touchpoint id=t2><label>Pays</label></touchpoint>
"""

ACROSS = [
    ["Bicycle rental", "", "", "", ""],
    ["", "", "", "", ""],
    ["Phase", "Book", "", "Ride", ""],
    ["Schritte", "Find a shop", "Pay", "Fetch it", "Bring it back"],
    ["Kanal", "Web", "Web", "Laden", "Laden / Telefon"],
    ["Gedanken", "Is it far?", "", "- nice\n- heavy", ""],
    ["Emotionen", "1", "-1", "2", "-2"],
    ["Pain Points", "", "No card\nSlow page", "", "Queue"],
    ["Abteilung", "Marketing", "Finance", "Shop", "Shop"],
    ["Backstage", "Keeps prices", "", "", ""],
    ["Wetter", "", "", "sunny", ""],
]
ACROSS_MERGED = [(2, 1, 2, 2), (2, 3, 2, 4), (9, 1, 9, 2)]

DOWN = [
    ["Phase", "Touchpoint", "Channel", "Thought", "Emotion (Ines)", "Pain point", "Severity", "Owner", "Empty"],
    ["Book", "Find a shop", "Web", "Is it far?", "4", "", "", "Ada", ""],
    ["", "Pay", "Web", "", "2", "No card", "5", "Ada", ""],
    ["Ride", "Fetch it", "Shop", "Nice", "5", "", "", "Bo", ""],
]


def as_csv(rows: list[list[str]], delimiter: str = ";") -> str:
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\r\n".join(quoted) + "\r\n"


def workbook(rows: list[list[str]], merged: list[tuple[int, int, int, int]] = ()) -> bytes:  # type: ignore[assignment]
    """A small XLSX with merged cells (top, left, bottom, right from 0)."""
    body = "".join(
        f'<row r="{y + 1}">'
        + "".join(
            f'<c r="{_at(x, y)}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for x, cell in enumerate(row) if cell
        )
        + "</row>"
        for y, row in enumerate(rows)
    )
    ranges = "".join(f'<mergeCell ref="{_at(left, top)}:{_at(right, bottom)}"/>' for top, left, bottom, right in merged)
    merging = f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else ""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="Journey" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData>{merging}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return out.getvalue()


def _at(x: int, y: int) -> str:
    return f"{chr(65 + x)}{y + 1}"
