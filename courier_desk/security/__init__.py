"""Floor 5: hashing of passwords, the keys of the station, keyed hashes of identity numbers."""
