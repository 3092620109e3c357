"""Whether a webhook's address may be reached: never into this network, unless its host or network is allowed by name.

An address is looked at when it is written and again before every delivery, and the connection is made to the very
numbers that were looked at: a name that changes its mind between the two (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from services.dossier.errors import Refused, TryAgain
from services.wording import sentence

HTTPS_PORT, HTTP_PORT = 443, 80
LONGEST_URL = 500

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts and networks inside that webhooks may reach, by plain HTTP too."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def covers(self, host: str, address: Address) -> bool:
        """Whether it was allowed by name."""
        return host in self.hosts or any(address in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the number, and the name that the certificate and the Host header speak of."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def read_allowed(listed: str) -> Allowed:
    """A setting such as `hub.langson.gov.vn, 10.20.0.0/16`.

    Raises:
        ValueError: a part with a slash is no network.
    """
    parts = [part.strip().lower() for part in listed.split(",") if part.strip()]
    networks = tuple(ipaddress.ip_network(part) for part in parts if "/" in part or _number(part))
    return Allowed(frozenset(part for part in parts if "/" not in part), networks)


def check_url(url: str) -> SplitResult:
    """The parts of an address that can be one.

    Raises:
        Refused: it cannot; the sentence says why.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(sentence("notice.bad_url")) from None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise Refused(sentence("notice.bad_url"))
    # a name and password in it would be told to whoever may see the list
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused(sentence("notice.bad_url"))
    return parts


def find_target(url: str, allowed: Allowed) -> Target:
    """Where to connect for an address that may be reached.

    Raises:
        Refused: it may not, or is no address.
        TryAgain: its name cannot be looked up at the moment.
    """
    parts = check_url(url)
    host = (parts.hostname or "").lower()
    port = parts.port or (HTTPS_PORT if parts.scheme == "https" else HTTP_PORT)
    addresses = _look_up(host, port)
    if not all(allowed.covers(host, address) or _is_outside(address) for address in addresses):
        raise Refused(sentence("notice.inside", host=host))
    if parts.scheme == "http" and not all(allowed.covers(host, address) for address in addresses):
        raise Refused(sentence("notice.not_https"))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, str(addresses[0]), path)


def _look_up(host: str, port: int) -> Sequence[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise TryAgain(sentence("notice.unknown_host", host=host)) from None
    return [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]


def _is_outside(address: Address) -> bool:
    """Whether it lies in the open internet: neither private, local, multicast nor reserved, however it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _is_outside(inner)
        # NAT64: the last four bytes are an IPv4 address
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_outside(ipaddress.IPv4Address(address.packed[-4:]))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _number(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
