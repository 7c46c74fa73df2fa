"""`scrapy newportal`: a short look at a site writes a spider that serves unchanged."""

from __future__ import annotations

import importlib.util
import json

import pytest

from crawler.portals.urls import classify_url
from crawler.registry.scaffold import province_of
from samples.portals import SITES
from samples.server import serve
from tests.end_to_end.test_systems import FAST, SYSTEMS
from tests.golden import check
from tests.scrapy_command import scrapy

MOST_LINES = 12


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return next(value for name, value in vars(module).items() if name == "LaoCaiMauSpider")


@pytest.mark.parametrize("name", SYSTEMS)
def test_newportal(name, tmp_path):
    site = SITES[name](66)
    with serve(site) as served:
        done = scrapy(
            "newportal", f"{served.url}{site.start}", "--province", "lao_cai", "--name", "lao_cai_mau",
            "--into", tmp_path, *FAST,
            "-s", f"PRIVATE_HOSTS_ALLOWED={served.url.partition('://')[2]}",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "lao_cai_mau.py" in done.stdout
        source = (tmp_path / "spiders/lao_cai_mau.py").read_text(encoding="utf-8")
        declared = source[source.index("class ") :].splitlines()
        assert len(declared) <= MOST_LINES
        portal = load(tmp_path / "spiders/lao_cai_mau.py").facts()
        for row in site.gold():
            address = classify_url(row["url"].replace(site.root, served.url), portal)
            assert address.kind == "article", row["url"]
        for path in site.lists:
            assert classify_url(served.url + path.partition("#")[0], portal).kind != "article", path
        golden = tmp_path / "tests/portals/lao_cai_mau/golden.json"
        with pytest.raises(AssertionError, match="reviewed"):
            check(golden, portal)
        said = json.loads(golden.read_text(encoding="utf-8"))
        golden.write_text(json.dumps({**said, "reviewed": True}), encoding="utf-8")
        check(golden, portal)


@pytest.mark.parametrize(
    ("url", "province"),
    [
        ("https://sokhcn.vinhphuc.gov.vn/", "vinh_phuc"),
        ("https://skhcn.thuathienhue.gov.vn/", "hue"),
        ("http://sokhcn.baria-vungtau.gov.vn/", "ba_ria_vung_tau"),
        ("http://ngheandost.gov.vn/", "nghe_an"),
        ("https://example.vn/", None),
    ],
)
def test_province_of(url, province):
    assert province_of(url) == province


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "newportal https://"),
        (["notanaddress"], "newportal https://"),
        (["https://example.vn/"], "--province"),
        (["https://example.vn/", "--province", "atlantis"], "atlantis"),
        (["https://sokhcn.yenbai.gov.vn/"], "yen_bai.py"),
    ],
)
def test_wrong_use(arguments, said):
    done = scrapy("newportal", *arguments)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
