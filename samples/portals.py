"""All sample sites by name."""

from __future__ import annotations

from collections.abc import Callable

from samples.shells import ha_noi, vinh_phuc, yen_bai
from samples.site import Site

SITES: dict[str, Callable[..., Site]] = {
    "yen_bai": yen_bai.build,
    "vinh_phuc": vinh_phuc.build,
    "ha_noi": ha_noi.build,
}
DEMO = ("yen_bai", "vinh_phuc", "ha_noi")
