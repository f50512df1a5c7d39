"""Presenting a map: full screen for the audience, and on a second screen what the speaker wants at hand."""
