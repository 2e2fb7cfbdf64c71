"""Pictures of runs: `panels.py` draws what the other files show, on the canvas that `canvas.py` opens and writes."""
