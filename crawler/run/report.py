"""How a night went, in words: what is wrong, since when, what shows it and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from scrapy.settings import BaseSettings

from crawler.messages import say, say_short
from crawler.monitoring.alarms import KINDS
from crawler.monitoring.files import RECENT_DAYS, FileState, told
from crawler.run.portal_run import PortalRun


@dataclass(frozen=True, slots=True)
class Told:
    """One alarm of one portal."""

    portal: str
    code: str
    detail: str
    since: str | None = None
    new: bool = False

    @property
    def text(self) -> str:
        """A line in each language, with the remedy and the evidence."""
        kind = KINDS[self.code]
        return say(
            "told_alarm",
            mark="*" if self.new else " ",
            portal=self.portal,
            code=self.code,
            since=(self.since or "")[:10] or "-",
            detail=self.detail or "-",
            meaning=kind.meaning,
            remedy=kind.remedy,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What the operator is told of a run, new alarms first."""

    run: str
    exit_code: int
    summary: str
    alarms: tuple[Told, ...] = ()
    remarks: tuple[str, ...] = field(default=())  # what concerns no single portal
    files: str = ""  # how the files of articles stand

    @classmethod
    def of(
        cls,
        run: str,
        exit_code: int,
        summary: str,
        portals: Iterable[PortalRun],
        remarks: Iterable[str] = (),
        files: str = "",
    ) -> Report:
        found = [
            Told(
                going.portal.slug,
                alarm.code,
                alarm.detail,
                going.since.get(alarm.code, run),
                going.since.get(alarm.code, run) >= run,
            )
            for going in portals
            if going.verdict
            for alarm in going.verdict.alarms
        ]
        found.sort(key=lambda told: (not told.new, told.portal))
        return cls(run, exit_code, summary, tuple(found), tuple(remarks), files)

    @classmethod
    def failure(cls, exit_code: int, sentence: str) -> Report:
        """A run that could not even begin."""
        first, _, rest = sentence.partition("\n")
        return cls("-", exit_code, f"{first} | {rest.strip()}" if rest else first)

    @property
    def text(self) -> str:
        alarms = [alarm.text for alarm in self.alarms]
        news = [say_short("told_new")] if any(alarm.new for alarm in self.alarms) else []
        files = [self.files] if self.files else []
        return "\n\n".join([self.summary, *files, *self.remarks, *alarms, *news, f"run {self.run}"])

    @property
    def stored(self) -> dict[str, object]:
        """What a program is told."""
        alarms = [
            {
                **asdict(alarm),
                "vietnamese": KINDS[alarm.code].meaning.in_language("vi"),
                "english": KINDS[alarm.code].meaning.in_language("en"),
                "can_lam": KINDS[alarm.code].remedy.in_language("vi"),
                "remedy": KINDS[alarm.code].remedy.in_language("en"),
            }
            for alarm in self.alarms
        ]
        return {
            "run": self.run, "exit_code": self.exit_code, "summary": self.summary,
            "remarks": list(self.remarks), "files": self.files, "alarms": alarms, "text": self.text,
        }  # fmt: skip

    @property
    def worth_telling(self) -> bool:
        return self.exit_code != 0 or bool(self.remarks)


def stand(state: FileState, settings: BaseSettings) -> str:
    """How the files of articles stand, in a line."""
    return say_short(
        "files_stand", kept=state.kept, wanted=state.wanted, a_night=settings.getint("FILES_A_NIGHT"),
        unread=state.unread, scans=state.scans, unreadable=told(state.unreadable),
        days=RECENT_DAYS, refused=told(state.refused),
    )  # fmt: skip
