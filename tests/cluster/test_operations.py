"""The files that set many machines up name what is there, and fit one another."""

from __future__ import annotations

import fnmatch
import re

import pytest
import yaml
from scrapy.settings import Settings

from tests.conftest import ROOT
from tests.scrapy_command import scrapy

OPERATIONS = ROOT / "docs" / "operations"
KINDS = {
    "ConfigMap": "v1", "Service": "v1", "PersistentVolumeClaim": "v1", "Deployment": "apps/v1",
    "CronJob": "batch/v1", "NetworkPolicy": "networking.k8s.io/v1",
}  # fmt: skip


@pytest.fixture(scope="module")
def manifest():
    text = (OPERATIONS / "kubernetes.yml").read_text(encoding="utf-8")
    return [part for part in yaml.safe_load_all(text) if part]


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((OPERATIONS / "compose.yml").read_text(encoding="utf-8"))


def pods(manifest):
    for part in manifest:
        spec = part.get("spec", {})
        if part["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec:
            yield part, spec["template"]


def test_every_object_has_its_version_and_name(manifest):
    assert {part["kind"] for part in manifest} == set(KINDS)
    for part in manifest:
        assert part["apiVersion"] == KINDS[part["kind"]] and part["metadata"]["name"]
    names = [(part["kind"], part["metadata"]["name"]) for part in manifest]
    assert len(names) == len(set(names))


def test_selectors_find_pods_and_ports(manifest):
    labels = [template["metadata"]["labels"] for _, template in pods(manifest)]

    def chosen(selector):
        return [found for found in labels if selector.items() <= found.items()]

    for part, template in pods(manifest):
        if part["kind"] == "Deployment":
            wanted = part["spec"]["selector"]["matchLabels"]
            assert wanted == template["metadata"]["labels"] and len(chosen(wanted)) == 1
    for part in manifest:
        if part["kind"] == "Service":
            assert len(chosen(part["spec"]["selector"])) == 1
            named = {
                port["name"]: port["containerPort"]
                for _, template in pods(manifest)
                if part["spec"]["selector"].items() <= template["metadata"]["labels"].items()
                for port in template["spec"]["containers"][0]["ports"]
            }
            assert {port["targetPort"]: port["port"] for port in part["spec"]["ports"]} == named
        if part["kind"] == "NetworkPolicy":
            assert chosen(part["spec"]["podSelector"]["matchLabels"])
            (rule,) = part["spec"]["ingress"]
            assert len(chosen(rule["from"][0]["podSelector"]["matchLabels"])) == len(labels)


def test_what_pods_mount_and_read_is_declared(manifest):
    declared = {(part["kind"], part["metadata"]["name"]) for part in manifest}
    asked = (OPERATIONS / "kubernetes.yml").read_text(encoding="utf-8")
    for _, template in pods(manifest):
        spec = template["spec"]
        volumes = {volume["name"]: volume for volume in spec.get("volumes", ())}
        for container in spec["containers"]:
            assert {mount["name"] for mount in container.get("volumeMounts", ())} == set(volumes)
            assert container["resources"]["limits"]["memory"]
            assert container["securityContext"]["runAsNonRoot"]
            for source in container.get("envFrom", ()):
                if name := source.get("configMapRef", {}).get("name"):
                    assert ("ConfigMap", name) in declared
                else:
                    assert f"secret generic {source['secretRef']['name']} " in asked
        for volume in volumes.values():
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            assert claim is None or ("PersistentVolumeClaim", claim) in declared


def commands(manifest, compose):
    found = [template["spec"]["containers"][0]["command"] for _, template in pods(manifest)]
    return found + [service["command"] for service in compose["services"].values()]


def test_commands_are_ones_that_there_are(manifest, compose):
    known = scrapy("nightly", "--help").stdout
    settings = Settings()
    settings.setmodule("crawler.settings")
    schedulers = set()
    for words in commands(manifest, compose):
        assert words[0] in ("dask", "scrapy"), words
        for word in words[2:]:
            option, _, value = word.partition("=")
            if words[0] == "scrapy":
                assert option in known, word
                if option == "--set":
                    assert value.partition("=")[0] in settings
        schedulers |= {
            found for word in words for found in re.findall(r"tcp://([\w.]+):8786", word)
        }
    assert schedulers == {"scheduler"}
    assert {"scheduler"} <= set(compose["services"])
    assert ("Service", "scheduler") in {(p["kind"], p["metadata"]["name"]) for p in manifest}


def test_compose_shares_a_folder(compose):
    services = compose["services"]
    for name, service in services.items():
        mounted = {volume.partition(":")[0] for volume in service["volumes"]}
        assert mounted <= set(compose["volumes"]) and "store" in mounted, name
        context = (OPERATIONS / service["build"]["context"]).resolve()
        assert context == ROOT and (context / service["build"]["dockerfile"]).exists()
    published = [port for service in services.values() for port in service.get("ports", ())]
    assert published and all(port.startswith("127.0.0.1:") for port in published)
    assert not [port for port in published if port.endswith(":8786")]


def test_the_image_has_what_it_copies():
    said = (OPERATIONS / "Containerfile.cluster").read_text(encoding="utf-8")
    ignored = (OPERATIONS / "Containerfile.cluster.dockerignore").read_text("utf-8").split("\n")
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    copied = [
        source
        for rest in re.findall(r"^COPY (.*)$", said, re.MULTILINE)
        for source in rest.split()[:-1]
    ]
    assert "*" in ignored and {"crawler", "pipelines", "spiders", "scrapy.cfg"} <= set(copied)
    for source in copied:
        assert (ROOT / source).exists()
        assert any(fnmatch.fnmatch(source, pattern) for pattern in let_in), source
    assert re.search(r"^USER (?!root|0\b)", said, re.MULTILINE)
