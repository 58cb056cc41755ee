"""From raw files to harmonised responses: reading, checking, cleaning, logging."""
