"""The image and its compose file: every command in them is ours, nothing runs as root, and no secret is written down."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from interviewer.app import openapi_text
from interviewer.cli import app
from interviewer.settings import Settings

ROOT = Path(__file__).parent.parent
SECRET = re.compile(r"(?i)(password|secret|token|key)\w*\s*[:=]\s*\S")


def compose() -> dict[str, Any]:
    """The compose file, with what its services share filled in."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return read


def steps(word: str, stage: int = -1) -> list[str]:
    """What follows each instruction of one kind in a stage of the Dockerfile, the last by default."""
    whole = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    chosen = re.split(r"(?m)^(?=FROM )", whole)[1:][stage]
    return re.findall(rf"(?m)^\s*{word} (.+)$", chosen)


def is_a_command(words: list[str]) -> bool:
    """Whether `interviewer` with these words would begin to do something."""
    group = typer.main.get_command(app)
    with group.make_context("interviewer", list(words[:1]), resilient_parsing=True) as context:
        _, command, _ = group.resolve_command(context, list(words[:1]))  # type: ignore[attr-defined]
        command.make_context(words[0], list(words[1:]), parent=context)
    return True


@pytest.mark.parametrize("service", ["app", "worker"])
def test_our_services_run_commands_that_exist_without_rights_on_a_volume_of_their_own(service: str) -> None:
    one = compose()["services"][service]
    assert is_a_command(one["command"])
    assert one["user"] not in ("", "0", "root") and one["read_only"] and one["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in one["security_opt"]
    assert one["volumes"] == ["interviews:/data"] and "/tmp" in one["tmpfs"]


@pytest.mark.parametrize("service", ["app", "worker"])
def test_settings_of_this_machine_reach_our_services_and_the_data_stays_on_the_volume(service: str) -> None:
    one = compose()["services"][service]
    assert one["env_file"] == [{"path": ".env", "required": False}]
    handed_on = {name.removeprefix("INTERVIEWER_").lower() for name in one["environment"] if "=" not in name}
    assert {"model", "model_key", "public_url"} <= handed_on <= set(Settings.model_fields)
    assert [name for name in one["environment"] if "=" in name] == ["INTERVIEWER_DATA=/data"]


def test_answers_are_made_by_the_worker_alone_and_browsers_reach_this_machine_alone() -> None:
    services = compose()["services"]
    assert "--no-worker" in services["app"]["command"] and services["worker"]["command"] == ["worker"]
    assert services["app"]["ports"] == ["127.0.0.1:8642:8642"] and "ports" not in services["worker"]
    assert services["worker"]["depends_on"]["app"]["condition"] == "service_healthy"


def test_what_waits_for_more_machines_is_started_on_request_only() -> None:
    services = compose()["services"]
    assert set(services) == {"app", "worker", "redis", "postgres"}
    for name in ("redis", "postgres"):
        assert services[name]["profiles"] == ["scale"] and services[name]["healthcheck"]["test"][0] == "CMD"
        assert "ports" not in services[name]


def test_every_volume_is_declared_and_every_image_names_its_version() -> None:
    read = compose()
    used = {volume.partition(":")[0] for one in read["services"].values() for volume in one["volumes"]}
    assert used == set(read["volumes"])
    for one in read["services"].values():
        assert one.get("build") == "." or re.fullmatch(r"\w+:\d[\w.-]+", one["image"])


@pytest.mark.parametrize("file", ["Dockerfile", "docker-compose.yml"])
def test_no_secret_is_written_down(file: str) -> None:
    lines = re.sub(r"\$\{\w+:-\}", "", (ROOT / file).read_text()).splitlines()  # what the environment gives
    assert [line for line in lines if SECRET.search(line.partition("#")[0])] == []


def test_the_image_runs_our_server_and_not_as_root() -> None:
    (entry,), (command,), (user,) = steps("ENTRYPOINT"), steps("CMD")[-1:], steps("USER")
    assert json.loads(entry) == ["interviewer"] and is_a_command(json.loads(command))
    assert user.isdecimal() and int(user) > 0
    assert compose()["services"]["app"]["user"] == user
    assert any(f"useradd --uid {user}" in step for step in steps("RUN"))


def test_the_image_keeps_its_data_where_the_settings_look_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for step in steps("ENV"):
        for pair in shlex.split(step):
            monkeypatch.setenv(*pair.split("=", 1))
    assert str(Settings().data) in steps("VOLUME")


def test_health_is_asked_of_a_path_that_there_is_at_the_port_that_is_served() -> None:
    whole = (ROOT / "Dockerfile").read_text()
    asked = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", whole)
    assert asked and steps("EXPOSE") == [asked[1]] and f'"--port", "{asked[1]}"' in whole
    assert asked[2] in json.loads(openapi_text())["paths"]


def test_everything_that_is_copied_into_the_image_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for step in steps("COPY", stage=0):
        *sources, _ = shlex.split(step)
        for source in sources:
            assert (ROOT / source).exists() and source not in ignored
    assert {".git", ".venv"} <= set(ignored)


def test_compose_itself_takes_the_file_where_it_is_installed() -> None:
    docker = shutil.which("docker")
    has_compose = (
        docker is not None
        and not subprocess.run([docker, "compose", "version"], capture_output=True).returncode
    )
    if not has_compose:
        return  # the tests above look at the structure themselves
    assert docker is not None
    command = [
        docker,
        "compose",
        "--file",
        str(ROOT / "docker-compose.yml"),
        "--profile",
        "scale",
        "config",
        "--quiet",
    ]
    told = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "POSTGRES_PASSWORD": "x"}
    )
    assert told.returncode == 0, told.stderr
