"""Rows that must agree with the pure middle."""
