"""The table book: every publishable figure in a workbook that people can filter, sort and print."""
