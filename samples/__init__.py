"""Dossiers made up from a seed: pages as officers receive them, each beside its exact text, fields and faults.

Story (who and what) → facts (field values) → layout (a text file) → sheet (placed words) → page (PDF, image, DOCX) →
degradation (phone, scanner) → folder with `truth.json`. Nothing here is about a living person.
"""
