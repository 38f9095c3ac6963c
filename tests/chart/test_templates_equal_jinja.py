"""What the subset of templates says, a chart says: each construct once, with awkward values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.render.objects import TEMPLATES
from tests.chart.both_sides import load
from tests.chart.test_random_templates_equal_helm import NOTHING, Batch

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.plugins.helm import Helm

SPECS = (
    "name: orders\nimage: a/b:1.0\n",
    "name: orders\nimage: a/b:1.0\ndisruption: false\nautoscaling: {minReplicas: 2, maxReplicas: 4}\n",
    """\
name: orders
image: a/b:1.0
ports: {http: 8080, admin: {port: 9090, protocol: UDP, appProtocol: "012"}}
labels: {b: "on", a: ""}
annotations: {c: "", d: "x"}
team: "012"
partOf: "true"
replicas: 1000000
command: ["{{ x }}", "1e3"]
args: []
startup: {slowestSeconds: 90}
rollout: {maxSurge: 1000000, maxUnavailable: 10%}
disruption: false
expose: {hosts: {a.example.com: {paths: {/: http}}}}
shutdown: {gracePeriodSeconds: 30, preStop: {sleep: {seconds: 2}}}
sidecars: {proxy: {image: "x/y:1", workingDir: /w, args: ["on"]}}
""",
)

SCALARS = """\
---
scalars:
  name: {{ name }}
  number: {{ replicas }}
  slowest: {{ startup.slowestSeconds }}
  either: {{ rollout.maxSurge }}
  share: {{ rollout.maxUnavailable }}
  boolean: {{ disruption.enabled }}
  derived: {{ service_needed(spec) }}
  seconds: {{ progress_deadline_seconds(spec) }}
  text: {{ service_account_name(spec, release) }}
  release: {{ release.name }}
  space: {{ release.namespace }}
  {% if namespace is given %}
  namespace: {{ namespace }}
  {% endif %}
  {% set role = "main" %}
  {% if role != "main" %}
  kind: other
  {% endif %}
  {% set braces = "{{ x }}" %}
  braces: {{ braces }}
  label: {{ version_label(spec) }}
  {% set flag = service_needed(spec) %}
  {% set count = progress_deadline_seconds(spec) %}
  flag: {{ flag }}
  count: {{ count }}
  {% if flag and count != 0 and not rollout.type == "Recreate" %}
  kind: both
  {% endif %}
  {% if team is given %}
  team: {{ team }}
  {% endif %}
  {% if args is given %}
  args:
    {{ args | to_yaml }}
  {% endif %}
  {% if command %}
  command:
    {{ command | to_yaml }}
  {% endif %}
  {% if shutdown.preStop.sleep.seconds is given %}
  sleep: {{ shutdown.preStop.sleep.seconds }}
  {% elif not probes.startup.enabled is given %}
  kind: none
  {% else %}
  kind: said
  {% endif %}
  grace: {{ grace_period_seconds(spec) }}
  expose:
    {{ expose | to_yaml }}
"""

CONDITIONS = """\
---
conditions:
  name: x
  mixed:
    {% if not disruption.enabled and (autoscaling.enabled or team is given) %}
    kind: first
    {% elif disruption.enabled or (autoscaling.enabled and team is given) %}
    kind: second
    {% endif %}
  {% if disruption.enabled %}
  a: {{ disruption.enabled }}
  {% if disruption.enabled %}
  kind: on
  {% else %}
  kind: never
  {% endif %}
  {% else %}
  b: {{ disruption.enabled }}
  {% if disruption.enabled %}
  kind: never
  {% else %}
  kind: off
  {% endif %}
  {% endif %}
  one:
    {% if disruption.enabled and autoscaling.enabled %}
    kind: both
    {% elif not disruption.enabled %}
    {% if disruption.enabled %}
    kind: never
    {% elif autoscaling.enabled %}
    kind: autoscaled
    {% else %}
    kind: neither
    {% endif %}
    {% else %}
    {% if autoscaling.enabled %}
    kind: autoscaled
    {% else %}
    kind: disruption
    {% endif %}
    {% endif %}
  two:
    {% if not (disruption.enabled or autoscaling.enabled) %}
    {% if disruption.enabled or autoscaling.enabled %}
    kind: never
    {% else %}
    kind: neither
    {% endif %}
    {% endif %}
  three:
    {% if disruption.enabled or autoscaling.enabled %}
    {% if disruption.enabled %}
    kind: on
    {% else %}
    kind: autoscaled
    {% endif %}
    {% endif %}
  four:
    {% if replicas == 1000000 or rollout.maxSurge == "25%" %}
    kind: known
    {% endif %}
    {% if supports("native-sidecars", cluster) or team is given %}
    name: sidecars
    {% endif %}
    {% if supports("native-sidecars", cluster) and (team is given and partOf is given) %}
    apiGroup: all
    {% endif %}
    {% if not supports("native-sidecars", cluster) %}
    apiVersion: none
    {% else %}
    apiVersion: some
    {% endif %}
    {% if rollout.type != "RollingUpdate" %}
    protocol: TCP
    {% endif %}
