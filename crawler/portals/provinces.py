"""Vietnam's provinces: the 63 until 30 June 2025 and the 34 since (Resolution 202/2025/QH15)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

MERGED_ON = "2025-07-01"
# Thừa Thiên Huế became the city of Huế half a year before the others (Resolution 175/2024/QH15).
EARLIER = {"thua_thien_hue": ("2025-01-01", "2024-12-31")}
CITIES = frozenset({"ha_noi", "hai_phong", "hue", "da_nang", "ho_chi_minh", "can_tho"})


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city of that rank; `successor` is the province its territory is in today."""

    slug: str
    name: str
    region: str
    code: str  # of the General Statistics Office; today's where there is one
    valid_from: str | None  # first day, where it is a new unit
    valid_to: str | None  # last day, where it is no more
    successor: str
    latitude: float
    longitude: float

    @property
    def is_city(self) -> bool:
        return self.slug in CITIES


def _read(path: Path) -> dict[str, Province]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    enlarged = {row["successor"] for row in rows if row["slug"] != row["successor"]}
    provinces = {}
    for row in rows:
        slug, successor = row["slug"], row["successor"]
        begins, ended = EARLIER.get(slug, (MERGED_ON, "2025-06-30"))
        if slug == "hue":
            begins = EARLIER["thua_thien_hue"][0]
        provinces[slug] = Province(
            slug=slug,
            name=row["name"],
            region=row["region"],
            code=row["code_after_2025_07"] or row["code_before_2025_07"],
            valid_from=begins if slug == successor and slug in enlarged else None,
            valid_to=ended if slug != successor else None,
            successor=successor,
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )
    return provinces


PROVINCES = MappingProxyType(_read(Path(__file__).with_name("provinces.csv")))


def department_name(province: Province) -> str:
    """The full name of its Department of Science and Technology, as it signs itself."""
    name = province.name.removeprefix("Thành phố ")
    rank = "Thành phố" if province.is_city else "tỉnh"
    return f"Sở Khoa học và Công nghệ {rank} {name}"
