"""Figures to tables, charts, PDF; all Excel and CSV that is written."""
