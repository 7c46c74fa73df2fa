"""Sentences in two languages: their codes, values and errors."""

from __future__ import annotations

import ast
import re
import string

import pytest

from crawler.archive.database import Archive, ArchiveError
from crawler.crawl.arguments import ArgumentError, CrawlArguments
from crawler.dump.folder import PublishError
from crawler.messages import MESSAGES, Message, say, say_short
from publish.desk.render.i18n import WORDS, both
from publish.desk.render.i18n import say as say_on_the_desk
from tests.conftest import ROOT

CATALOGUES = [*MESSAGES.items(), *WORDS.items()]
VIETNAMESE = re.compile(r"[ạảãâầấẩẫậăằắẳẵặẹẻẽêềếểễệỉịọỏộổỗồốơờớợởỡụủũưựữửừứỳỵỷỹđ]", re.IGNORECASE)


def values_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("code", "words"), CATALOGUES, ids=[code for code, _ in CATALOGUES])
def test_both_languages_are_there_and_tell_the_same_values(code, words):
    vietnamese, english = words
    assert bool(vietnamese) == bool(english)
    # What a line is about stands in front of it, in the first language only.
    assert values_of(vietnamese) - values_of(english) <= {
        "portal",
        "path",
        "code",
        "mark",
        "detail",
    }
    assert values_of(english) - values_of(vietnamese) <= {"detail"}


def test_a_message_is_text_and_knows_what_it_is():
    message = say("archive_missing", path="x.db")
    assert message.code == "archive_missing" and message.values == {"path": "x.db"}
    assert message.splitlines() == [message.sentences[0], f"  {message.sentences[1]}"]
    assert (
        message.line == say_short("archive_missing", path="x.db") == " | ".join(message.sentences)
    )
    assert say_on_the_desk("en", "rows_n", n=3) == both("rows_n", n=3).in_language("en") == "3 rows"


def test_a_message_within_a_message_is_in_the_same_language():
    outer = Message("x", ("kết quả: {what}", "result: {what}"), {"what": say("outcome_ok")})
    assert outer.sentences == ("kết quả: tốt (ok)", "result: ok")


def test_errors_carry_codes_and_values(tmp_path):
    with pytest.raises(ArchiveError) as caught:
        Archive.read(tmp_path / "none.db")
    assert caught.value.message.code == "archive_missing"
    assert caught.value.message.values == {"path": tmp_path / "none.db"}
    with pytest.raises(ArgumentError) as caught:
        CrawlArguments.of({"since": "yesterday"})
    assert caught.value.message.values["name"] == "since"
    refused = PublishError(say("publish_refused", path="x.db"), problems=[say("gate_foreign")])
    assert str(refused).endswith(f"\n- {say_short('gate_foreign')}")


SPEAKERS = ("cli.py", "progress.py")


@pytest.mark.parametrize("path", sorted((ROOT / "crawler").rglob("*.py")), ids=str)
def test_only_the_command_line_speaks(path):
    """Lower packages hand messages on; sentences stand in the catalogue, nowhere else."""
    if "commands" in path.parts or path.name in SPEAKERS:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    printed = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "print"]  # fmt: skip
    assert not printed


PUBLIC = [
    "publish/plugins/khcn_public.py",
    "publish/plugins/khcn_desk.py",
    "publish/desk/context.py",
]


@pytest.mark.parametrize("name", PUBLIC)
def test_no_sentence_outside_the_catalogue(name):
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    texts = [
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    assert not [text for text in texts if VIETNAMESE.search(text)]
