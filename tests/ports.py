"""Ports of this machine that stay one's own: tests run beside each other, and each is given others."""

import socket


def held_port() -> socket.socket:
    """A socket on loopback that holds its port and does not listen: no other process is given it while it is open.

    A server that is told the port may listen there, again and again: servers ask for SO_REUSEADDR, as this does.
    """
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", 0))
    return door


def number_of(door: socket.socket) -> int:
    return int(door.getsockname()[1])


def free_port() -> int:
    """A port at which nobody listens now; another process may be given it before a server of ours listens there."""
    with held_port() as door:
        return number_of(door)
