"""Checks between the files of a study: whatever one names must exist in another."""
