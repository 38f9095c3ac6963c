"""From files and options to one spec, and no input that ends in anything but a spec or an error with a place."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k8sgen.errors import InputError, Problem
from k8sgen.render.objects import Renderer
from k8sgen.spec.load import LoadedSettings, LoadedSpec, Source, load_document, load_settings, load_spec
from k8sgen.yamltext.write import document
from tests.spec.strategies import partial_specs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

NOWHERE = Path("/nowhere")
START = "name: orders\nimage: a:1.4\n"
EXAMPLES = Path(__file__).parents[2] / "examples"


def load(
    text: str | bytes, environment: str = "", options: Sequence[str] = (), version: str = "", **rest: Any
) -> LoadedSpec:
    """The spec of a text; `rest` may name other `settings` and the `directory` that the text stands in."""
    content = text.encode() if isinstance(text, str) else text
    source = Source("service.yaml", rest.get("directory", NOWHERE))
    read = load_document(content, source, rest.get("settings", LoadedSettings()))
    return load_spec(read, environment, options, version)


def refused(text: str, environment: str = "", options: Sequence[str] = (), **rest: Any) -> str:
    """What loading says of a text."""
    with pytest.raises(InputError) as caught:
        load(text, environment, options, **rest)
    return str(caught.value)


def settings_of(text: str, directory: Path) -> LoadedSettings:
    """The settings of a k8sgen.yaml with this text."""
    (directory / "k8sgen.yaml").write_text(text)
    return load_settings(directory / "k8sgen.yaml", "k8sgen.yaml")


def refused_settings(text: str, directory: Path) -> str:
    """What loading says of a k8sgen.yaml."""
    with pytest.raises(InputError) as caught:
        settings_of(text, directory)
    return str(caught.value)


def test_layers_from_the_lowest(tmp_path: Path) -> None:
    """Each layer wins over the ones before it, and knows its name and place."""
    settings = settings_of(
        "defaults: {team: a, partOf: a, replicas: 3}\nenvironments: {production: {team: b, partOf: b}}\n",
        tmp_path,
    )
    spec = "environments: {production: {team: d}}\n"
    loaded = load(f"{START}team: c\n{spec}", "production", ["labels.a=e"], settings=settings)
    assert [name for name, _ in loaded.layers] == [
        "defaults of k8sgen.yaml",
        "environment production of k8sgen.yaml",
        "service.yaml",
        "environment production of service.yaml",
        "--set",
    ]
    assert (loaded.spec.team, loaded.spec.part_of, loaded.spec.replicas) == ("d", "b", 3)
    places = [str(loaded.place((key,))) for key in ("team", "partOf", "replicas", "labels", "rollout")]
    assert places == [
        "service.yaml:4:35",
        "k8sgen.yaml:2:46",
        "k8sgen.yaml:1:42",
        "--set labels.a=e",
        "service.yaml:1:1",
    ]


def test_environment_without_defaults_keeps_its_name(tmp_path: Path) -> None:
    """The layer of an environment is not called that of the defaults when there are none."""
    settings = settings_of("environments: {production: {team: b}}\n", tmp_path)
    loaded = load(START, "production", settings=settings)
    assert [name for name, _ in loaded.layers] == ["environment production of k8sgen.yaml", "service.yaml"]


@pytest.mark.parametrize(
    ("option", "path", "value"),
    [
        ("image.tag=1.10", ("image", "tag"), "1.10"),
        ("image=b:2", ("image", "repository"), "b"),
        ("replicas=3", ("replicas",), 3),
        ("env.A=012", ("env", "A", "value"), "012"),
        ("env.A=1.50", ("env", "A", "value"), "1.50"),
        ("env.A=true", ("env", "A", "value"), "true"),
        ("env.A=a=b", ("env", "A", "value"), "a=b"),
        ('env.A={"value":"b"}', ("env", "A", "value"), "b"),
        ("labels.a=1", ("labels", "a"), "1"),
        (r"labels.app\.kubernetes\.io/x=y", ("labels", "app.kubernetes.io/x"), "y"),
        ('annotations.a={"b":1}', ("annotations", "a"), '{"b":1}'),
        ("args=[]", ("args",), []),
        ("port=81", ("ports", "http", "port"), 81),
        ("rollout.maxSurge=25%", ("rollout", "maxSurge"), "25%"),
        ("rollout.maxSurge=2", ("rollout", "maxSurge"), 2),
        ("probes.liveness=false", ("probes", "liveness", "enabled"), False),
        ("resources.requests.cpu=1", ("resources", "requests", "cpu"), "1"),
        ("container.stdin=true", ("container", "stdin"), True),
        ("team=", ("team",), ""),
        ("team=null", ("team",), None),
    ],
)
def test_option_is_read_by_the_type_of_its_field(option: str, path: tuple[str, ...], value: object) -> None:
    """Text stays as it stands, numbers and booleans are read where the field takes them, maps and lists are JSON."""
    found: Any = load(f"{START}team: a\n", options=[option]).values
    for key in path:
        found = found.get(key)
    assert found == value
    assert isinstance(found, type(value))


SET_HINT = "  hint: write it like --set image.tag=1.4.2"

OPTIONS = {
    "": f"--set : is not PATH=VALUE\n{SET_HINT}",
    "replicas": f"--set replicas: is not PATH=VALUE\n{SET_HINT}",
    "a..b=3": f"--set a..b=3: is not PATH=VALUE\n{SET_HINT}",
    "a\\=3": f"--set a\\=3: is not PATH=VALUE\n{SET_HINT}",
    "replicas=": '--set replicas=: replicas ("") is text, and must be a whole number',
    "replicas=²": '--set replicas=²: replicas ("²") is text, and must be a whole number',
    "labels=a": (
        '--set labels=a: labels ("a") is text, and must be a map\n'
        '  hint: write it like --set \'labels={"tier": "backend"}\''
    ),
    "labels.a.b=c": (
        '--set labels.a.b=c: labels.a ({"b": "c"}) is a map, and must be text\n'
        "  hint: a dot inside a key is written `\\.`; a whole map or list is written as JSON"
    ),
    "env.A={": (
        "--set env.A={: { is not JSON\n"
        '  hint: maps and lists are written as JSON, as in --set \'resources.limits={"memory":"1Gi"}\''
    ),
    'env.A={"a":1,"a":2}': (
        '--set env.A={"a":1,"a":2}: the key "a" is given twice\n  hint: keep one of them'
    ),
    "args=[NaN]": "--set args=[NaN]: nan is not a number that YAML can hold",
    "args=[12345678901234567890]": (
        "--set args=[12345678901234567890]: 12345678901234567890 is beyond 2^53, and some readers would round it\n"
        "  hint: quote it"
    ),
    'args=["\\u0000"]': ('--set args=["\\u0000"]: "\\u0000" holds a control character\n  hint: leave it out'),
    "team=\x1b[31m": (
        "--set team=�[31m: holds a control character or bytes that are not UTF-8\n  hint: leave it out"
    ),
    "team=\udcff": (
        "--set team=�: holds a control character or bytes that are not UTF-8\n  hint: leave it out"
    ),
    "version=2": "--set version=2: version (2) is not 1",
    "replicas=null": (
        "--set replicas=null: replicas is null, but it has a default and cannot be removed\n"
        "  hint: set another value, or leave the line out to keep what is below"
    ),
}
"""Options, by what is said of them."""


@pytest.mark.parametrize(("option", "said"), OPTIONS.items(), ids=map(repr, OPTIONS))
def test_broken_option(option: str, said: str) -> None:
    """The option itself is the place."""
    assert refused(START, options=[option]) == said


def test_deep_option() -> None:
    """A value that no file could hold is refused, and does not exhaust the stack."""
    said = refused(START, options=["container.a=" + "[" * 5000 + "]" * 5000])
    assert said.endswith("the value is deeper than 100 levels")
    assert refused(START, options=["container.a=" + "[" * 101 + "]" * 101]) == said


SETTINGS = {
    "lint: {profle: strict}": (
        "k8sgen.yaml:1:8: lint.profle is not a field of k8sgen.yaml\n  hint: did you mean profile?"
    ),
    "lint: {quiet: true}": (
        "k8sgen.yaml:1:8: lint.quiet is not a field of k8sgen.yaml\n"
        "  hint: known here: profile, failOn, enable, disable, severity, options, exempt, baseline"
    ),
    "default: {}": "k8sgen.yaml:1:1: default is not a field of k8sgen.yaml\n  hint: did you mean defaults?",
    "replicas: 3": (
        "k8sgen.yaml:1:1: replicas is not a field of k8sgen.yaml\n"
        "  hint: fields of service.yaml stand under `defaults`, as defaults.replicas"
    ),
    "environments: {a: 3}": (
        "k8sgen.yaml:1:19: environments.a (3) is a number, and must be a map\n"
        "  hint: write it like `a: {replicas: 3}`"
    ),
    "environments: {A: {}}": (
        'k8sgen.yaml:1:16: environments: "A" is not a name\n'
        "  hint: use lower-case letters, digits and `-`, with a letter or digit at both ends, as in production"
    ),
    "environments: {a: {kubernetesVersion: 1.35}}": (
        "k8sgen.yaml:1:39: environments.a.kubernetesVersion (1.35) is not a minor version in quotes\n"
        '  hint: write it like "1.35"'
    ),
    "environments: {a: {kubernetesVersion: '1.²'}}": (
        'k8sgen.yaml:1:39: environments.a.kubernetesVersion ("1.²") is not a minor version in quotes\n'
        '  hint: write it like "1.35"'
    ),
    "kubernetesVersion: v1.35": (
        'k8sgen.yaml:1:20: kubernetesVersion ("v1.35") is not a minor version\n'
        "  hint: write 1 and the minor version, in quotes, as in 1.35"
    ),
}
"""Settings, by what is said of them."""


@pytest.mark.parametrize(("text", "said"), SETTINGS.items(), ids=SETTINGS)
def test_broken_settings(text: str, said: str, tmp_path: Path) -> None:
    """k8sgen.yaml is refused in the words of service.yaml."""
    assert refused_settings(f"{text}\n", tmp_path) == said


@pytest.mark.parametrize("text", ["environments:", "defaults:", "output:", "environments: {a: }"])
def test_empty_key_of_settings_is_none(text: str, tmp_path: Path) -> None:
    """A key whose lines are all comments says nothing."""
    assert load(START, settings=settings_of(f"{text}\n", tmp_path)).spec.name == "orders"


def test_version_of_kubernetes(tmp_path: Path) -> None:
    """The option wins over the environment, the environment over the file."""
    settings = settings_of(
        'kubernetesVersion: "1.30"\nenvironments: {new: {kubernetesVersion: "1.36"}, old: {}}\n', tmp_path
    )
    assert [load(START, name, settings=settings).kubernetes_minor for name in ("", "old", "new")] == [
        30,
        30,
        36,
    ]
    assert load(START, "new", version="v1.32.4", settings=settings).kubernetes_minor == 32
    assert refused(START, version="1.x") == (
        '--kubernetes-version 1.x: "1.x" is not a minor version\n  hint: write it like 1.35'
    )


def test_unknown_environment() -> None:
    """The nearest environment is named, or all, or where to add one."""
    text = f"{START}environments: {{production: {{}}}}\n"
    assert refused(text, "prodution").endswith("hint: did you mean production?")
    assert (
        refused(text, "x")
        == 'service.yaml:1:1: environment "x" is not in the spec\n  hint: known: production'
    )
    assert refused(START, "x").endswith("hint: add it under `environments` in service.yaml")


def test_environment_holds_no_settings() -> None:
    """Only k8sgen.yaml's environments have a version of Kubernetes; none has environments."""
    text = f"{START}environments: {{a: {{kubernetesVersion: '1.35', environments: {{}}}}}}\n"
    assert refused(text, "a") == (
        "service.yaml:3:20: kubernetesVersion is not a field of the spec\n"
        "  hint: it belongs in k8sgen.yaml, at the top or in an environment there\n"
        "service.yaml:3:47: environments is not a field of the spec\n"
        "  hint: environments stand at the top of the file, not inside one another"
    )


