"""A phrase over time as a picture: SVG for the page and to take home, PNG for a slide."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from publish.desk.queries.over_time import Coverage, Series

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 54, 745, 22, 250
BAND = 262, 22  # where the archive's coverage is drawn: top and height
COLOURS = ("#0b5a7a", "#8a6100", "#a3281f")
DASHES = ("", "7 4", "2 3")  # not told apart by colour alone
MARKS = "osD"
Say = Callable[..., str]


@dataclass(frozen=True)
class Chart:
    series: list[Series]
    coverage: list[Coverage]
    share: bool  # of all articles, else their number
    source: str
    title: str

    @property
    def span(self) -> list[str]:
        return [one.period for one in self.coverage]

    def values(self, series: Series) -> list[float | None]:
        """What is drawn; None where the archive holds nothing: no line goes through it."""
        if self.share:
            return [None if p.share is None else 100 * p.share for p in series.points]
        return [float(p.count) if p.of else None for p in series.points]

    @property
    def most(self) -> float:
        return (
            max((v for s in self.series for v in self.values(s) if v is not None), default=0) or 1
        )

    def x(self, at: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (at + 0.5) / max(1, len(self.span)), 1)

    def y(self, value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / self.most, 1)

    def told(self, value: float) -> str:
        return f"{value:.3g}%" if self.share else f"{value:.0f}"


def svg(chart: Chart, say: Say, href: Callable[[str, str], str] | None = None) -> Markup:
    """The picture; with `href` each point leads to its articles, without it stands alone."""
    step = (RIGHT - LEFT) / max(1, len(chart.span))
    parts = [
        Markup('<text x="4" y="{}" fill="currentColor">{}</text>').format(TOP + 4, chart.told(chart.most)),
        Markup('<text x="4" y="{}" fill="currentColor">0</text>').format(BOTTOM + 4),
        Markup('<path d="M{0} {1}H{2}" stroke="currentColor" fill="none" opacity=".25"/>').format(LEFT, TOP, RIGHT),
        Markup('<path d="M{0} {1}H{2}" stroke="currentColor" fill="none"/>').format(LEFT, BOTTOM, RIGHT),
    ]  # fmt: skip
    parts += _holes(chart, say, step)
    for number, series in enumerate(chart.series):
        parts += _line(chart, series, number, href, alone=len(chart.span) > 60)
    januaries = [at for at, period in enumerate(chart.span) if period.endswith("-01")]
    many = len(chart.span) > 24
    marked = januaries if many and januaries else [*range(len(chart.span))]
    for at in marked[:: len(marked) // 13 + 1]:
        label = chart.span[at][:4] if many else chart.span[at]
        parts.append(
            Markup('<text text-anchor="middle" x="{}" y="{}" fill="currentColor">{}</text>').format(
                chart.x(at), BAND[0] + BAND[1] + 16, label
            )
        )
    parts.append(
        Markup('<text x="{}" y="{}" fill="currentColor" font-size="10">{}</text>').format(
            LEFT, HEIGHT - 4, chart.source
        )
    )
    if href is None:
        parts = [_frame(chart), *parts, *_legend(chart)]
    body = Markup("").join(parts)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="lines" viewBox="0 0 {} {}" role="{}" '
        'aria-label="{}" font-family="system-ui, sans-serif" font-size="11"{}>{}</svg>'
    ).format(WIDTH, HEIGHT, "group" if href else "img", chart.title,
             "" if href else Markup(' color="#1c1f23"'), body)  # fmt: skip


def _frame(chart: Chart) -> Markup:
    return Markup('<title>{}</title><rect width="{}" height="{}" fill="#fff"/>').format(
        chart.title, WIDTH, HEIGHT
    )


def _legend(chart: Chart) -> list[Markup]:
    return [
        Markup('<text x="{}" y="14" fill="{}" font-weight="600">{}</text>').format(
            LEFT + 230 * at, COLOURS[at], series.label[:34]
        )
        for at, series in enumerate(chart.series)
    ]


def _holes(chart: Chart, say: Say, step: float) -> list[Markup]:
    """What the archive has of each period: a band; times without anything, and nights unseen."""
    most = max((one.portals for one in chart.coverage), default=0) or 1
    top, height = BAND
    parts = []
    for at, one in enumerate(chart.coverage):
        x = round(LEFT + step * at, 1)
        nothing = all(series.points[at].of == 0 for series in chart.series)
        tall = round(height * one.portals / most, 1)
        told = say("portals_begun", n=one.portals)
        if one.unseen:
            told = f"{told}; {say('nights_unseen', n=one.unseen)}"
        parts.append(
            Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="currentColor" opacity=".22"><title>{}: {}</title></rect>').format(
                x, top + height - tall, round(step, 1), tall, one.period, told
            )
        )  # fmt: skip
        if nothing:
            parts.append(
                Markup('<rect class="nothing" x="{}" y="{}" width="{}" height="{}" fill="currentColor" opacity=".09"><title>{}: {}</title></rect>').format(
                    x, TOP, round(step, 1), BOTTOM - TOP, one.period, say("nothing_held")
                )
            )  # fmt: skip
        if one.unseen:
            parts.append(
                Markup('<path class="unseen-nights" d="M{} {}h{}" stroke="#a3281f" stroke-width="3"/>').format(
                    x, top + height + 2, round(step, 1)
                )
            )  # fmt: skip
    return parts


def _line(
    chart: Chart,
    series: Series,
    number: int,
    href: Callable[[str, str], str] | None,
    *,
    alone: bool,
) -> list[Markup]:
    values = chart.values(series)
    path, pen = [], "M"
    for at, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{chart.x(at)} {chart.y(value)}")
        pen = "L"
    parts = [
        Markup('<path class="series{}" d="{}" fill="none" stroke="{}" stroke-width="2.2" stroke-dasharray="{}"/>').format(
            number + 1, " ".join(path), COLOURS[number], DASHES[number]
        )
    ]  # fmt: skip
    for at, value in enumerate(values):
        if value is None:
            continue
        point = series.points[at]
        told = f"{series.label}, {point.period}: {point.count} / {point.of}"
        dot = Markup('<circle class="series{}" cx="{}" cy="{}" r="{}" fill="{}"><title>{}</title></circle>').format(
            number + 1, chart.x(at), chart.y(value), 2 if alone else 3.5, COLOURS[number], told
        )  # fmt: skip
        if href and point.count:
            dot = Markup('<a href="{}" aria-label="{}">{}</a>').format(
                href(series.query, point.period), told, dot
            )
        parts.append(dot)
    return parts


def png(chart: Chart) -> bytes:
    """The same for programs that take no SVG; with fonts of its own, so Vietnamese is printed."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 5.4), dpi=150)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(6, 1))
    places = range(len(chart.span))
    for number, series in enumerate(chart.series):
        drawn: list[Any] = [float("nan") if v is None else v for v in chart.values(series)]
        above.plot(places, drawn, color=COLOURS[number], marker=MARKS[number], markersize=3,
                   linestyle=("-", "--", ":")[number], label=series.label)  # fmt: skip
    for at in places:
        if all(series.points[at].of == 0 for series in chart.series):
            above.axvspan(at - 0.5, at + 0.5, color="#000000", alpha=0.07, linewidth=0)
        if chart.coverage[at].unseen:
            below.axvspan(at - 0.5, at + 0.5, ymax=0.08, color=COLOURS[2], linewidth=0)
    below.bar(places, [one.portals for one in chart.coverage], width=1, color="#9aa7ae")
    below.set_ylabel("cổng")
    above.set_ylabel("% số bài" if chart.share else "số bài")
    above.set_ylim(0, chart.most * 1.05)
    every = len(chart.span) // 12 + 1
    below.set_xticks([*places][::every], chart.span[::every], rotation=30, ha="right")
    # A dollar sign in a phrase is no formula.
    above.legend(frameon=False)
    for text in above.get_legend().get_texts():
        text.set_parse_math(False)
    above.set_title(chart.title, parse_math=False)
    figure.text(0.01, 0.01, chart.source, fontsize=7, parse_math=False)
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def rows(chart: Chart) -> list[list[Any]]:
    """The figures, a row a period, with what the archive has of it."""
    head: list[Any] = ["period"]
    for series in chart.series:
        head += [f"{series.label}: articles", f"{series.label}: of all", f"{series.label}: share"]
    table = [[*head, "portals_begun", "nights_not_looked"]]
    for at, one in enumerate(chart.coverage):
        line: list[Any] = [one.period]
        for series in chart.series:
            point = series.points[at]
            share = "" if point.share is None else f"{point.share:.6f}"
            line += [point.count, point.of, share]
        table.append([*line, one.portals, one.unseen])
    notes = [["", series.label, "without a date", series.undated, "not drawn", series.undrawn]
             for series in chart.series if series.undated or series.undrawn]  # fmt: skip
    return [*table, [], [chart.source], *notes]
