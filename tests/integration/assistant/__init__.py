"""The assistant beside real servers."""
