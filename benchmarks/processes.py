"""Processes of this machine, from /proc: who descends from whom, what they hold and what they have spent."""

import os
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def children_of(pids: AbstractSet[int]) -> set[int]:
    """These processes and all that descend from them."""
    parents = dict(_parents())
    family = set(pids)
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        if words := _stat(int(folder.name)):
            yield int(folder.name), int(words[1])


def _stat(pid: int) -> list[str]:
    """The words after the process's name, which may itself hold spaces and parentheses; none when it has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_s(pids: AbstractSet[int]) -> float:
    """CPU seconds of these processes, their descendants, and of those children that have ended and were waited for."""
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in children_of(pids)) / TICKS


def pss_mib(pid: int) -> float:
    """Proportional set size; 0 for a process that has gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
