"""Readers of finished files: what was printed, held against what should have been."""
