"""A portal nobody described: known by its address, recognised by its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.facts import Portal
from crawler.limits import ArgumentError, Limits
from crawler.messages import say
from crawler.platforms import PLATFORMS
from crawler.portals import on_platform, stranger
from crawler.undescribed import UndescribedPortalSpider

OWN = ("url", "platform", "province", "tls")


class AnyPortalSpider(UndescribedPortalSpider):
    """Arguments (`-a`): `url` (wanted), `platform`, `province`, `tls`, and those of every portal."""

    @classmethod
    def check(cls, arguments: Mapping[str, str]) -> Limits:
        url = arguments.get("url", "")
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ArgumentError(
                say("argument_wrong", name="url", value=url, wanted="https://host/…")
            )
        platform = arguments.get("platform")
        if platform is not None and platform not in PLATFORMS:
            known = ", ".join(PLATFORMS)
            raise ArgumentError(
                say("argument_wrong", name="platform", value=platform, wanted=known)
            )
        if arguments.get("tls", "verified") not in ("verified", "unverified"):
            raise ArgumentError(
                say("argument_wrong", name="tls", value=arguments["tls"], wanted="unverified")
            )
        return Limits.of({key: value for key, value in arguments.items() if key not in OWN})

    def described(self, arguments: Mapping[str, str]) -> Portal:
        portal = replace(
            stranger(arguments["url"], province=arguments.get("province", "")),
            start_urls=(arguments["url"],),
            tls="unverified" if arguments.get("tls") == "unverified" else "verified",
        )
        if "platform" in arguments:
            portal = on_platform(portal, PLATFORMS[arguments["platform"]])
        return portal
