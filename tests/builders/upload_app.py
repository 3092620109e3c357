"""A server of one route that takes uploads as the API does: `python -m tests.builders.upload_app PORT`."""

import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated

import uvicorn
from fastapi import FastAPI, File, UploadFile

from services.api.upload import MeasuredRoute, keep_uploads
from services.settings import get_settings

app = FastAPI()
app.router.route_class = MeasuredRoute
app.state.resources = SimpleNamespace(settings=get_settings())


@app.post("/")
def take(files: Annotated[list[UploadFile], File()]) -> list[str]:
    """The SHA-256 of every file."""
    with tempfile.TemporaryDirectory() as folder:
        return [upload.sha256 for upload in keep_uploads(files, Path(folder), get_settings())]


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
