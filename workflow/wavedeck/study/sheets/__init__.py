"""The codebook as a spreadsheet, both ways without loss."""
