"""The national status codes and channels of intake (payload of the national portal: `TrangThai`, `KenhThucHien`)."""

from enum import IntEnum


class DossierStatus(IntEnum):
    """Business state of a dossier, numbered as the national portal numbers it."""

    NEW = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    PROCESSING = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_REQUESTED = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10


class Channel(IntEnum):
    """How the dossier was handed in."""

    DIRECT = 1
    ONLINE = 2
    POST = 3
