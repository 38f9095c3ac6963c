"""k8sgen as a process: signals, pipes that close, disks that are full, terminals, and what it imports."""

from __future__ import annotations

import ctypes
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
CAPABILITY_BOUND_DROP, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that finds k8sgen in the checkout."""
    return {**os.environ, "PYTHONPATH": str(GENERATOR), **more}


def command(*arguments: str) -> list[str]:
    """k8sgen with arguments, as a process of its own."""
    return [sys.executable, "-m", "k8sgen.cli.main", *arguments]


def shell(line: str, project: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell in which `k8sgen` is ours."""
    function = f'k8sgen() {{ "{sys.executable}" -m k8sgen.cli.main "$@"; }}; '
    return subprocess.run(
        ["bash", "-c", function + line],
        cwd=project,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )


def modules(*arguments: str, project: Path) -> set[str]:
    """The modules that a run of the command imports."""
    script = (
        "import atexit, json, os, sys\n"
        "atexit.register(lambda: os.write(3, json.dumps(sorted(sys.modules)).encode()))\n"
        f"sys.argv = ['k8sgen', *{list(arguments)!r}]\n"
        "from k8sgen.cli.main import main\n"
        "main()\n"
    )
    ran = subprocess.run(
        ["bash", "-c", 'exec 3>modules.json; exec "$0" -c "$1"', sys.executable, script],
        cwd=project,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return set(json.loads((project / "modules.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_click_alone(project: Path, option: str) -> None:
    """Start-up is a feature: no stage of the pipeline is loaded for it."""
    loaded = modules(option, project=project)
    assert {name for name in loaded if name.startswith("k8sgen")} == {
        "k8sgen",
        "k8sgen.cli",
        "k8sgen.cli.main",
    }
    assert not loaded & {
        "jinja2",
        "pydantic",
        "yaml",
        "rich",
        "ryaml",
        "orjson",
        "jsonschema_rs",
        "platformdirs",
    }


def test_render_imports_what_it_uses(project: Path) -> None:
    """Tables, a browser of packages or a test library have no place in a run of one service."""
    loaded = modules("render", "service.yaml", project=project)
    assert not loaded & {
        "rich",
        "kubernetes_validate",
        "hypothesis",
        "concurrent.futures.process",
        "multiprocessing",
        "k8sgen.explain",
        "k8sgen.spec.json_schema",
        "k8sgen.starter",
        "k8sgen.render.check",
    }


def test_reader_that_stops(project: Path) -> None:
    """`| head -1` has what it wanted: no message, no status of findings."""
    ran = shell("k8sgen schema | head -1; echo ${PIPESTATUS[0]}", project)
    assert (ran.stdout, ran.stderr) == ("{\n0\n", "")


def test_full_disk_behind_standard_output(project: Path) -> None:
    """Half a stream must not pass for a whole one."""
    ran = shell("k8sgen render service.yaml > /dev/full", project)
    assert (ran.returncode, ran.stderr) == (
        2,
        "standard output cannot be written: no space left on device\n",
    )


def test_closed_streams(project: Path) -> None:
    """A daemon may start us with nothing open; files must not end up in their place."""
    ran = shell("k8sgen render service.yaml -o out <&- >&- 2>&-", project)
    assert ran.returncode == 0
    assert (project / "out/orders/deployment.yaml").read_text(encoding="utf-8").count(
        "kind: Deployment\n"
    ) == 1


def test_closed_standard_input(project: Path) -> None:
    """`-` has nothing to read."""
    ran = shell("k8sgen render - <&-", project)
    assert (ran.returncode, ran.stderr) == (
        2,
        "<stdin>: is closed\n  hint: pipe a spec in, or name a file\n",
    )


def test_endless_standard_input(project: Path) -> None:
    """No more is read than a spec may hold."""
    ran = shell("k8sgen render - < /dev/zero", project)
    assert (ran.returncode, ran.stderr) == (
        2,
        "<stdin>: has more than 1048576 bytes\n  hint: split it into several files\n",
    )


@pytest.mark.parametrize("kind", ["fifo", "/dev/zero", "/dev/null"])
def test_pipe_or_device_in_place_of_a_file(project: Path, kind: str) -> None:
    """A pipe that nobody writes to would keep the run waiting for ever."""
    os.mkfifo(project / "fifo")
    ran = subprocess.run(
        command("render", kind),
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (
        2,
        f"{kind}: is not a regular file\n  hint: pipe it in: k8sgen render - < {kind}\n",
    )


def interrupted(arguments: list[str], project: Path, seconds: float) -> subprocess.Popen[str]:
    """Start a command and press Ctrl-C after a while: the signal goes to all its processes.

    After no time at all means once it waits for input, however slow the machine is.
    """
    running = subprocess.Popen(
        command(*arguments),
        cwd=project,
        env=environment(),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
        # Tests that a shell has started in the background ignore interrupts, and so would what they start.
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - it only sets a signal
    )
    time.sleep(seconds)
    while not seconds and is_at_work(running.pid):
        pass
    os.killpg(running.pid, signal.SIGINT)
    return running


def heed_interrupts() -> None:
    """Let SIGINT do again what it does unless somebody ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def is_at_work(process: int) -> bool:
    """Whether a process takes any time of a processor in half a second, rather than waiting for input."""
    stat = Path(f"/proc/{process}/stat")
    before = stat.read_text().split()[13:15]
    time.sleep(0.5)
    return before == ["0", "0"] or stat.read_text().split()[13:15] != before


def test_interrupt_while_reading(project: Path) -> None:
    """One word and the usual status."""
    running = interrupted(["render", "-"], project, 0)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err.strip()) == (130, "", "interrupted")


def test_interrupt_of_many_processes(project: Path) -> None:
    """No process of the pool leaves a traceback; a run that was faster has done its work."""
    for number in range(1500):
        (project / f"s{number}.service.yaml").write_text(
            f"name: s{number}\nimage: x:1\nport: 80\n", encoding="utf-8"
        )
    running = interrupted(["render", ".", "-o", "out", "-j", "2"], project, 1.5)
    _, err = running.communicate(timeout=60)
    assert (running.returncode, err.strip()) == (130, "interrupted") or running.returncode == 0


def through_terminal(arguments: list[str], project: Path, **more: str) -> bytes:
    """What a command prints when its output is a terminal."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command(*arguments), cwd=project, env=environment(**more), stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            more_said = os.read(ours, 65536)
        except OSError:  # what Linux answers when the other end is closed
            break
        if not more_said:
            break
        said += more_said
    os.close(ours)
    running.wait(timeout=30)
    return said


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "nowhere.yaml"],
        ["explain", "service.yaml"],
        ["explain", "service.yaml", "replicas"],
        ["--help"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_no_color(project: Path, arguments: list[str]) -> None:
    """NO_COLOR holds on a terminal, too; without one there are no escape codes anyway."""
    plain = through_terminal(arguments, project, NO_COLOR="1", TERM="xterm")
    assert plain
    assert b"\x1b" not in plain
    ran = subprocess.run(
        command(*arguments), cwd=project, env=environment(TERM="xterm"), capture_output=True, check=False
    )
    assert b"\x1b" not in ran.stdout + ran.stderr


def test_terminal_gets_bold_problems(project: Path) -> None:
    """On a terminal the problem stands out from its hint."""
    said = through_terminal(["render", "nowhere.yaml"], project, NO_COLOR="", TERM="xterm")
    assert said.startswith(b"\x1b[1mnowhere.yaml: there is no such file or directory\x1b[0m\r\n  hint: ")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_manifests_are_utf8_everywhere(project: Path, encoding: str) -> None:
    """An old locale must not change the bytes of a manifest."""
    plain = shell("k8sgen render service.yaml --set env.A=é😀", project)
    ran = shell("k8sgen render service.yaml --set env.A=é😀", project, PYTHONIOENCODING=encoding)
    assert "é" in ran.stdout
    assert ran.stdout == plain.stdout


def test_file_name_that_is_no_text(project: Path) -> None:
    """The message shows the bytes."""
    ran = subprocess.run(
        [*map(os.fsencode, command("render")), b"\xff.yaml"],
        cwd=project,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"\\udcff.yaml: there is no such file or directory\n")


def test_control_characters_of_a_file_name_are_not_obeyed(project: Path) -> None:
    """A name in a foreign repository could clear the screen or write elsewhere."""
    (project / "\x1b[2J.service.yaml").write_text("name: a\n", encoding="utf-8")
    ran = subprocess.run(
        command("render", "."), cwd=project, env=environment(), capture_output=True, text=True, check=False
    )
    assert ran.stderr.startswith("\\x1b[2J.service.yaml:1:1: image is missing\n")


def obey_permissions() -> None:
    """Make root obey the permissions of files, as other users do (capabilities(7))."""
    if os.getuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            libc.prctl(CAPABILITY_BOUND_DROP, capability, 0, 0, 0)


def with_permissions(arguments: list[str], project: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command that may do what the files' permissions allow and no more."""
    return subprocess.run(
        command(*arguments),
        cwd=project,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=obey_permissions,
    )


def test_file_that_may_not_be_read(project: Path) -> None:
    """The system's own words, in lower case."""
    (project / "service.yaml").chmod(0)
    ran = with_permissions(["render", "service.yaml"], project)
    assert (ran.returncode, ran.stderr) == (2, "service.yaml: cannot be read: permission denied\n")


def test_directory_that_may_not_be_read(project: Path) -> None:
    """A directory that is passed over would take services out of the output."""
    (project / "closed").mkdir(mode=0)
    ran = with_permissions(["render", "."], project)
    assert (ran.returncode, ran.stderr) == (2, "closed: cannot be read: permission denied\n")


def test_output_directory_that_may_not_be_written(project: Path) -> None:
    """Nothing is written, and nothing is left behind."""
    (project / "out").mkdir(mode=0o555)
    ran = with_permissions(["render", "service.yaml", "-o", "out"], project)
    assert ran.returncode == 2
    assert "permission denied" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list((project / "out").iterdir()) == []


def test_cache_that_may_not_be_written(project: Path) -> None:
    """A home that is read-only costs time, not the result."""
    (project / "cache").mkdir(mode=0o555)
    ran = with_permissions(["render", "service.yaml"], project, XDG_CACHE_HOME=str(project / "cache"))
    assert (ran.returncode, ran.stderr) == (0, "")
