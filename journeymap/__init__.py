"""Journeymap: customer journey maps with honest figures, on your own machine."""

__version__ = "0.1.0"
