"""The models that a worker names papers and procedures with."""

from services.classify.model import shipped_model, unpack_model
from services.classify.procedure import learned_weights, unpack_weights
from services.storage.model_in_use import ModelInUse

NAME = "kinds"
CLUES_NAME = "clues"
model_in_use = ModelInUse(NAME, shipped_model, unpack_model)
weights_in_use = ModelInUse(CLUES_NAME, learned_weights, unpack_weights)
