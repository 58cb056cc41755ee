"""Designs, estimates, comparisons: numbers in, small records out."""
