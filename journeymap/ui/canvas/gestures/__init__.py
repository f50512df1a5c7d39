"""What a hand does on the map: each gesture is a small object with begin, move, end and cancel."""
