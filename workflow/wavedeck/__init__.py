"""Rebuild a survey report each wave."""
