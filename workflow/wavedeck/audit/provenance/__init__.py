"""Where a report comes from and whether it is untouched: manifest, research object, seal, signature."""
