"""The map on the screen: painted from the drawing list, edited in place."""
