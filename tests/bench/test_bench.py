"""The benchmarks run: tiny sizes, every part whose figures the documentation names."""

from __future__ import annotations

import pytest

from bench import captured, elements, growth, merging, pipeline, rereading, searches, stages
from bench.corpus import SHELLS, corpus


def test_heavy_pages_weigh_what_real_ones_do():
    for site in corpus(len(SHELLS), 4):
        sizes = [len(site.answer(path).body) for path in site.site.addresses.values()]
        assert all(50_000 <= size <= 130_000 for size in sizes)
        again = corpus(len(SHELLS), 4)[SHELLS.index(site.system)]
        path = next(iter(site.site.addresses.values()))
        assert site.answer(path) == again.answer(path)


def test_the_pipeline_beside_its_peers(capsys):
    lines = pipeline.crawls(2, 3, 1)
    assert [line.name for line in lines[2:]] == [pipeline.BASE, pipeline.NOTHING]
    assert all(line.pages >= 6 and line.milliseconds > 0 for line in lines)
    pipeline.table("pages", lines, base=lines[2])
    assert "known portals" in capsys.readouterr().out


def test_captures_are_filled_in_and_read_anew():
    assert [line.pages for line in pipeline.offline(4, 1)] == [4, 4, 4]


def test_real_pages(captures, capsys):
    captured.main(4, 1)
    said = capsys.readouterr().out
    for name in captured.FILES:
        assert f"4 articles of real pages ({name}" in said
    assert said.count(pipeline.CLI) == said.count(pipeline.BASE) == len(captured.FILES)


def test_reading_anew_by_one_and_by_two(captures, capsys):
    rereading.main(12, 1)
    said = capsys.readouterr().out
    for way in rereading.WAYS:
        lines = [
            line.removeprefix(way).split() for line in said.splitlines() if line.startswith(way)
        ]
        assert [line[0] for line in lines] == ["1", "2"] * len(captured.FILES)


def test_merging(capsys):
    merging.main((30,), 1)
    assert capsys.readouterr().out.splitlines()[-1].split()[0] == "30"


def test_growth(capsys):
    growth.nights((20, 40), 1, 1)
    growth.fillings((3,), 1)
    stages.main(2)
    said = capsys.readouterr().out
    assert "nothing new" in said and "3 small pages" in said and "lxml parse alone" in said


def test_searches_of_dumps_of_several_sizes(capsys):
    searches.main((30, 50), 0.2)
    lines = capsys.readouterr().out.splitlines()
    for name in searches.ORDERS:
        row = next(line for line in lines if line.startswith(f"phrases, {name}"))
        assert row.count(" / ") == 2
    assert sum(line.startswith("desk, ") and line.count(" / ") == 2 for line in lines) == 5


def test_pages_under_larger_menus_have_more_elements(capsys):
    sizes = [elements.weighed(menus)[0] for menus in elements.MENUS]
    assert sizes == [pytest.approx(wanted, rel=0.03) for wanted in (800, 2_000, 4_000)]
    elements.main(2, 3, 1, elements.MENUS[:1])
    said = capsys.readouterr().out
    assert said.count(pipeline.BASE) == 1 and "unknown portals" in said
