"""Which portals stay together."""

from __future__ import annotations

import pytest

from crawler.cluster.groups import host_groups, hosts_of, machine_of
from crawler.portals.model import Earlier, Portal


def portal(slug, *hosts, start=(), earlier=()):
    eras = tuple(Earlier(None, (host,)) for host in earlier)
    return Portal(slug, "", "", hosts, start_urls=start, earlier=eras)


@pytest.mark.parametrize(
    ("place", "machine"),
    [
        ("sokhcn.langson.gov.vn", "sokhcn.langson.gov.vn"),
        ("www.SoKHCN.langson.gov.vn.", "sokhcn.langson.gov.vn"),
        ("https://khcn.example.vn:8443/vi/", "khcn.example.vn"),
        ("127.0.0.1:8080", "127.0.0.1"),
        ("[::1]:80", "::1"),
    ],
)
def test_machine(place, machine):
    assert machine_of(place) == machine


@pytest.mark.parametrize(
    ("portals", "groups"),
    [
        ([], []),
        ([portal("a", "x"), portal("b", "y")], [("a", ("a",)), ("b", ("b",))]),
        ([portal("b", "x"), portal("a", "www.x:80")], [("a", ("b", "a"))]),
        # Through a third one, whichever comes when.
        ([portal("a", "x"), portal("b", "y"), portal("c", "x", "y")], [("a", ("a", "b", "c"))]),
        ([portal("c", "x", "y"), portal("b", "y"), portal("a", "x")], [("a", ("c", "b", "a"))]),
        # Two pairs that a fifth one joins.
        (
            [portal(s, *h) for s, h in zip("abcde", ("p", "p", "q", "q", "pq"), strict=True)],
            [("a", tuple("abcde"))],
        ),
        # By where it starts, and by where it was before.
        ([portal("a", "x", start=("http://y/z",)), portal("b", "Y")], [("a", ("a", "b"))]),
        ([portal("a", "x"), portal("b", "y", earlier=("x",))], [("a", ("a", "b"))]),
        ([portal("a", ""), portal("b", "")], [("a", ("a",)), ("b", ("b",))]),
    ],
)
def test_groups(portals, groups):
    assert list(host_groups(portals).items()) == groups


def test_every_portal_of_ours_is_in_one_group(portals):
    groups = host_groups(portals.values())
    assert sorted(slug for members in groups.values() for slug in members) == sorted(portals)
    owner = {slug: name for name, members in groups.items() for slug in members}
    for one in portals.values():
        for other in portals.values():
            if hosts_of(one) & hosts_of(other):
                assert owner[one.slug] == owner[other.slug]
    assert len(groups) > 40, "most portals have a host of their own"
