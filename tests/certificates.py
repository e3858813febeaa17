"""An authority that vouches for localhost, and a certificate for which nobody vouches: for tests of TLS."""

import ssl
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app import clock

DAY = timedelta(days=1)


class Authority:
    """`trusted` is the file that a client trusts."""

    def __init__(self, folder: Path) -> None:
        now = clock.now()
        self.trusted, self.stranger = (_certificate(folder / f"{name}.pem", now) for name in ("trusted", "stranger"))
        self.contexts = {proves: _context(self.trusted if proves else self.stranger) for proves in (True, False)}

    def context(self, *, proves: bool) -> ssl.SSLContext:
        """What a server shows; `proves`: to be who it says it is."""
        return self.contexts[proves]

    def asking(self) -> ssl.SSLContext:
        """What a server shows that lets in only whom it knows by a certificate."""
        context = _context(self.trusted)
        context.load_verify_locations(self.trusted)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def client(self) -> ssl.SSLContext:
        """Whom a client trusts: this authority and nobody else."""
        return ssl.create_default_context(cafile=self.trusted)


def _context(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def _certificate(file: Path, now: datetime) -> Path:
    """Key and certificate of localhost, in one file, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - DAY, now + DAY)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(key.private_bytes(*forms) + signed.public_bytes(serialization.Encoding.PEM))
    return file
