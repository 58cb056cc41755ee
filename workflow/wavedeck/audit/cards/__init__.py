"""The trace of every figure of a report at once, as plain data for the audit pages."""
