"""Vietnamese as it is written: diacritics, syllables and how likely one follows another."""
