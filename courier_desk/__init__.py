"""Courier Desk: the desktop program of an express courier's counter or call-centre station."""

__version__ = "0.1.0"
