"""All sample sites by name."""

from __future__ import annotations

from collections.abc import Callable

from samples.shells import (
    dotnetnuke,
    drupal,
    ha_noi,
    joomla,
    nukeviet,
    sharepoint,
    vinh_phuc,
    vnpt,
    wordpress,
    yen_bai,
)
from samples.site import Site

# Sites in the shape of three real portals, for the demo; the others stand for whole systems.
DEMO = ("yen_bai", "vinh_phuc", "ha_noi")
SITES: dict[str, Callable[..., Site]] = {
    "yen_bai": yen_bai.build,
    "vinh_phuc": vinh_phuc.build,
    "ha_noi": ha_noi.build,
    "nukeviet": nukeviet.build,
    "wordpress": wordpress.build,
    "drupal": drupal.build,
    "joomla": joomla.build,
    "vnpt": vnpt.build,
    "dotnetnuke": dotnetnuke.build,
    "sharepoint": sharepoint.build,
}
