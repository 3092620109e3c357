"""Decodes a HEIC file in a process of its own: `python -m services.files.heic_decode FILE MAX_PIXELS FOLDER`.

libheif is native code that damaged files can bring down; here it takes no worker with it. Writes `sizes.json`
(width and height of every top-level image, upright) and `N.bmp` for each image within the pixel limit.
"""

import json
import sys
from pathlib import Path

import pi_heif

from services.files.flatten import flatten


def decode(path: Path, max_pixels: int, folder: Path) -> None:
    """Decode every top-level image that declares at most `max_pixels`.

    Raises:
        OSError, ValueError, RuntimeError: the file is damaged.
    """
    opened = pi_heif.open_heif(path, convert_hdr_to_8bit=True)
    sizes = [[int(side) for side in image.size] for image in opened]
    for number, (image, (width, height)) in enumerate(zip(opened, sizes, strict=True), start=1):
        if width * height <= max_pixels:
            flatten(image.to_pillow()).save(folder / f"{number}.bmp")
    (folder / "sizes.json").write_text(json.dumps(sizes))


if __name__ == "__main__":
    decode(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
