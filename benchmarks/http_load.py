"""A client that costs little, so that a server sharing its cores is what is measured: HTTP/1.1 on open connections."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: answers a second, milliseconds, and how many were not 200."""

    requests: int
    requests_per_second: float
    median_ms: float
    p99_ms: float
    failed: int


async def load_server(port: int, paths: Sequence[str], key: str, connections: int, seconds: float) -> Load:
    """Ask for these paths in turn with a receipt's key; each connection asks again as soon as it was answered."""
    following = cycle(paths)
    until = perf_counter() + seconds
    began = perf_counter()
    spent: list[list[float]] = await asyncio.gather(
        *(_ask_until(port, following, key, until) for _ in range(connections))
    )
    elapsed = perf_counter() - began
    times = [abs(one) * 1000 for ours in spent for one in ours]
    cuts = quantiles(times, n=100)
    failed = sum(one < 0 for ours in spent for one in ours)
    return Load(len(times), round(len(times) / elapsed, 1), round(cuts[49], 2), round(cuts[98], 2), failed)


async def _ask_until(port: int, paths: Iterator[str], key: str, until: float) -> list[float]:
    """Seconds of each request; negative where the answer was not 200."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    spent = []
    while (began := perf_counter()) < until:
        writer.write(f"GET {next(paths)} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Receipt-Key: {key}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        seconds = perf_counter() - began
        spent.append(seconds if head.startswith(b"HTTP/1.1 200") else -seconds)
    writer.close()
    return spent
