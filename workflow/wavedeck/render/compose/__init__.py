"""From deck.yaml, store and texts to charts, tables and slides."""
