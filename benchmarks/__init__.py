"""Measurements, never tests: each module prints one JSON document; `python -m benchmarks` runs them all."""
