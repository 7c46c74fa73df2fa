"""Answers have names; files wait for one another; tables open in Excel."""

from __future__ import annotations

import asyncio
import os
import shutil

import pytest

from publish.desk.export_queue import WAITING, BusyError, turn
from tests.desk.conftest import _get, served

PATHS = ("/", "/tim?q=hoi+nghi", "/tim.json?q=hoi+nghi", "/tong-quan", "/archive/portals",
         "/archive/portals.json", "/tan-suat?q=hoi+nghi", "/archive/portals.csv")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_who_has_a_page_is_not_sent_it_again(dump, path):
    datasette = served(dump)
    first = asyncio.run(_get(datasette, path, {}))
    assert first.status_code == 200 and "max-age=300" in first.headers["cache-control"]
    again = asyncio.run(
        _get(datasette, path, {"headers": {"if-none-match": first.headers["etag"]}})
    )
    assert again.status_code == 304 and again.content == b""
    other = {"headers": {"if-none-match": first.headers["etag"], "cookie": "lang=en"}}
    assert asyncio.run(_get(datasette, path, other)).status_code == 200


def test_a_changed_archive_has_new_pages(working, tmp_path):
    path = shutil.copy(working, tmp_path / "archive.db")
    datasette = served(path, immutable=False)
    first = asyncio.run(_get(datasette, "/tim?q=hoi+nghi", {}))
    assert first.headers["cache-control"] == "no-cache"
    os.utime(path, ns=(1, 1))
    known = {"headers": {"if-none-match": first.headers["etag"]}}
    assert asyncio.run(_get(datasette, "/tim?q=hoi+nghi", known)).status_code == 200


def test_an_error_is_not_kept(dump):
    answer = asyncio.run(_get(served(dump), "/archive/articles/1", {}))
    assert answer.status_code == 404 and "etag" not in answer.headers


def test_files_are_made_one_at_a_time_and_only_some_wait():
    async def crowd() -> tuple[int, int, int]:
        running = most = refused = made = 0

        async def one() -> None:
            nonlocal running, most, refused, made
            try:
                async with turn():
                    running += 1
                    most = max(most, running)
                    await asyncio.sleep(0.01)
                    running -= 1
                    made += 1
            except BusyError:
                refused += 1

        await asyncio.gather(*(one() for _ in range(50)))
        return most, made, refused

    assert asyncio.run(crowd()) == (1, WAITING, 50 - WAITING)


def test_fifty_who_want_a_workbook_do_not_hold_up_a_search(dump):
    datasette = served(dump)

    async def crowd() -> tuple[list[int], int]:
        await datasette.invoke_startup()
        books = [asyncio.create_task(datasette.client.get("/tim.xlsx?q=hoi")) for _ in range(50)]
        await asyncio.sleep(0)
        found = await asyncio.wait_for(datasette.client.get("/tim?q=nhan+hieu"), 30)
        answers = await asyncio.gather(*books)
        busy = next(answer for answer in answers if answer.status_code == 503)
        assert int(busy.headers["retry-after"]) > 0 and "thử lại" in busy.text
        return [answer.status_code for answer in answers], found.status_code

    codes, found = asyncio.run(crowd())
    assert found == 200 and set(codes) == {200, 503} and codes.count(200) <= WAITING + 2


def test_a_table_as_csv_opens_in_excel(dump):
    body = asyncio.run(_get(served(dump), "/archive/provinces.csv?_size=5", {})).content
    assert body.startswith("\ufeffslug".encode()) and body.count("\ufeff".encode()) == 1
