"""The overview names what is wrong, since when, what shows it and what to do."""

from __future__ import annotations

from crawler.monitoring.alarms import Alarm
from crawler.monitoring.health import raise_alarms
from publish.desk.queries.overview import alarms
from tests.monitoring.test_expectations import portal  # noqa: F401


def test_alarms_of_the_last_run(portal):  # noqa: F811
    portal.night(2)
    portal.night(1)
    for run, codes in (("2025-03-08", ["dns"]), ("2025-03-09", ["dns", "silent"])):
        ident = portal.conn.execute("select id from runs where id like ?", (f"{run}%",)).fetchone()
        raised = [Alarm(code, f"{code} …") for code in codes]
        raise_alarms(portal.conn, ident[0], "yen_bai", raised, ident[0])
    found = alarms(portal.conn)
    assert [(row["code"], row["since"][:10]) for row in found] == [
        ("dns", "2025-03-08"), ("silent", "2025-03-09"),
    ]  # fmt: skip
    assert found[0]["detail"] == "dns …" and found[0]["department"]
    portal.night(0)
    assert alarms(portal.conn) == []


def test_the_page_has_them(get):
    for lang, title in (("vi", "Cần xem lại"), ("en", "What needs a look")):
        page = get("/tong-quan", cookies={"lang": lang}).text
        assert title in page and 'id="canh-bao"' in page
