"""Stores that several machines share: a folder, and objects over HTTP."""

from __future__ import annotations

import pytest

from tests.cluster.machines import object_store


@pytest.fixture(scope="session")
def objects(tmp_path_factory):
    with object_store(tmp_path_factory.mktemp("s3")) as made:
        yield made


@pytest.fixture(params=["file", "s3"])
def address(request, tmp_path, monkeypatch):
    """The address of a new store."""
    if request.param == "file":
        return f"file://{tmp_path}/store"
    made = request.getfixturevalue("objects")
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    return made.store(tmp_path.name)
