"""Floor 1: money, weight, ids, clock, errors, settings, paths, logging, translation, worker lanes."""
