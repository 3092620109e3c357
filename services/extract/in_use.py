"""The labeller that a worker reads fields with."""

from services.extract.labeller import shipped_labeller, unpack
from services.storage.model_in_use import ModelInUse

NAME = "labels"
labeller_in_use = ModelInUse(NAME, shipped_labeller, unpack)
