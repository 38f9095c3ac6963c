"""Mistakes that somebody planted who had not read the transpiler: each is caught at generation.

The lists are data (`tests/chart/planted/`): mistakes in templates and in derived values and rules, and
beside them what is in the subset, so that nothing passes by refusing everything. What is accepted prints
the same in `render` and in both Helms: a sample in `make test`, all of it in `make check`.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import ryaml

from k8sgen.chart import transpile
from k8sgen.chart.derivations import write_helper
from k8sgen.chart.helpers import Helpers
from k8sgen.chart.rules import write_rules
from k8sgen.chart.subset import check_function, check_rule
from k8sgen.chart.usage import Usage
from k8sgen.chart.values import values_of
from k8sgen.errors import TemplateError
from k8sgen.fleet.overrides import read_overrides
from k8sgen.render import objects
from k8sgen.render.objects import Renderer
from k8sgen.resolve.derivation import Derivation, Rule
from k8sgen.resolve.registry import DERIVATIONS as REGISTERED
from k8sgen.spec.load import load_document, load_spec
from k8sgen.spec.settings_file import LoadedSettings
from k8sgen.yamltext.places import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from k8sgen.errors import Problem
    from k8sgen.spec.load import LoadedSpec
    from tests.plugins.helm import Helm

    Function = Callable[..., Any] | Derivation[..., Any]

PLANTED = Path(__file__).parent / "planted"

MINOR = 35
"""Minor version of Kubernetes that the charts are for."""

MAIN = "configmap.yaml.j2"
"""The template whose place each planted one takes."""

OBJECT = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ release.fullname }}
data:
"""

IMPORTS = '''\
"""A planted module."""

from __future__ import annotations

from typing import Any

from k8sgen.resolve.arithmetic import (
    as_given,
    by_key,
    ceil_div,
    percent,
    quantity_bytes,
    quantity_milli,
    share_up,
    supports,
)
from k8sgen.resolve.container import port_protocol
from k8sgen.resolve.derivation import Cluster, derived, rule
from k8sgen.resolve.disruption import lowest_replicas
from k8sgen.spec.ports import Port
from k8sgen.spec.service_spec import Spec

'''

Specs = tuple[tuple[bytes, tuple[str, ...]], ...]
FULL = (PLANTED / "service.yaml").read_bytes()
BARE = b"name: orders\nimage: ghcr.io/acme/orders:1.4.2\n"
SPECS: Specs = (
    (FULL, ()),
    (BARE, ()),
    (BARE, ("partOf=on", "replicas=0", "rollout.maxSurge=0", "rollout.maxUnavailable=1")),
    (FULL, ("replicas=1000000", "rollout.maxSurge=1", "team=yes")),
    (FULL, ("replicas=1", "sidecars.proxy.security={}", "services.internal={}", "args=[]")),
    (FULL, ("autoscaling.enabled=true", "autoscaling.maxReplicas=5", "rollout.type=Recreate")),
    (FULL, ("labels.n=010", 'args=["héé ß"]', "annotations.x=éé", "image.pullPolicy=Always")),
    (BARE, ("startup.slowestSeconds=65", "startup.expectedSeconds=61", "replicas=3")),
)
"""A spec with more than one of everything and one with nothing, each with options that change the answers."""

SOME_OR_ALL = pytest.mark.parametrize(
    "specs",
    [
        pytest.param(SPECS[:2], id="some"),
        pytest.param(SPECS, id="all", marks=pytest.mark.needs("full-check")),
    ],
)
"""The full and the bare spec in `make test`, all of them in `make check`."""

DEEP = 150
"""Conditions in each other, in the entry that is too long to write out."""


def read(name: str) -> list[dict[str, Any]]:
    """One of the lists."""
    entries: list[dict[str, Any]] = ryaml.loads((PLANTED / name).read_text(encoding="utf-8"))
    return entries


TEMPLATES = read("templates.yaml")
DERIVATIONS = read("derivations.yaml")


def cases(entries: list[dict[str, Any]], expect: str) -> list[Any]:
    """The entries of one kind as parameters."""
    return [pytest.param(entry, id=entry["id"]) for entry in entries if entry["expect"] == expect]


def source_of(entry: dict[str, Any]) -> str:
    """The planted template."""
    if entry["id"] == "deep-nesting":
        conditions = "{% if team is given %}\n" * DEEP
        return f"{OBJECT}{conditions}a: {{{{ name }}}}\n" + "{% endif %}\n" * DEEP
    return str(entry["source"]) if entry.get("whole") else OBJECT + entry["source"]


