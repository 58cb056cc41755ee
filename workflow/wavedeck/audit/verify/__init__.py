"""Account for every number in a finished file, with readers of its own."""
