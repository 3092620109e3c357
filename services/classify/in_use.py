"""The model of kinds that a worker names papers with."""

from services.classify.model import shipped_model, unpack_model
from services.storage.model_in_use import ModelInUse

NAME = "kinds"
model_in_use = ModelInUse(NAME, shipped_model, unpack_model)
