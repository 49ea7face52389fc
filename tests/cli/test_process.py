"""`digest` as a process of its own: its start, its pipes, its signals."""

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from digest import __version__
from digest.preview import listen
from tests.cli.running import digest

PATIENCE_S = 60
LIGHT = {"digest", "digest.issues", "digest.__main__", "digest.cli"}


def _run(*args: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "digest", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S, **more)  # type: ignore[call-overload, no-any-return] # options of run


def test_it_runs_as_a_module() -> None:
    ran = _run("--version")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"digest {__version__}\n", "")


def test_its_start_imports_no_command_and_no_package_that_one_needs() -> None:
    code = "import sys; from digest.cli.process.error_boundary import run; run(['--version']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    loaded = set(ran.stdout.split())
    ours = {name for name in loaded if name.startswith("digest")}
    assert {name for name in ours if not name.startswith("digest.cli.")} <= LIGHT
    assert not {name for name in ours if name.startswith("digest.cli.commands")}
    slow = {
        "rich",
        "jinja2",
        "starlette",
        "httptools",
        "uvicorn",
        "watchdog",
        "markdown_it",
        "yaml",
        "sqlite3",
        "difflib",
        "asyncio",
    }
    assert not loaded & slow


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    lines.write_text("Lake ferry stays in port\n" * 20_000)
    label = subprocess.Popen(
        [sys.executable, "-m", "digest", "label", "--tsv", str(lines)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert label.stdout is not None
    assert label.stderr is not None
    label.stdout.readline()
    label.stdout.close()
    assert label.wait(PATIENCE_S) == 0
    assert label.stderr.read() == b""
    label.stderr.close()


def test_a_closed_pipe_at_the_very_end_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "digest", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=PATIENCE_S,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_that_names_the_command(shell: str) -> None:
    ran = digest("completion", shell)
    assert ran.code == 0
    assert "_DIGEST_COMPLETE" in ran.out
    assert digest("completion", "cmd").code == 2


def test_what_the_script_asks_is_answered() -> None:
    asked = os.environ | {"_DIGEST_COMPLETE": "bash_complete", "COMP_WORDS": "digest bu", "COMP_CWORD": "1"}
    assert _run(env=asked).stdout == "plain,build\n"


def test_serve_is_up_says_where_and_leaves_nothing_behind(site: Path) -> None:
    serving = subprocess.Popen(
        [sys.executable, "-m", "digest", "serve", "--port", "0", "--now", "2026-03-12T18:00"],
        cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert serving.stdout is not None
    assert serving.stderr is not None
    said = serving.stdout.readline()
    found = re.match(r"http://127\.0\.0\.1:(\d+)/  \(Ctrl-C ends it\)\n", said)
    assert found, said
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=PATIENCE_S)
    connection.request("GET", "/")
    assert b"Lake ferry" in connection.getresponse().read()
    connection.close()
    serving.send_signal(signal.SIGINT)
    assert serving.wait(PATIENCE_S) == 130
    assert (serving.stdout.read(), serving.stderr.read()) == ("", "")
    serving.stdout.close()
    serving.stderr.close()
    assert {p.name for p in site.iterdir()} == {"content", "digest.toml", ".digest", "2026-03-12-nw-utc.txt"}
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", int(found[1])).request("GET", "/")


def test_serve_wants_a_port_that_is_free_if_one_is_named(site: Path) -> None:
    taken = listen("127.0.0.1", 0, exact=True)
    port = taken.getsockname()[1]
    try:
        ran = digest("serve", "--port", str(port), cwd=site)
    finally:
        taken.close()
    assert ran.code == 2
    assert f"port {port} of 127.0.0.1 cannot be had" in ran.err
