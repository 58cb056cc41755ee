"""Write PowerPoint files onto the house template."""
