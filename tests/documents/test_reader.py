"""What is not readable says why, and nothing raises."""

from __future__ import annotations

import pytest

from crawler.documents.reader import read_document


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "empty"), (b"%PDF-1.4 and nothing more", "broken"), (b"PK\x03\x04 cut", "broken")],
)
def test_what_cannot_be_read_is_named(content, problem):
    reading = read_document(content, name="quyet-dinh.pdf")
    assert (reading.problem, reading.text, reading.text_from) == (problem, "", "none")
