"""The embedded default: database, broker, workers and API under one command."""
