"""Functions that are written twice, in Python and by hand for Helm, answer alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from k8sgen.chart.derivations import write_helper
from k8sgen.chart.golang import ROOT, Value, literal
from k8sgen.chart.helpers import Helpers
from k8sgen.chart.twins import TWINS
from k8sgen.render.types import TEXT
from k8sgen.resolve import arithmetic
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.helm import Helm

QUANTITIES = (
    *("0", "1", "+1", "007", "100m", "0.5", ".5", "5.", "1.5Gi", "128Mi", "1k", "2M", "3G", "4T", "5P", "1E"),
    *("1Ki", "1Ti", "2Pi", "1n", "999u", "1e3", "1E3", "12e-2", "1.25e+2", "0.001", "1000000"),
)
COMMANDS: tuple[list[str], ...] = (
    [],
    ["sleep", "5"],
    ["/bin/sleep", "010"],
    ["sh", "-c", "kill 1; sleep 15"],
    ["sh", "-c", "sleep 15; kill 1"],
    ["sh", "-c", "true&&sleep 15&&kill 1"],
    ["sh", "-c", "(sleep 7)"],
    ["sh", "-c", "sleep 1m; sleep 3"],
    ["asleep", "5"],
    ["sleep", "5", "x"],
    ["sleep 9999999999"],
)
OPTIONS = (
    *("", "-Xmx600m", "-Xmx1G -Xms2k", "-Xms5m -Xmx64M -Xmx128m", "-Xmx", "-Xmxm", "x-Xmx5", "-Xmx12t -Xmx0"),
    *("--max-old-space-size=512", "-XX:MetaspaceSize=1g", "750MiB", "-Xmx000000000007k", "-Xmx1234567890123"),
    *("-Xmx999999999999t", "-Xmx08g", "-Xmx9t", "0", "-Xmx8191T -Xmx9g5"),
)
VALUES: tuple[dict[str, Any], ...] = (
    {"data": {"b": "1", "a": '<&>\u2028é\u00a0😀\n\t"\\'}, "binaryData": {}},
    {},
    {"z": "", "A": "x" * 300},
)

LARGEST = 2**63 - 1
"""What Go's integers hold; memory of more than 8 EiB is none that a node has."""


def test_every_twin_answers_alike(helm: Helm, tmp_path: Path) -> None:
    """One chart asks all helpers about all cases."""
    cases: dict[str, list[dict[str, Any]]] = {
        "quantity_parts": [{"quantity": one, "parts": parts} for one in QUANTITIES for parts in (1, 1000)],
        "slept_seconds": [{"command": one} for one in COMMANDS],
        "size_in": [
            {"options": options, "flag": flag}
            for options in OPTIONS
            for flag in ("-Xmx", "", "--max-old-space-size=", "-XX:MetaspaceSize=")
        ],
        "sha256_of": [{"value": one} for one in VALUES],
    }
    assert set(cases) == set(TWINS)
    expected = {
        name: [str(getattr(arithmetic, name)(**arguments)) for arguments in each]
        for name, each in cases.items()
    }
    answers = helm_answers(helm, tmp_path, cases)
    differ = {
        (name, str(case)): (answer, wanted)
        for name, each in cases.items()
        for case, answer, wanted in zip(each, answers[name], expected[name], strict=True)
        if answer != wanted and not (wanted.isdecimal() and int(wanted) > LARGEST)
    }
    assert differ == {}


def helm_answers(helm: Helm, directory: Path, cases: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """What the helpers say."""
    helpers = Helpers("twins", 35)
    defines = [write_helper(getattr(arithmetic, name), helpers) for name in cases]
    lines = []
    for name in cases:
        lines += [f"{{{{- $all := list }}}}{{{{- range .Values.{name} }}}}"]
        lines += [f'{{{{- $all = append $all (include "twins.{to_camel(name)}" .) }}}}{{{{- end }}}}']
        lines += [f"{name}: {{{{ toJson $all }}}}"]
    files = {
        "Chart.yaml": document({"apiVersion": "v2", "name": "twins", "version": "0.1.0"}),
        "values.yaml": document(cases),
        "templates/_helpers.tpl": "\n".join(defines),
        "templates/answers.yaml": "\n".join(lines) + "\n",
    }
    for path, text in files.items():
        (directory / path).parent.mkdir(exist_ok=True)
        (directory / path).write_text(text, encoding="utf-8")
    run = helm.template("twins", directory)
    assert run.returncode == 0, run.stderr
    rows = [line.partition(": ") for line in run.stdout.split("\n") if line.startswith(tuple(cases))]
    return {name: json.loads(text) for name, _, text in rows}


def test_a_twin_is_handed_what_every_call_agrees_on() -> None:
    """It reads each of its arguments, also one that a helper written from Python would know by itself."""
    helpers = Helpers("twins", 35)
    again = Helpers("twins", 35, known={"quantity_parts": {"parts": literal(1)}})
    asked = {"quantity": Value("$quantity", TEXT), "parts": literal(1)}
    for each in (helpers, again):
        code = each.ask(arithmetic.quantity_parts, asked).code
        assert code.replace(ROOT, "$") == (
            'int64 (include "twins.quantityParts" (dict "root" $ "quantity" $quantity "parts" 1))'
        )
