"""Qt, and only here: window, canvas, panels, dialogs. `run` starts it."""
