"""Names are resolved to public addresses only, where connections are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawler.http.public_addresses import may_connect


class PublicResolver(CachingHostnameResolver):
    """The same rule where connections are made: a private address is never handed out."""

    allowed: Sequence[str] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Any:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = crawler.settings.getlist("PRIVATE_HOSTS_ALLOWED")
        return resolver

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        place = (hostName.lower(), portNumber)
        public_only: Any = _PublicOnly(resolutionReceiver, place, self.allowed)
        return super().resolveHostName(
            public_only,
            hostName,
            portNumber,
            addressTypes,
            transportSemantics,
        )


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on the addresses that may be connected to."""

    def __init__(self, receiver: Any, place: tuple[str, int], allowed: Sequence[str]) -> None:
        self._receiver, self._place, self._allowed = receiver, place, allowed

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        host = getattr(address, "host", "")
        if may_connect(host, self._place, self._allowed):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
