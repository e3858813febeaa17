"""A certificate that is shown to others: the file that a setting names, or the secret that has the setting's name."""

import os
import ssl
from pathlib import Path

CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""Names the folder in which systemd or a container hands a service its secrets, each a file."""
PEM = "-----BEGIN "


def path_of(told: str, setting: str) -> str:
    """Where a certificate lies with its key; `told` is that path, or what stands in the secret of that name.

    Raises:
        ValueError: it cannot be shown; says why and what to do, and nothing of what stands in it.
    """
    file = _secret(setting) if PEM in told else told
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(file, password="")
    except OSError as error:
        raise ValueError(
            f"{setting.upper()} cannot be shown: {error.strerror or error}. Write the path of a PEM file with a"
            " certificate and its key without a password, which the user of Fanfare may read"
        ) from None
    return file


def _secret(name: str) -> str:
    """Nothing, which is no file, when no such secret was handed over."""
    folder = Path(os.environ.get(CREDENTIALS) or os.devnull)
    return next((str(path) for path in folder.glob("*") if path.name.lower() == name), "")
