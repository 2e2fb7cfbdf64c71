"""What can be said: numbers, indexed families, relations, statements; no word of the paper."""