def read_template(entry: dict[str, Any], directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What generation does first with a user's templates: read, check and compile them. Raises TemplateError.

    The other templates are left alone, for speed.
    """
    monkeypatch.setattr(objects, "TEMPLATES", (MAIN,))
    for name, source in {MAIN: source_of(entry), **entry.get("also", {})}.items():
        (directory / name).write_bytes(source.encode())
    read_overrides(directory)
    Renderer(directory)


def module_of(entry: dict[str, Any], directory: Path) -> ModuleType:
    """The planted function in a module of its own, as a file, since its source is read."""
    file = directory / "planted.py"
    file.write_text(IMPORTS + entry["source"], encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"planted_{entry['id']}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python itself warns of a few of the mistakes
        spec.loader.exec_module(module)
    return module


def read_derivation(entry: dict[str, Any], directory: Path) -> None:
    """What generation does first with a derived value or rule, and all that it calls. Raises TemplateError."""
    planted = module_of(entry, directory).planted
    if isinstance(planted, Rule):
        check_rule(planted)
    else:
        check_function(planted)


def check_problems(problems: tuple[Problem, ...], files: set[str], line: int) -> None:
    """Every problem says where it is, in one of the planted files when it has a line there, and what to do."""
    assert problems
    for problem in problems:
        assert problem.message
        assert problem.hint, problem.message
        assert problem.place is not None, problem.message
        assert problem.place.line, problem.message
        if line:
            assert Path(problem.place.file).name in files, str(problem)
            assert problem.place.line == line, str(problem)


@pytest.mark.parametrize("entry", cases(TEMPLATES, "refused"))
def test_a_mistake_in_a_template_is_refused(
    entry: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of ours, at its line, with a remedy."""
    with pytest.raises(TemplateError) as raised:
        read_template(entry, tmp_path, monkeypatch)
    line = entry.get("at", 1)
    before = 0 if entry.get("whole") else OBJECT.count("\n")
    check_problems(raised.value.problems, {MAIN, *entry.get("also", {})}, line and line + before)


@pytest.mark.parametrize("entry", cases(TEMPLATES, "accepted"))
def test_what_templates_may_say_is_generated(
    entry: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No refusal of what is in the subset."""
    read_template(entry, tmp_path, monkeypatch)


@pytest.mark.parametrize("entry", cases(DERIVATIONS, "refused"))
def test_a_mistake_in_a_derived_value_or_rule_is_refused(entry: dict[str, Any], tmp_path: Path) -> None:
    """An error of ours, at its line, with a remedy."""
    with pytest.raises(TemplateError) as raised:
        read_derivation(entry, tmp_path)
    line = entry["at"]
    check_problems(raised.value.problems, {"planted.py"}, line and line + IMPORTS.count("\n"))


@pytest.mark.parametrize("entry", cases(DERIVATIONS, "accepted"))
def test_what_derived_values_and_rules_may_say_is_generated(entry: dict[str, Any], tmp_path: Path) -> None:
    """No refusal of what is in the subset."""
    read_derivation(entry, tmp_path)


def test_a_chart_is_not_written_from_a_mistake(tmp_path: Path) -> None:
    """Derived values are looked at before they become helpers, rules before they are asked."""
    found = {entry["id"]: entry for entry in DERIVATIONS}
    planted = {}
    for name in ("optional-added", "rule-printing-none"):
        (tmp_path / name).mkdir()
        planted[name] = module_of(found[name], tmp_path / name).planted
    with pytest.raises(TemplateError, match="max_replicas may be absent"):
        write_helper(planted["optional-added"], Helpers("orders", MINOR))
    with pytest.raises(TemplateError, match="team may be absent"):
        write_rules([planted["rule-printing-none"]], Helpers("orders", MINOR))


MESSAGES: Mapping[str, str] = {
    "trim-before": (
        "{%- trims white space in one way here and in another in a chart\n"
        "leave the - out: a statement's line prints nothing"
    ),
    "or-as-default": (
        "`or` gives team here, and true or false in a chart\n"
        "write {% if %} and {% else %}, or a derived value"
    ),
    "field-of-another-entry": (
        "port.hostPort is printed and may not be given\nput it inside {% if port.hostPort is given %}"
    ),
    "tab-before-a-key": ("·b: {{ … }} holds a tab (at ·), which is no space to YAML\nwrite spaces"),
    "set-of-the-release-in-a-branch": (
        "release is what every template knows by this name, those that are included too\ngive it another name"
    ),
    "filter-to-yaml-with-argument": ("to_yaml takes no arguments\nwrite to_yaml alone"),
    "division-of-what-may-be-negative": (
        "spec.replicas - 7 may be negative: it is divided, and Go rounds negative numbers towards 0\n"
        "write max(0, spec.replicas - 7)"
    ),
    "division-by-what-may-be-zero": (
        "spec.replicas may be 0 or negative, and divides\nwrite max(1, spec.replicas), or ask before"
    ),
    "optional-added": (
        "spec.autoscaling.max_replicas may be absent\n"
        "ask first: `if spec.autoscaling.max_replicas is not None:`, or write `spec.autoscaling.max_replicas or …`"
    ),
    "optional-answered": (
        "spec.autoscaling.max_replicas may be absent\n"
        "ask first: `if spec.autoscaling.max_replicas is not None:`, or write `spec.autoscaling.max_replicas or …`"
    ),
    "append-to-an-alias-of-the-spec": (
        "names is changed here, and somebody else holds it too\nchange a copy: names = [*…]"
    ),
    "alias-of-a-local-list": (
        "same and names would be one list in Python, and two in a chart\nuse names, or copy it: [*names]"
    ),
    "entry-that-may-be-missing": (
        "spec.labels['team'] may not be there\n"
        "ask first: `if 'team' in spec.labels:`, or spec.labels.get('team')"
    ),
    "index-past-the-end": (
        "spec.image.pull_secrets[0] may not be there\n"
        "write spec.image.pull_secrets[0] behind `if spec.image.pull_secrets:`, or loop over spec.image.pull_secrets"
    ),
    "truth-of-an-entry": (
        "port is a Port, which is never empty here and may be in a chart\nwrite port is given"
    ),
    "truth-of-an-optional-part": (
        "box.security is a ContainerSecurity, which is true here and false in Go when it is empty\n"
        "write `box.security is not None`"
    ),
    "method-replace-a-few": (
        "replace('o', '0', 1) is not in the subset: Go replaces all or none\n"
        "methods of text that a chart knows: endswith, join, removeprefix, removesuffix, replace, split, startswith"
    ),
    "answer-of-another-type": (
        "spec.replicas is a number, and planted promises text\nreturn what the annotation says, or change it"
    ),
    "no-return-at-the-end": (
        "planted may end without an answer\nreturn one on every way through the function"
    ),
    "loop-name-hides-a-local-name": (
        "the loop takes name for its own, which has a value before it\ngive the name of the loop another name"
    ),
    "is-none-of-a-derived-field": (
        "spec.image.pull_policy is derived unless given, and is read without its derivation\n"
        "write image_pull_policy(container), or as_given(spec.image.pull_policy) for what was given"
    ),
    "product-over-2-63": (
        "spec.replicas * spec.startup.slowest_seconds * spec.startup.expected_seconds may be beyond 2^63, where Go's numbers start again from below\n"
        "bound its operands: min(…, 1000000), or a smaller `le=` in the model"
    ),
    "quantity-of-any-text": (
        "spec.name may be any text, and quantity_bytes takes a quantity\n"
        "annotate it where it comes from, with the quantity of k8sgen.spec.types"
    ),
    "swap": (
        "low is read and set in one line; a chart sets one after the other\n"
        "keep the old value in a name of its own"
    ),
    "recursion": ("planted asks for itself in the end\nwrite a loop, or hand it what it asks for"),
    "rule-asks-for-too-much": ("number is nothing that a rule is asked about\ntake the key once"),
}
"""What the most common mistakes are told, by their entry."""


@pytest.mark.parametrize("name", MESSAGES)
def test_a_common_mistake_is_told_what_to_write(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Message and hint, word by word."""
    (problem,) = problems_of(name, tmp_path, monkeypatch)
    assert f"{problem.message}\n{problem.hint}" == MESSAGES[name]


def problems_of(name: str, directory: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Problem, ...]:
    """What is found wrong with an entry; those of derived values hide those of templates."""
    templates = {entry["id"]: entry for entry in TEMPLATES}
    derivations = {entry["id"]: entry for entry in DERIVATIONS}
    try:
        if name in derivations:
            read_derivation(derivations[name], directory)
        else:
            read_template(templates[name], directory, monkeypatch)
    except TemplateError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("entries", [TEMPLATES, DERIVATIONS], ids=["templates", "derivations"])
def test_the_lists_can_fail(entries: list[dict[str, Any]]) -> None:
    """Both kinds are there in number, each entry once and with its reason."""
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert all(entry["why"] and entry["expect"] in {"refused", "accepted"} for entry in entries)
    assert len(cases(entries, "refused")) > 150
    assert len(cases(entries, "accepted")) >= 20


def one_template(fragments: list[str]) -> str:
    """A template that prints one object for each fragment."""
    return "".join(
        f"{{% if rollout.type %}}\n---\n{OBJECT}{fragment}\n{{% endif %}}\n" for fragment in fragments
    )


def fragment_of(name: str, function: Callable[..., Any]) -> str:
    """A template's fragment that prints what a derived value answers."""
    code = function.__code__
    parameters = code.co_varnames[: code.co_argcount]
    if parameters[0] == "port":
        return f"{{% for name, port in ports | by_key %}}\n{{{{ name }}}}: {{{{ {name}(port, name) }}}}\n{{% endfor %}}\n"
    arguments = ["replicas" if parameter == "count" else parameter for parameter in parameters]
    call = f"{name}({', '.join(arguments)})"
    if str(function.__annotations__.get("return")).startswith(("list", "dict", "tuple", "Any")):
        return f"{{% if {call} %}}\na:\n  {{{{ {call} | to_yaml }}}}\n{{% endif %}}\n"
    return f"a: {{{{ {call} }}}}\n"


def loaded_spec(text: bytes, options: tuple[str, ...]) -> LoadedSpec:
    """A spec with options on top."""
    return load_spec(load_document(text, Source("service.yaml", PLANTED), LoadedSettings()), "", options)


def write_chart(renderer: Renderer, directory: Path) -> None:
    """A chart of the planted template alone, with all that it includes and asks for."""
    (directory / "templates").mkdir(parents=True)
    (directory / "Chart.yaml").write_text("apiVersion: v2\nname: orders\nversion: 0.1.0\n")
    for path, text in transpile.transpile("orders", MINOR, Usage(), renderer.included).files.items():
        file = directory / "templates" / path.removeprefix("templates/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def differences(
    source: str, specs: Specs, directory: Path, monkeypatch: pytest.MonkeyPatch, helm: Helm
) -> list[str]:
    """Where `render` and Helm say something else of a template."""
    monkeypatch.setattr(objects, "TEMPLATES", (MAIN,))
    monkeypatch.setattr(transpile, "TEMPLATES", (MAIN,))
    monkeypatch.setattr(transpile, "RULES", ())  # proven elsewhere, and slow to write
    overrides = directory / "overrides"
    overrides.mkdir(parents=True)
    (overrides / MAIN).write_text(source, encoding="utf-8")
    renderer = Renderer(overrides)
    write_chart(renderer, directory / "chart")
    found = []
    for spec, options in specs:
        loaded = loaded_spec(spec, options)
        ours = [json.dumps(obj.data, sort_keys=True) for obj in renderer.render(loaded).objects]
        given = json.dumps(values_of(loaded.spec, Usage(), ()))
        run = helm.template("orders", directory / "chart", "-f", "-", stdin=given)
        assert run.returncode == 0, (options, run.stderr)
        documents = [ryaml.loads(part) for part in run.stdout.split("\n---\n")]
        theirs = [json.dumps(document, sort_keys=True) for document in documents]
        assert len(ours) == len(theirs)
        found += [
            f"{options}: {one} and {other}" for one, other in zip(ours, theirs, strict=True) if one != other
        ]
    return found


@SOME_OR_ALL
def test_what_templates_may_say_is_equal(
    specs: Specs, helm: Helm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every accepted fragment prints the same in both, whatever the values."""
    fragments = [
        entry["source"]
        for entry in TEMPLATES
        if entry["expect"] == "accepted" and not entry.get("whole") and "also" not in entry
    ]
    assert len(fragments) > 20
    assert differences(one_template(fragments), specs, tmp_path, monkeypatch, helm) == []


def forget_what_is_registered() -> None:
    """Clear what the chart's modules remember of the derived values that there are."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("k8sgen.chart.", "k8sgen.render.spoken")):
            for member in vars(module).values():
                if hasattr(member, "cache_clear"):
                    member.cache_clear()


@pytest.fixture
def _registry_changes() -> Iterator[None]:
    """A test that registers derived values of its own, and leaves nothing of them behind."""
    forget_what_is_registered()
    yield
    forget_what_is_registered()


@SOME_OR_ALL
@pytest.mark.usefixtures("_registry_changes")
def test_what_derived_values_may_say_is_equal(
    specs: Specs, helm: Helm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every accepted derived value answers the same in both, whatever the values."""
    fragments = []
    for number, entry in enumerate(entry for entry in DERIVATIONS if entry["expect"] == "accepted"):
        name = f"planted_{number}"
        (tmp_path / name).mkdir()
        source = entry["source"].replace("planted", name)
        planted = getattr(module_of({**entry, "source": source}, tmp_path / name), name)
        if isinstance(planted, Derivation):
            monkeypatch.setitem(REGISTERED, name, planted)
            fragments.append(fragment_of(name, planted.function))
    assert len(fragments) > 20
    assert differences(one_template(fragments), specs, tmp_path / "one", monkeypatch, helm) == []
