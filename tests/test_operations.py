"""What the operator's pages say is what the code does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bench.machines import tables
from bench.scale import table
from crawler.monitoring.alarms import KINDS
from crawler.monitoring.observations import SITE_REFUSALS
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def alarms_table() -> str:
    """`python -m tests.test_operations` prints it for docs/operations.md."""
    lines = ["| alarm | run is booked as | means | do |", "|---|---|---|---|"]
    for code, kind in KINDS.items():
        vietnamese, english = kind.meaning.sentences
        lines.append(
            f"| `{code}` | {kind.failure or '-'} | {english}; *{vietnamese}* | {kind.remedy.in_language('en')} |"
        )
    return "\n".join(lines)


def test_every_alarm_is_explained_as_the_code_has_it():
    assert alarms_table() in (DOCS / "operations.md").read_text(encoding="utf-8")
    assert set(SITE_REFUSALS.values()) <= set(KINDS)


def test_the_scale_on_paper_is_what_the_script_prints():
    written = (DOCS / "scale.md").read_text(encoding="utf-8")
    assert table() in written
    assert all(part in written for part in tables().split("\n\n")), "python -m bench.machines"


def test_the_workflow_runs_the_commands_that_exist():
    workflow = yaml.safe_load((DOCS / "operations" / "khcn-nightly.yml").read_text("utf-8"))
    steps = workflow["jobs"]["crawl"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    commands = {
        step["run"].split()[1] for step in steps if step.get("run", "").startswith("scrapy")
    }
    assert commands <= {path.stem for path in (ROOT / "crawler" / "commands").glob("*.py")}
    assert workflow["concurrency"] and workflow[True]["schedule"][0]["cron"] == "10 15 * * *"


def test_the_systemd_units_are_accepted(tmp_path):
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not here")
    for unit in sorted((DOCS / "operations").glob("khcn-nightly.[st]*")):
        text = unit.read_text(encoding="utf-8").replace("/srv/khcn", str(ROOT))
        (tmp_path / unit.name).write_text(text.replace("User=khcn\n", ""), encoding="utf-8")
    units = [str(path) for path in sorted(Path(tmp_path).iterdir())]
    done = subprocess.run([verify, "verify", *units], capture_output=True, text=True, check=False)
    assert len(units) == 2 and done.returncode == 0, done.stderr


@pytest.mark.parametrize("unit", ["khcn-nightly.service", "khcn-desk.service"])
def test_the_units_have_no_privilege_they_do_not_need(unit):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here")
    done = subprocess.run(
        ["systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=30",
         str(DOCS / "operations" / unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-300:]


def test_the_workflow_keeps_its_state_where_nothing_evicts_it():
    text = (DOCS / "operations" / "khcn-nightly.yml").read_text("utf-8")
    assert "actions/cache" not in text and "gh release upload state" in text
    assert "run_attempt" in text and "scrapy nightly --hours 5 --quiet" in text
    for line in text.splitlines():
        assert not ("run:" in line and "${{" in line), "what GitHub fills in goes through env"


if __name__ == "__main__":
    print(alarms_table())
