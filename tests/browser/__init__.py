"""Pages in a real browser: what a person sees, does with keys alone, and on a phone."""
