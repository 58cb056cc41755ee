"""Describe charts once and draw them twice: natively and with matplotlib."""
