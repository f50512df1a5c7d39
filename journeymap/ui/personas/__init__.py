"""The page of personas: who is on the map, and all of one of them, edited where it stands."""
