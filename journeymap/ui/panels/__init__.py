"""The panels beside the canvas: outline, inspector, plan. Each is built from (open map, selection) and changes the map
only through the session; a refusal is said beside the field that it is about.
"""