def test_content_of_files(tmp_path: Path) -> None:
    """Text stays text, other bytes become base64; the document is not changed by reading."""
    (tmp_path / "a.txt").write_text("é\n")
    (tmp_path / "b.bin").write_bytes(b"\xff\x00")
    text = f"{START}files: {{/a: {{fromFile: a.txt, mode: 288}}, /b: {{fromFile: b.bin}}}}\n"
    read = load_document(text.encode(), Source("service.yaml", tmp_path), LoadedSettings())
    for _ in range(2):
        assert load_spec(read).values["files"] == {
            "/a": {"mode": 288, "text": "é\n"},
            "/b": {"binary": "/wA="},
        }
    assert read.values["files"]["/a"] == {"fromFile": "a.txt", "mode": 288}


def test_files_out_of_reach(tmp_path: Path) -> None:
    """Whatever is no readable file inside the directory is an error that names the key."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret").write_text("x")
    (inside / "link").symlink_to(tmp_path / "secret")
    (inside / "loop").symlink_to("loop")
    (inside / "large").write_bytes(b"x" * 1_048_577)
    os.mkfifo(inside / "pipe")
    said = {
        "link": "leads out of the directory of service.yaml",
        "/etc/hostname": "leads out of the directory of service.yaml",
        "large": "is larger than 1 MiB",
        "pipe": "is not a file",
        ".": "is not a file",
        "n" * 300: "cannot be read: file name too long",
    }
    for name, what in said.items():
        lines = refused(f"{START}files: {{/a: {{fromFile: {name}}}}}\n", directory=inside).splitlines()
        assert lines[0].startswith("service.yaml:3:24: files[/a].fromFile (")
        assert lines[0].endswith(what)
    assert "files[/a].fromFile" in refused(f"{START}files: {{/a: {{fromFile: loop}}}}\n", directory=inside)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """From the top down, layer problems and model problems alike."""
    said = refused(
        f"{START}replicas: x\nfiles: {{/a: {{fromFile: b}}}}\nteam: 3\nrollout: {{type: null}}\n",
        options=["labels=1"],
    )
    assert [line.split(": ")[0] for line in said.splitlines() if "hint" not in line] == [
        "service.yaml:3:11",
        "service.yaml:4:24",
        "service.yaml:5:7",
        "service.yaml:6:17",
        "--set labels=1",
    ]


BASES = sorted(EXAMPLES.glob("*/service.yaml"))
JUNK = (
    "null",
    "true",
    "3",
    "-1",
    "0.5",
    "9007199254740993",
    '""',
    "[]",
    "{}",
    "[a]",
    "{a: b}",
    "{a: null}",
    "&a x",
    "*a",
    "!!str x",
    "<<",
    "y",
    "012",
    "é",
    "'\\'",
    "- a",
    "a: b",
    "|",
    ">",
    "#",
    "\t",
    "\x00",
    "\u2028",
    "---",
    "{{ x }}",
    "%",
    "@",
    "`",
    "2001-01-01",
    "[" * 120,
    "null: 1",
    "? a",
    "{? a : b}",
    "[[[]]]",
    "{1: 2}",
    "{'': 1}",
    '{"[key]": 1}',
    "{enabled: 3}",
    "{port: {}}",
    "{value: [1]}",
)
"""What people, merges and broken tools leave where a value or key should be."""


@st.composite
def broken_specs(draw: st.DrawFn) -> bytes:
    """A good spec with a few lines deleted, repeated, moved, retabbed or filled with junk, perhaps cut off."""
    lines = draw(st.sampled_from(BASES)).read_text().splitlines()
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.integers(0, len(lines) - 1))
        line = lines[index]
        indent = line[: len(line) - len(line.lstrip())]
        key, colon, value = line.partition(":")
        junk = draw(st.sampled_from(JUNK))
        other = draw(st.sampled_from(lines))
        lines[index : index + 1] = draw(
            st.sampled_from(
                [
                    [],
                    [line, line],
                    [line, other],
                    ["\t" + line.lstrip()],
                    [" " + line],
                    [line[2:]],
                    [f"{key}: {junk}"],
                    [f"{indent}{junk}{colon}{value}"],
                    [f"{indent}{junk}"],
                    [f"{line} {junk}"],
                    [f"{key}:"],
                    [f"{key}{value}"],
                ]
            )
        )
        if not lines:
            break
    content = "\n".join(lines).encode(errors="surrogateescape") + b"\n"
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 4)) == 0 else content


@cache
def renderer() -> Renderer:
    """One renderer for all examples, with nothing kept on the machine."""
    return Renderer()


def judge(content: str | bytes, environment: str = "", options: Sequence[str] = ()) -> None:
    """Rendering gives objects, or problems that all have a place; anything else is our bug."""
    problems: tuple[Problem, ...] = ()
    objects = 0
    try:
        objects = len(renderer().render(load(content, environment, options)).objects)
    except InputError as error:
        problems = error.problems
    assert objects or problems
    for problem in problems:
        assert problem.place is not None, problem
        assert problem.message == problem.message.strip(), problem
        assert "\n" not in f"{problem.message}{problem.hint}", problem


@given(broken_specs(), st.sampled_from(["", "production"]))
def test_broken_spec_is_an_error_with_a_place(content: bytes, environment: str) -> None:
    """No input ends in another exception."""
    judge(content, environment)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_error_with_a_place(content: bytes) -> None:
    """Not even what is no text at all."""
    judge(content)


@given(partial_specs())
def test_any_fields_are_a_spec_or_an_error(layer: dict[str, Any]) -> None:
    """Fields of the right shape in any combination: rules and templates have met them all."""
    judge(document({"name": "orders", "image": "a:1.4", **layer}))


@given(st.lists(st.text(alphabet='abportsimg.=\\[]{}":,0179-\x00é', max_size=30), max_size=3))
def test_any_option_is_a_layer_or_an_error(options: list[str]) -> None:
    """Nor does any option."""
    judge(START, options=options)


def shuffled(value: Any, random: Random) -> Any:
    """The same data with the keys of every map in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("example", BASES, ids=lambda path: path.parent.name)
@given(random=st.randoms(use_true_random=True))
@settings(max_examples=settings().max_examples // 10)  # each renders a whole example
def test_order_of_keys_never_matters(example: Path, random: Random) -> None:
    """The same spec in another order of keys gives the same bytes."""
    values = load_document(
        example.read_bytes(), Source("service.yaml", example.parent), LoadedSettings()
    ).values
    texts = []
    for each in (values, shuffled(values, random)):
        loaded = load(document(each), directory=example.parent)
        texts.append([obj.text for obj in renderer().render(loaded).objects])
    assert texts[0] == texts[1]
