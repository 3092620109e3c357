"""Telling people and systems what happened: mail, text messages and signed webhooks, each retried until it arrives."""
