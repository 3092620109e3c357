"""The database's history, oldest first; a migration that has landed is never edited."""
