"""Names of sample portals: what SAMPLE_NAMES (JSON: name → address) does not hold leads nowhere."""

from __future__ import annotations

import json
import os
from typing import Any

from scrapy.resolver import CachingHostnameResolver

from crawler.downloader.resolver import PublicResolver, _PublicOnly

NAMES: dict[str, str] = json.loads(os.environ.get("SAMPLE_NAMES") or "{}")


class SampleResolver(PublicResolver):
    """`-s TWISTED_DNS_RESOLVER=samples.resolver.SampleResolver`."""

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        *rest: Any,
        **named: Any,
    ) -> Any:
        receiver = _PublicOnly(resolutionReceiver, (hostName, portNumber), self.allowed)
        address = NAMES.get(hostName, hostName)
        return CachingHostnameResolver.resolveHostName(
            self, receiver, address, portNumber, *rest, **named
        )
