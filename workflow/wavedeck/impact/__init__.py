"""Importance of drivers, quadrants, what-if: numbers in, small records out."""
