"""Lines as the road cuts them, with what stands on them, and a recogniser that learns its last part from them."""
