"""Draw figures and text as slides, charts, workbooks and PDF."""
