"""Windows and hands for whole stories."""

from __future__ import annotations

from hands import blank_file, fingers, hands, map_file, open_window, qapp, settings, window, written

__all__ = ["blank_file", "fingers", "hands", "map_file", "open_window", "qapp", "settings", "window", "written"]
