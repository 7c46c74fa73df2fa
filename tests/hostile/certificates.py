"""Certificates made for a test: one authority, and servers that have something wrong."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Authority:
    """Signs for whom it is told to; `file` holds its certificate."""

    def __init__(self, folder: Path, name: str = "Thử nghiệm") -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = _build(self.name, self.name, self.key.public_key(), ca=True).sign(
            self.key, hashes.SHA256()
        )
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def server(
        self,
        host: str,
        *,
        since: datetime = NOW - DAY,
        until: datetime = NOW + 30 * DAY,
        self_signed: bool = False,
    ) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        try:
            wanted: x509.GeneralName = x509.IPAddress(ip_address(host))
        except ValueError:
            wanted = x509.DNSName(host)
        issuer = subject if self_signed else self.name
        builder = _build(subject, issuer, key.public_key(), since=since, until=until)
        builder = builder.add_extension(x509.SubjectAlternativeName([wanted]), critical=False)
        signed = builder.sign(key if self_signed else self.key, hashes.SHA256())
        file = self.folder / f"{signed.serial_number}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + signed.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _build(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    *,
    ca: bool = False,
    since: datetime = NOW - DAY,
    until: datetime = NOW + 30 * DAY,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
