"""The files of deploy/ fit each other and this project; docs/scale.md holds what was measured and its arithmetic."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from bench import scale_tables
from conftest import ROOT
from demos.ray_cluster import ENVIRONMENT_OF_RAY
from demos.ray_pools import Pool, read_pools

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
NGINX = (DEPLOY / "nginx.conf").read_text()
NGINX_PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def test_the_proxy_knows_every_server_and_no_other() -> None:
    servers = {name for name, one in COMPOSE["services"].items() if one.get("command") == ["app"]}
    assert len(servers) == 2 and set(re.findall(r"server (\w+):8501", NGINX)) == servers
    assert set(COMPOSE["services"]["proxy"]["depends_on"]) == servers
    published = {name for name, one in COMPOSE["services"].items() if "ports" in one}
    assert published == {"proxy"} and COMPOSE["networks"]["inside"]["internal"] is True


def test_the_proxy_lets_the_largest_upload_through_and_keeps_nothing() -> None:
    largest = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["server"]["maxUploadSize"]
    assert int(re.search(r"client_max_body_size (\d+)m", NGINX)[1]) > largest
    for line in ("access_log off", "proxy_request_buffering off", "proxy_max_temp_file_size 0"):
        assert f"{line};" in NGINX


@pytest.mark.skipif(NGINX_PROGRAM is None, reason="nginx is not installed; Debian: apt-get install nginx-light")
def test_nginx_accepts_its_file(tmp_path: Path) -> None:
    text = re.sub(r"app[12]:8501", "127.0.0.1:8501", NGINX).replace("/tmp/nginx.pid", str(tmp_path / "pid"))
    (tmp_path / "nginx.conf").write_text(text)
    said = subprocess.run([NGINX_PROGRAM, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


def test_every_part_that_compose_starts_is_one_that_the_script_knows() -> None:
    script = (DEPLOY / "start.sh").read_text()
    parts = {one["command"][0] for one in COMPOSE["services"].values() if "command" in one}
    assert parts == {"app", "head", "worker"} == set(re.findall(r"^    (\w+)\)$", script, re.M))
    assert subprocess.run(["sh", "-n", DEPLOY / "start.sh"]).returncode == 0
    modules = re.findall(r"python -m (demos\.\w+)", script)
    assert modules and all((ROOT / f"{name.replace('.', '/')}.py").exists() for name in modules)


def test_every_container_of_ours_shares_the_secret_and_writes_to_memory_only() -> None:
    for name, one in COMPOSE["services"].items():
        if name != "proxy":
            assert one["environment"]["RAY_AUTH_MODE"] == "token" and ":?" in one["environment"]["RAY_AUTH_TOKEN"]
            assert one["tmpfs"][0].startswith("/tmp") and one["cap_drop"] == ["ALL"]


def test_the_image_has_all_that_is_needed_and_keeps_ray_quiet() -> None:
    image = (DEPLOY / "Dockerfile").read_text()
    for line in re.findall(r"^COPY (.+)$", image, re.M):
        assert all((ROOT / path).exists() for path in line.split()[:-1]), line
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert not {"pages", "demos", "deploy", ".streamlit", "app.py"} & set(ignored)
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_automatic_object_spilling_enabled"):
        assert f"{name}={ENVIRONMENT_OF_RAY[name]}" in image
    assert re.findall(r"^torch(?:vision)?[^a-z].*$", (ROOT / "requirements.txt").read_text(), re.M), "what the image looks for"


def test_the_example_of_pools_shows_every_key() -> None:
    shown = set(re.findall(r"^(\w+) = ", (DEPLOY / "pools.toml").read_text(), re.M))
    assert shown == set(Pool.__dataclass_fields__) - {"members"}
    assert {"pictures", "speech", "rest"} < {pool.name for pool in read_pools(DEPLOY / "pools.toml")}


# --- docs/scale.md --------------------------------------------------------------------------------

def test_the_tables_of_the_document_are_those_that_were_written() -> None:
    text = (ROOT / "docs" / "scale.md").read_text()
    assert scale_tables.written(text) == text
    said = scale_tables.measured()
    assert {"date", "machine", "command"} <= set(said) and len({row["demo"] for row in said["methods"]}) >= 8


def test_the_arithmetic_is_that_of_the_document() -> None:
    rows = [{"family": "classical", "demo": "a", "answer": 0.3}, {"family": "deep", "demo": "a", "answer": 1.0, "explain": 2.0, "look": 0.1},
            {"family": "classical", "demo": "b", "answer": 0.1}, {"family": "deep", "demo": "b", "answer": 1.0, "explain": 0.0, "look": 0.1}]
    said = {"methods": rows, "drawing": {"page_seconds": 0.02, "session_mb": 2.0, "first_page_mb": 7.0, "next_page_mb": 1.0}}
    assert scale_tables.per_input(said) == pytest.approx((2.0, 0.3))
    need = scale_tables.need(said, 3600)  # one visitor a second
    full, inputs = scale_tables.FULL, scale_tables.INPUTS
    assert (need.deep, need.classical) == pytest.approx((inputs * 2.0 / full, inputs * 0.3 / full))
    assert need.drawing == pytest.approx(scale_tables.PAGES * 0.02 / full)
    assert need.cards == pytest.approx(need.deep / scale_tables.CARD)
    assert need.open_pages == pytest.approx(60 * scale_tables.MINUTES)
    assert need.megabits == pytest.approx(8 * (7.0 + (scale_tables.DEMO_PAGES - 1) * 1.0))
    assert scale_tables.need(said, 7200).machines >= need.machines
    unmeasured = scale_tables.need(said | {"drawing": {}}, 3600)
    assert unmeasured.megabits is None and unmeasured.drawing > 0 and "Mbit" not in scale_tables.need_table(said | {"drawing": {}})
