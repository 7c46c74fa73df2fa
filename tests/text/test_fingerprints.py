"""The same release is recognised whatever portal it stands on; other news is not."""

import pytest

from crawler.text.fingerprints import ALIKE, PRINTS, fingerprints
from samples.articles import texts


def shared(one: str, two: str) -> int:
    return len(set(fingerprints(one)) & set(fingerprints(two)))


RELEASE = " ".join(line for topic in texts()["topic"][:4] for line in topic["body"])


@pytest.mark.parametrize(
    "copy",
    [
        RELEASE,
        RELEASE.upper(),
        RELEASE.replace(". ", ".\n"),
        RELEASE + " (Theo Trung tâm Thông tin)",
        "Sở Khoa học và Công nghệ xin giới thiệu. " + RELEASE,
    ],
)
def test_a_copy_shares_enough(copy):
    assert shared(RELEASE, copy) >= ALIKE


def test_other_news_does_not():
    bodies = [" ".join(topic["body"]) for topic in texts()["topic"]]
    for at, one in enumerate(bodies):
        for two in bodies[at + 1 :]:
            assert shared(one, two) < ALIKE


def test_a_line_is_too_short_to_tell():
    assert len(fingerprints("Thông báo về việc nghỉ lễ")) < PRINTS
    assert fingerprints("") == []
