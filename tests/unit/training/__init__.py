"""Practice tasks."""
