"""TLS: certificates are verified, and what is wrong with one has a name. The only user of OpenSSL.

A portal whose facts say `tls = "unverified"` is read all the same, over old protocols too; what was
wrong is kept with the look.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from OpenSSL import SSL
from service_identity import VerificationError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

OLD_PROTOCOLS = b"DEFAULT:@SECLEVEL=0"
LEGACY_RENEGOTIATION = 0x4  # OP_LEGACY_SERVER_CONNECT: servers that never learnt RFC 5746
# OpenSSL's X509_V_ERR numbers, in words.
PROBLEMS = {
    9: "tls_not_yet_valid",
    10: "tls_expired",
    18: "tls_self_signed",
    19: "tls_unknown_issuer",
    20: "tls_unknown_issuer",
    21: "tls_unknown_issuer",  # a chain that is not whole, or a private authority
    23: "tls_revoked",
    62: "tls_wrong_host",
    64: "tls_wrong_host",
    66: "tls_weak",
    67: "tls_weak",
    68: "tls_weak",
}
# What OpenSSL says when there was no common protocol or cipher.
UNSUPPORTED = (
    "unsupported protocol", "protocol version", "no protocols available", "handshake failure",
    "no shared cipher", "too small", "wrong cipher", "insufficient security", "legacy", "sigalg",
    "signature type", "wrong signature", "internal error", "unexpected message", "inappropriate fallback",
)  # fmt: skip
NOT_SPOKEN = ("wrong version number", "http request", "packet length too long", "record layer")

Place = tuple[str, int]  # host and port


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """Verifies every server's certificate, and remembers by host and port what was wrong."""

    def __init__(self) -> None:
        self.unverified: set[Place] = set()  # read in spite of what is wrong
        self.problems: dict[Place, str] = {}
        self.shaken: set[Place] = set()  # a handshake came to its end
        self._strict = _context(SSL.TLS1_2_VERSION)
        self._lenient = _context(SSL.TLS1_VERSION, ciphers=OLD_PROTOCOLS)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802
        """Twisted asks this for every connection."""
        place = (hostname.decode("ascii"), port)
        strict = place not in self.unverified
        return _Creator(self, place, self._strict if strict else self._lenient, strict=strict)

    def name_of(self, place: Place, said: str) -> str | None:
        """The outcome of a connection that failed; None when TLS had no part in it."""
        said = said.lower()
        if place in self.problems and place not in self.unverified:
            return self.problems[place]
        if any(words in said for words in NOT_SPOKEN):
            return "tls_not_spoken"
        if any(words in said for words in UNSUPPORTED):
            return "tls_unsupported"
        if "ssl" in said or "certificate" in said:
            return "tls_handshake"
        return None


@implementer(IOpenSSLClientConnectionCreator)
class _Creator:
    """One connection's TLS: the server's name is sent and checked."""

    def __init__(
        self, policy: TlsPolicy, place: Place, context: SSL.Context, *, strict: bool
    ) -> None:
        self._policy, self._place, self._context, self._strict = policy, place, context, strict

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:  # noqa: N802
        host = self._place[0]
        connection = SSL.Connection(self._context, None)
        literal = isIPAddress(host) or isIPv6Address(host)
        if not literal:
            connection.set_tlsext_host_name(host.encode("ascii"))
        connection.set_app_data(protocol)
        wanted = IPAddress_ID(host) if literal else DNS_ID(host)
        connection.set_verify(SSL.VERIFY_PEER, self._verifier(wanted))
        _PLACES[connection] = (self._policy, self._place)
        return connection

    def _verifier(self, wanted: Any) -> Any:
        def verify(connection: Any, certificate: Any, error: int, depth: int, ok: int) -> bool:
            # An exception in a callback of OpenSSL would be lost: everything is a problem instead.
            try:
                if not ok:
                    self._wrong(PROBLEMS.get(error, "tls_certificate"))
                elif depth == 0:
                    verify_service_identity(extract_patterns(certificate), [wanted], [])
            except VerificationError:
                self._wrong("tls_wrong_host")
                ok = 0
            except Exception:  # noqa: BLE001
                self._wrong("tls_certificate")
                ok = 0
            return bool(ok) or not self._strict

        return verify

    def _wrong(self, problem: str) -> None:
        self._policy.problems.setdefault(self._place, problem)


_PLACES: WeakKeyDictionary[SSL.Connection, tuple[TlsPolicy, Place]] = WeakKeyDictionary()


def _shaken(connection: SSL.Connection, where: int, code: int) -> None:
    if where & SSL.SSL_CB_HANDSHAKE_DONE and connection in _PLACES:
        policy, place = _PLACES[connection]
        policy.shaken.add(place)


@lru_cache(maxsize=4)  # reading the authorities takes 10 ms, and every portal has two of these
def _context(least: int, ciphers: bytes | None = None) -> SSL.Context:
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(least)
    context.set_default_verify_paths()
    context.set_options(LEGACY_RENEGOTIATION)
    context.set_mode(SSL.MODE_RELEASE_BUFFERS)
    context.set_info_callback(_shaken)
    if ciphers:
        context.set_cipher_list(ciphers)
    return context
