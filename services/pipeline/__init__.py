"""How it moves: the route, stage runs, the hand-over, the relay and the workers."""
