"""Verify a table book: every cell, every head, every mark, and everything beside the cells."""
