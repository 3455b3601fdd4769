"""Floor 2: the trade itself. Data classes and pure rules; no clock, no I/O but ``load_*`` of the package's own data."""
