#!/bin/sh
# Every figure of the section "Reading" of docs/evaluation.md that wants a quiet machine: scripts/measure_reading.sh DATA
# DATA holds scans/ (a scanned law with its text) and digital/ (born-digital PDFs). Takes about twenty minutes on two cores.
set -eu
data=${1:?the folder with scans/ and digital/}
cd "$(dirname "$0")/.."
python=.venv/bin/python
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

$python -m benchmarks.text_layer "$data/digital" || echo "text layer: over its goal"
$python -m benchmarks.reading samples/dossiers "$data/scans" --pages 21 --jobs 2 \
  --ways trueocr,tesserocr,pytesseract,naive-1,ocrmypdf
$python -m samples --split eval --seed "${SEED:-883400}" --count 40 --out "$pages"
$python -m benchmarks.reading "$pages" --pages 200 --pictures --ways trueocr
$python -m benchmarks.invented "$pages" --pages 60 || echo "the language model changed a figure"
$python -m pytest -q tests/integration/ocr/test_memory.py
.venv/bin/motcua bench road
