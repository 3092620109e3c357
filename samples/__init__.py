"""Dossiers made by the project itself, each beside its expected text and fields."""
