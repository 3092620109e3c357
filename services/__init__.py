"""A citizen's dossier comes in, moves through stages joined by queues (intake, ocr, classify, extract, check), waits
for an officer with everything the machine could read laid beside the pages, and every moment of it is timed against the
legal deadline of its procedure.
"""

import os

# small products of matrices gain nothing from threads and lose CPU to waiting ones; read when numpy is first imported
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
