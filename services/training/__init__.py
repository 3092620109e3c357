"""Practice for officials: made-up dossiers, the real rules, a check that says what was right and why."""
