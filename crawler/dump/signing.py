"""The operator's signature under a WACZ (https://specs.webrecorder.net/wacz-auth/0.1.0/): who has
the public key can tell that the captures are those that were published."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from crawler.messages import MessageError, say


class SigningKeyError(MessageError):
    """The key cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key of the curve that the format names, P-384."""

    key: ec.EllipticCurvePrivateKey

    @classmethod
    def read(cls, path: Path) -> Signer:
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), None)
            if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp384r1":
                raise ValueError("openssl ecparam -name secp384r1 -genkey -noout")
        except (OSError, ValueError, TypeError) as error:
            raise SigningKeyError(say("signing_key", path=path, detail=error)) from error
        return cls(key)

    @property
    def public(self) -> str:
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        public = self.key.public_key()
        return b64encode(public.public_bytes(serialization.Encoding.DER, form)).decode()

    def signed(self, digest: str, *, created: str, software: str) -> dict[str, Any]:
        """What stands beside the digest; the same digest is signed the same (RFC 6979)."""
        how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self.key.sign(digest.encode(), how))
        size = self.key.key_size // 8
        signature = r.to_bytes(size, "big") + s.to_bytes(size, "big")
        return {
            "hash": digest,
            "signature": b64encode(signature).decode(),
            "publicKey": self.public,
            "created": created,
            "software": software,
        }
