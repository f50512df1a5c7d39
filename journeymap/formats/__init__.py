"""Maps and plans go out: composed sheets, PDF, PNG, JSON. No Qt; ReportLab and pypdfium2 are imported only here."""

from journeymap.formats.files import Exported, export

__all__ = ["Exported", "export"]
