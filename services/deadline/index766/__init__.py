"""Index 766 (Decision 766/QĐ-TTg of 23/6/2022): how well a unit serves, in points, from rows that can be opened."""
