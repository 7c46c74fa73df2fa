"""Many hosts in one run: side by side, each within its budget, memory that does not grow with them."""

from __future__ import annotations

from bench.night import night
from bench.server import serving


def test_forty_hosts(tmp_path):
    with serving(40, 4, light=True) as port:
        first = night(tmp_path, port, 40, budget=5, delay=0.05)
        second = night(tmp_path, port, 40, budget=50, delay=0.05)
    assert (first.hosts, first.cost.code, first.at_once >= 30) == (40, 0, True)
    assert first.outcomes == {"capped": 40} and (first.fewest, first.most) == (5, 5)
    assert second.outcomes == {"ok": 40} and second.articles == 160
    assert first.cost.main_mib < 250
    assert "40 portals: 40 fine, 0 failed" in second.cost.said
