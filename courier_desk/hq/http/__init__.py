"""Headquarters over HTTP: what desks ask, refusals with stable codes, bodies that are counted, health and logs."""
