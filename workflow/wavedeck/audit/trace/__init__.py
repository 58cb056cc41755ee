"""From a printed number to the raw rows behind it, and from a raw row to the numbers it is part of."""
