"""A worker's memory stays within its bounds while two threads read full pages at once."""

import subprocess
import sys

MOST_MIB = 430
"""What the engine may hold at its peak; a worker of two threads may hold 550, pages and the decoder included."""

READ_TWICE_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from benchmarks.open_one import own_peak_kib
from services.ocr.engine import make_engine

page = np.full((2339, 1654), 255, np.uint8)
for row in range(60):
    text = "So tien phai nop tinh den ngay 24 thang 11 nam 2026 la 1.250.000 dong"
    cv2.putText(page, text, (110, 120 + 36 * row), cv2.FONT_HERSHEY_DUPLEX, 1.05, 0, 2)
engine = make_engine("trueocr")
with ThreadPoolExecutor(2) as threads:
    read = list(threads.map(lambda _: engine.read(page, 200), range(4)))
print(min(len(lines) for lines in read), own_peak_kib() // 1024)
"""


def test_two_threads_read_full_pages_within_their_memory() -> None:
    program = [sys.executable, "-c", READ_TWICE_AT_ONCE]
    said = subprocess.run(program, check=True, capture_output=True, text=True, timeout=300).stdout
    lines, peak_mib = map(int, said.split())
    assert lines >= 50
    assert peak_mib <= MOST_MIB
