"""Hosts that may be written to from here: every address behind the name lies in the internet, none in our network."""

import socket
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

Found = tuple[Any, Any, int, str, tuple[Any, ...]]
Resolve = Callable[..., list[Found]]
CARRIES_ANOTHER = tuple(IPv6Network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""In these an address of version 4 is hidden, which may be one of our own."""


class Inside(OSError):  # noqa: N818 - it says which rule stands in the way
    """The name leads into our own network, or nowhere in the internet."""


def is_public(address: str) -> bool:
    """Whether an address is one of the internet, plainly."""
    one = ip_address(address.partition("%")[0])
    if isinstance(one, IPv6Address):
        hidden = one.ipv4_mapped is not None or any(one in network for network in CARRIES_ANOTHER)
        return one.is_global and not one.is_multicast and not hidden
    return one.is_global and not one.is_multicast and not str(one).startswith("192.0.0.")


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
