"""Whether an address lies on this machine or in a network of one's own, where a key may travel without TLS.

Only the address as it is written is looked at. A name is taken for a near one where no name server of the world would
know it: a single word, as containers have, or one under a name that is kept for networks of one's own (`.internal`).
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

_NETWORKS = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/32",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
_NEAR = re.compile(r"(?:[a-z][a-z0-9_-]*|.+\.(?:local|localhost|internal|lan|home\.arpa))\.?", re.I)
"""A word begins with a letter, since a whole address may be written as one number."""


def is_nearby(host: str) -> bool:
    """Whether a host is this machine or one of a private network."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return bool(_NEAR.fullmatch(host))
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in _NETWORKS if network.version == address.version)


def in_the_clear(url: str | None) -> bool:
    """Whether what is sent to an address goes through the world without TLS."""
    try:
        parts = urlsplit(url or "")
        return parts.scheme == "http" and not is_nearby(parts.hostname or "")
    except ValueError:
        return False
