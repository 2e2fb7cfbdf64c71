"""From numbers to a spectrum: exact, in float64 and in balls that hold the truth. Nothing here knows of files."""
