"""What `scripts/pictures.py` is made of: a studio, and what is taken in it."""
