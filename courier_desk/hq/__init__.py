"""Headquarters: the service on PostgreSQL that the desks are in step with, and the pages of its people."""
