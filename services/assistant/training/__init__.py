"""How the ranker is trained: questions drawn from phrases and names, in every style people type in."""
