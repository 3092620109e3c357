"""Whom messages may reach, and what they say."""
