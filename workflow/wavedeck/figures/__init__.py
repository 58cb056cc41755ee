"""Indicators x groups x waves: the figure store, suppression, rounding and formats."""
