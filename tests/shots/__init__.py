"""Pictures of every page and dialog, and the checks that no text in them is cut off."""
