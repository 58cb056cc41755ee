"""Why figures differ: between two builds, between two waves, and from what was delivered earlier."""