"""

LOOPS = """\
---
loops:
  name: x
  known:
    {% for word in spread_match_label_keys(spec) %}
    - {{ word }}
    {% endfor %}
  {% for key, value in labels | by_key %}
  {{ key }}:
    name: x
    value: {{ value }}
    replicas: {{ replicas }}
    team: {{ service_needed(spec) }}
    {% if value == "" %}
    empty: {{ value }}
    {% endif %}
  {% endfor %}
  ports:
    {% for port_name, port in ports | by_key %}
    - name: {{ port_name }}
      {% include "port.yaml.j2" %}
    {% endfor %}
  again:
    {% for port_name, port in ports | by_key %}
    - name: {{ port_name }}
      nested:
        {% include "port.yaml.j2" %}
    {% endfor %}
  inside:
    {% if selector_labels(spec, release) %}
    labels:
      {{ selector_labels(spec, release) | to_yaml }}
    values:
      {% for key, value in labels | by_key %}
      - name: {{ key }}
        labels:
          {{ selector_labels(spec, release) | to_yaml }}
      {% endfor %}
    {% endif %}
  words:
    {% if command is given %}
    {% for word in command %}
    - name: {{ word }}
      replicas: {{ replicas }}
    {% endfor %}
    {% endif %}
"""

PORT = """\
{# Takes: port. #}
port: {{ port.port }}
protocol: {{ port_protocol(port) }}
replicas: {{ replicas }}
{% if port.appProtocol is given %}
appProtocol: {{ port.appProtocol }}
{% endif %}
labels:
  {% for key, value in labels | by_key %}
  - name: {{ key }}
    value: {{ value }}
    team: {{ replicas }}
    port: {{ port.port }}
  {% endfor %}
{% if team is given %}
team: {{ team }}
{% endif %}
"""

PARTS = """\
---
parts:
  name: x
  main:
    {% if disruption is given %}
    {% set word = "main" %}
    {% include "word.yaml.j2" %}
    {% endif %}
  side:
    {% if disruption is given %}
    {% set word = "012" %}
    {% include "word.yaml.j2" %}
    {% endif %}
  given:
    {% if disruption is given %}
    {% set thing = image.repository %}
    {% include "thing.yaml.j2" %}
    {% endif %}
  absent:
    {% if disruption is given %}
    {% set thing = team %}
    {% include "thing.yaml.j2" %}
    {% endif %}
  workload:
    {% set here = service_needed(spec) %}
    {% set key = "none" %}
    {% if here %}
    {% include "here.yaml.j2" %}
    {% endif %}
    name: x
  deep:
    {% include "deep.yaml.j2" %}
  loops:
    {% for key, value in labels | by_key %}
    {% if value %}
    - name: x
      {% include "loop.yaml.j2" %}
    {% endif %}
    {% endfor %}
"""

WORD = """\
{# Takes: word. #}
{% if word == "main" %}
replicas: {{ replicas }}
deadline: {{ has_own_files(spec) }}
{% else %}
grace: {{ grace_period_seconds(spec) }}
{% endif %}
{% if word is given %}
word: {{ word }}
{% endif %}
network:
  {{ network | to_yaml }}
"""

THING = """\
{# Takes: thing. #}
{% if thing is given %}
thing: {{ thing }}
{% else %}
kind: absent
{% endif %}
one: {{ replicas }}
two: {{ startup.slowestSeconds }}
labels:
  {{ labels | to_yaml }}
"""

HERE = """\
{% set here = has_own_files(spec) %}
{% if here %}
kind: here
{% else %}
kind: there
{% endif %}
"""

DEEP = """\
name: x
inner:
  {% include "deeper.yaml.j2" %}
labels:
  {{ labels | to_yaml }}
thing:
  {% if disruption is given %}
  {% set thing = partOf %}
  {% include "thing.yaml.j2" %}
  {% endif %}
"""

DEEPER = """\
name: x
annotations:
  {{ annotations | to_yaml }}
{% if command %}
command:
  {{ command | to_yaml }}
{% endif %}
"""

LOOP = """\
values:
  {% for key, value in annotations | by_key %}
  - name: {{ key }}
    {% if value %}
    value: {{ value }}
    {% else %}
    kind: empty
    {% endif %}
  {% endfor %}
"""

SOURCES = {
    **dict.fromkeys(TEMPLATES, NOTHING),
    **dict(zip(TEMPLATES, (SCALARS, CONDITIONS, LOOPS, PARTS), strict=False)),
    "port.yaml.j2": PORT,
    "word.yaml.j2": WORD,
    "thing.yaml.j2": THING,
    "here.yaml.j2": HERE,
    "deep.yaml.j2": DEEP,
    "deeper.yaml.j2": DEEPER,
    "loop.yaml.j2": LOOP,
}


def test_every_construct_prints_alike(helm: Helm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With little and with much in the spec, specialised and not."""
    monkeypatch.setattr("k8sgen.chart.transpile.RULES", ())
    batch = Batch(0, tmp_path, dict(SOURCES))
    assert batch.refused == {}
    specs = [load(text).spec for text in SPECS]
    for spec in specs:
        expected = batch.expected(spec)
        for usage in (usage_of([spec]), usage_of(specs), EVERYTHING):
            assert batch.answers(helm, spec, usage) == expected
