"""The pages of headquarters' own people."""
