"""Figures -> sentences: Jinja templates whose numbers all come from the store."""
