"""Every stored figure once more, from the raw files, by SQL: a second route that uses none of the first."""
