"""Where on the picture of a slide each printed number stands, and those pictures."""
