"""Hosts that may be written to from here: every address behind the name lies in the internet, none in our network."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Found = tuple[Any, Any, int, str, tuple[Any, ...]]
Resolve = Callable[..., list[Found]]
INTERNET = IPv6Network("2000::/3")
"""All that was ever given out of version 6; what stands elsewhere is of one network, or carries another address."""
CARRIES_ANOTHER = tuple(IPv6Network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""In these an address of version 4 is hidden, which may be one of our own."""
NOBODYS = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
OURS = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
"""Said by ourselves as well, because what Python holds for public changes with its releases."""


class Inside(OSError):  # noqa: N818 - it says which rule stands in the way
    """The name leads into our own network, or nowhere in the internet."""


def is_public(address: str) -> bool:
    """Whether an address is one of the internet, plainly; one that names a network card never is."""
    if "%" in address:
        return False
    one = ip_address(address)
    if isinstance(one, IPv6Address):
        elsewhere = one not in INTERNET or any(one in network for network in (*CARRIES_ANOTHER, *NOBODYS))
        return one.is_global and not elsewhere
    return one.is_global and not any(one in network for network in OURS)


def resolve(host: str, *asked: Any, **named: Any) -> list[Found]:  # noqa: ANN401 - as the library has it
    """As `socket.getaddrinfo`: whoever connects to what it answers connects to what was looked at.

    Raises:
        Inside: some address of the host is none of the internet.
    """
    found = RESOLVE(host, *asked, **named)
    if not all(is_public(str(each[4][0])) for each in found):
        raise Inside(host)
    return found


RESOLVE: Resolve = socket.getaddrinfo
