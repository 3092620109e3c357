"""One file a step; `0001_road.py` is the first."""
