"""Static pages for people: audit, data quality, comparison."""
