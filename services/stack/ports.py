"""Free ports of this machine."""

import random
import socket

# below the ports that Linux (from 32768) and others (from 49152) give to whoever connects: between the look and the
# server's own start no connection of a busy machine can take it
OURS = range(20_000, 32_768)
TRIES = 200


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now.

    Raises:
        OSError: none was found.
    """
    for port in random.SystemRandom().sample(OURS, TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port of 127.0.0.1")
