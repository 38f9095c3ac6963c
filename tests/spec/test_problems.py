"""What is said of a broken spec: the whole message, with its place and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from k8sgen.errors import InputError, Place
from k8sgen.spec.container import Container
from k8sgen.spec.elsewhere import CONTAINER_FIELDS, ELSEWHERE, HERE, POD_FIELDS, SAID
from k8sgen.spec.examples import CONTAINERS, EXAMPLES
from k8sgen.spec.fields import fields_of, type_at
from k8sgen.spec.grammar import GRAMMARS
from k8sgen.spec.load import LoadedSettings, Source, load_document, load_spec
from k8sgen.spec.model import Model
from k8sgen.spec.problems import problems_of
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.settings import Settings
from k8sgen.yamltext.read import read_document
from tests.spec.strategies import SHORT_INSIDE, long_form, models_below

SOURCE = Source("service.yaml", Path("/nowhere"))
START = "name: orders\nimage: a:1.4\n"

ADDED: dict[str, str] = {
    "port: 8080\nrollout: fast": (
        'service.yaml:4:10: rollout ("fast") is text, and must be a map\n'
        "  hint: write it like `rollout: {maxSurge: 1}`"
    ),
    "ports: 8080": (
        "service.yaml:3:8: ports (8080) is a number, and must be a map\n"
        "  hint: write it like `ports: {http: 8080}`"
    ),
    "ports:\n  - name: http\n    port: 8080": (
        'service.yaml:4:3: ports ([{"name": "http", "port": 8080}]) is a list, and must be a map\n'
        "  hint: write it like `ports: {http: 8080}`"
    ),
    "port: 8080\nports: {http: 80}": (
        "service.yaml:3:1: port and ports.http are both given, and name the same port\n"
        "  also: service.yaml:4:9: ports.http\n"
        "  hint: remove one of them"
    ),
    "port: 8080\nports: [80]": (
        "service.yaml:4:8: ports ([80]) is a list, and must be a map\n"
        "  hint: write it like `ports: {http: 8080}`"
    ),
    "port: '8080'": (
        'service.yaml:3:7: ports.http ("8080") is text, and must be a whole number or a map\n'
        "  hint: write it without quotes: 8080"
    ),
    "port: 70000": (
        "service.yaml:3:7: ports.http.port (70000) is above 65535\n  hint: write a number of at most 65535"
    ),
    "port: true": (
        "service.yaml:3:7: ports.http (true) is a boolean, and must be a whole number or a map\n"
        "  hint: write it like `http: 8080`"
    ),
    "ports: {http: {port: 80, protocol: tcp}}": (
        'service.yaml:3:36: ports.http.protocol ("tcp") is not one of TCP, UDP or SCTP\n'
        "  hint: did you mean TCP?"
    ),
    "ports: {http: {}}": (
        "service.yaml:3:15: ports.http.port is missing\n"
        "  hint: add `port: …`: port on which the container listens"
    ),
    "ports: {HTTP: 80}": (
        'service.yaml:3:9: ports: "HTTP" is not a port name\n'
        "  hint: use lower-case letters, digits and single `-` inside, with at least one letter, as in http-2"
    ),
    "ports: {a-very-long-port-name: 80}": (
        'service.yaml:3:9: ports: "a-very-long-port-name" is longer than 15 characters\n  hint: shorten it'
    ),
    "ports: {port: {}}": (
        "service.yaml:3:15: ports.port.port is missing\n"
        "  hint: add `port: …`: port on which the container listens"
    ),
    "env: {A: 1.5}": (
        "service.yaml:3:10: env.A.value (1.5) is a number, and must be text\n"
        '  hint: quote it: "1.5", with the digits as they were'
    ),
    "env: {A: [1]}": (
        "service.yaml:3:10: env.A ([1]) is a list, and must be text, a whole number, true, false or a map\n"
        "  hint: write it like `A: info`"
    ),
    "env: {A: {}}": (
        "service.yaml:3:7: env.A says nothing\n"
        "  hint: give value, secretKeyRef, configMapKeyRef, fieldRef or resourceFieldRef"
    ),
    "env: {A: {secretKeyRef: a}}": (
        'service.yaml:3:25: env.A.secretKeyRef ("a") is text, and must be a map\n'
        "  hint: write it like `secretKeyRef: {name: orders, key: password}`"
    ),
    "env: {A: {value: b, fieldRef: {fieldPath: x}}}": (
        "service.yaml:3:21: env.A has both value and fieldRef, and may have one\n"
        "  also: service.yaml:3:11: value\n"
        "  hint: remove the one you do not mean; in a later layer write `value: null`"
    ),
    "env: {1A: b}": (
        'service.yaml:3:7: env: "1A" is not a variable name\n'
        "  hint: use letters, digits, `_`, `-` and `.`, and no digit at the front, as in LOG_LEVEL"
    ),
    "envFrom: {secretRef: {name: a}}": (
        'service.yaml:3:10: envFrom ({"secretRef": {"name": "a"}}) is a map, and must be a list\n'
        "  hint: write it like `envFrom: [{secretRef: {name: orders}}]`"
    ),
    "envFrom: [a]": (
        'service.yaml:3:11: envFrom[0] ("a") is text, and must be a map\n'
        "  hint: write it like `- {secretRef: {name: orders}}`"
    ),
    "replicas: '2'": (
        'service.yaml:3:11: replicas ("2") is text, and must be a whole number\n'
        "  hint: write it without quotes: 2"
    ),
    "replicas: -1": ("service.yaml:3:11: replicas (-1) is below 0\n  hint: write a number of at least 0"),
    "replicas: true": "service.yaml:3:11: replicas (true) is a boolean, and must be a whole number",
    "replicas: null": (
        "service.yaml:3:11: replicas is null, but it has a default and cannot be removed\n"
        "  hint: set another value, or leave the line out to keep what is below"
    ),
    "replicas: 2.5": "service.yaml:3:11: replicas (2.5) is a number, and must be a whole number",
    "replica: 2": ("service.yaml:3:1: replica is not a field of the spec\n  hint: did you mean replicas?"),
    "autoscaling: 5": (
        "service.yaml:3:14: autoscaling (5) is a number, and must be true, false or a map\n"
        "  hint: write it like `autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 80}`"
    ),
    "autoscaling: {min: 1}": (
        "service.yaml:3:15: autoscaling.min is not a field of the spec\n"
        "  hint: write it as autoscaling.minReplicas"
    ),
    "autoscaling: {cpu: 80%}": (
        'service.yaml:3:20: autoscaling.cpu ("80%") is text, and must be a whole number\n'
        "  hint: write the number alone: 80"
    ),
    "maxSurge: 1": (
        "service.yaml:3:1: maxSurge is not a field of the spec\n  hint: write it as rollout.maxSurge"
    ),
    "rollout: {maxSurge: 25 %}": (
        'service.yaml:3:21: rollout.maxSurge ("25 %") is not a percentage\n'
        "  hint: write a number, or a percentage without a space, as in 25%"
    ),
    "rollout: {maxSurge: 0.25}": (
        "service.yaml:3:21: rollout.maxSurge (0.25) is a number, and must be a whole number or a percentage\n"
        "  hint: write a number, or a percentage without a space, as in 25%"
    ),
    "rollout: {type: recreate}": (
        'service.yaml:3:17: rollout.type ("recreate") is not one of RollingUpdate or Recreate\n'
        "  hint: did you mean Recreate?"
    ),
    "rollout: {max_unavailable: 0}": (
        "service.yaml:3:11: rollout.max_unavailable is not a field of the spec\n"
        "  hint: did you mean maxUnavailable?"
    ),
    "files: {etc/app: a}": (
        'service.yaml:3:9: files: "etc/app" is not an absolute path of a file\n'
        "  hint: begin with `/`, and use letters, digits, `-`, `_` and `.` between slashes, as in /etc/app/config.yaml"
    ),
    "files: {/etc/a: 3}": (
        "service.yaml:3:17: files[/etc/a] (3) is a number, and must be text or a map\n"
        '  hint: write it like `/etc/a: "level: info"`'
    ),
    "files: {/etc/a: {fromFile: nope}}": (
        'service.yaml:3:28: files[/etc/a].fromFile ("nope") cannot be read: no such file or directory\n'
        "  hint: it is looked for in the directory of service.yaml"
    ),
    "files: {/etc/a: {fromFile: ../x}}": (
        'service.yaml:3:28: files[/etc/a].fromFile ("../x") leads out of the directory of service.yaml\n'
        "  hint: move the file below it"
    ),
    "files: {/etc/a: {fromFile: 3}}": (
        "service.yaml:3:28: files[/etc/a].fromFile (3) is not the path of a file\n"
        "  hint: write a path relative to the directory of service.yaml"
    ),
    "files: {/etc/a: {fromFile: a, text: b}}": (
        "service.yaml:3:31: files[/etc/a] has both fromFile and text, and may have one\n"
        "  also: service.yaml:3:18: fromFile\n"
        "  hint: remove the one you do not mean"
    ),
    "files: {/etc/a: {text: a, mode: 644}}": (
        "service.yaml:3:33: files[/etc/a].mode (644) is above 511\n  hint: write a number of at most 511"
    ),
    "environments: [a]": (
        'service.yaml:3:15: environments (["a"]) is a list, and must be a map\n'
        "  hint: write it like `environments: {production: {replicas: 3}}`"
    ),
    "environments: {production: 3}": (
        "service.yaml:3:28: environments.production (3) is a number, and must be a map\n"
        "  hint: write it like `production: {replicas: 3}`"
    ),
    "environments: {Prod uction: {replicas: 3}}": (
        'service.yaml:3:16: environments: "Prod uction" is not a name\n'
        "  hint: use lower-case letters, digits and `-`, with a letter or digit at both ends, as in production"
    ),
    "environments: {all: {replicas: 3}}": (
        'service.yaml:3:16: environments: "all" is what --env takes for all of them\n'
        "  hint: give it another name"
    ),
    "kubernetesVersion: '1.35'": (
        "service.yaml:3:1: kubernetesVersion is not a field of the spec\n"
        "  hint: it belongs in k8sgen.yaml, at the top or in an environment there"
    ),
    "defaults: {}": (
        "service.yaml:3:1: defaults is not a field of the spec\n  hint: it belongs in k8sgen.yaml"
    ),
    "version: 2": (
        "service.yaml:3:10: version (2) is not a version of this format that k8sgen knows\n"
        "  hint: write `version: 1`, or leave the line out"
    ),
    "resources: {requests: {memory: 1 Gi}}": (
        'service.yaml:3:32: resources.requests.memory ("1 Gi") is not a quantity\n'
        "  hint: write a number and its unit without a space: m, k, M, G, T, Ki, Mi, Gi or Ti, as in 512Mi"
    ),
    "resources: {requests: {cpu: true}}": (
        "service.yaml:3:29: resources.requests.cpu (true) is a boolean, and must be text\n"
        "  hint: write a number and its unit without a space: m, k, M, G, T, Ki, Mi, Gi or Ti, as in 512Mi"
    ),
    "resources: {cpu: 1}": (
        "service.yaml:3:13: resources.cpu is not a field of the spec\n"
        "  hint: write it as resources.requests.cpu"
    ),
    "resources: 1": (
        "service.yaml:3:12: resources (1) is a number, and must be a map\n"
        "  hint: write it like `resources: {requests: {cpu: 100m, memory: 128Mi}}`"
    ),
    "probes: {liveness: 3}": (
        "service.yaml:3:20: probes.liveness (3) is a number, and must be true, false, a path or a map\n"
        "  hint: write it like `liveness: /healthz`"
    ),
    "probes: {liveness: healthz}": (
        'service.yaml:3:20: probes.liveness.httpGet.path ("healthz") is not a path\n'
        "  hint: begin with `/`, as in /healthz"
    ),
    "probes: {liveness: {path: /healthz}}": (
        "service.yaml:3:21: probes.liveness.path is not a field of the spec\n"
        "  hint: write it as probes.liveness.httpGet.path"
    ),
    "liveness: /healthz": (
        "service.yaml:3:1: liveness is not a field of the spec\n  hint: write it as probes.liveness"
    ),
    "probes: {liveness: {exec: {command: ls}}}": (
        'service.yaml:3:37: probes.liveness.exec.command ("ls") is text, and must be a list\n'
        "  hint: write a list: `command: [ls]`"
    ),
    "probes: {liveness: {exec: {command: []}}}": (
        "service.yaml:3:37: probes.liveness.exec.command is empty\n  hint: give at least one entry"
    ),
    "disruption: {maxUnavailable: 1, minAvailable: 1}": (
        "service.yaml:3:33: disruption has both maxUnavailable and minAvailable, and may have one\n"
        "  also: service.yaml:3:14: maxUnavailable\n"
        "  hint: remove the one you do not mean; in a later layer write `maxUnavailable: null`"
    ),
    "expose: {hosts: [orders.example.com]}": (
        'service.yaml:3:17: expose.hosts (["orders.example.com"]) is a list, and must be a map\n'
        "  hint: write it like `hosts: {orders.example.com: {paths: {/: http}}}`"
    ),
    "expose: {hosts: {orders.example.com: {paths: {/: 8080}}}}": (
        "service.yaml:3:50: expose.hosts[orders.example.com].paths[/] (8080) is a number, and must be text\n"
        "  hint: write it like `/: http`"
    ),
    "expose: {hosts: {'http://x': {paths: {/: http}}}}": (
        'service.yaml:3:18: expose.hosts: "http://x" is not a host name\n'
        "  hint: write it without scheme, port or path, in lower-case letters, digits and `-`, with a letter or digit at both ends of each part; `*.` may come first, as in orders.example.com"
    ),
    "expose: {hosts: {x: {}}}": (
        "service.yaml:3:21: expose.hosts.x.paths is missing\n  hint: add `paths: {/: http}`"
    ),
    "serviceAccount: false": (
        "service.yaml:3:17: serviceAccount (false) is a boolean, and must be text or a map\n"
        "  hint: write it like `serviceAccount: orders`"
    ),
    "security: {podSecurity: strict}": (
        'service.yaml:3:25: security.podSecurity ("strict") is not one of restricted, baseline or privileged\n'
        "  hint: did you mean restricted?"
    ),
    "security: {addCapabilities: [net_admin]}": (
        'service.yaml:3:30: security.addCapabilities[0] ("net_admin") is not a capability\n'
        "  hint: write it in capitals, without CAP_, as in NET_BIND_SERVICE"
    ),
    "volumes: {data: {size: 1Gi, emptyDir: {}}}": (
        "service.yaml:3:29: volumes.data has both size and emptyDir, and may have one\n"
        "  also: service.yaml:3:18: size\n"
        "  hint: remove the one you do not mean; in a later layer write `size: null`"
    ),
    "volumes: {data: {hostpath: {path: /a}}}": (
        "service.yaml:3:18: volumes.data.hostpath is not a field of the spec\n  hint: did you mean hostPath?"
    ),
    "sidecars: {proxy: envoy:1}": (
        'service.yaml:3:19: sidecars.proxy ("envoy:1") is text, and must be a map\n'
        "  hint: write it like `proxy: {image: ghcr.io/acme/proxy:1.2, args: [--quiet]}`"
    ),
    "sidecars: {proxy: {image: a:1, port: 80, ports: {http: 80}}}": (
        "service.yaml:3:32: sidecars.proxy.port and sidecars.proxy.ports.http are both given, and name the same port\n"
        "  also: service.yaml:3:50: ports.http\n"
        "  hint: remove one of them"
    ),
    "sidecars: {proxy: {image: a:1, replicas: 3}}": (
        "service.yaml:3:32: sidecars.proxy.replicas is not a field of the spec\n"
        "  hint: replicas belongs at the top of the file"
    ),
    "args: [true, 0.5]": (
        "service.yaml:3:8: args[0] (true) is a boolean, and must be text\n"
        '  hint: quote it: "true"\n'
        "service.yaml:3:14: args[1] (0.5) is a number, and must be text\n"
        '  hint: quote it: "0.5", with the digits as they were'
    ),
    "labels: {a: 1}": (
        'service.yaml:3:13: labels.a (1) is a number, and must be text\n  hint: quote it: "1"'
    ),
    "labels: {a b: c}": (
        'service.yaml:3:10: labels: "a b" is not a label key\n'
        "  hint: use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; a domain and `/` may come first, as in example.com/tier"
    ),
    "labels: {a: b c}": (
        'service.yaml:3:13: labels.a ("b c") is not a label value\n'
        "  hint: use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, as in backend"
    ),
    "selector: {}": ("service.yaml:3:11: selector is empty\n  hint: give at least one entry"),
    "placement: {spread: strong}": 'service.yaml:3:21: placement.spread.zones ("strong") is not one of soft, hard or none',
    "patches: {Deployment: 3}": (
        "service.yaml:3:23: patches.Deployment (3) is no patch\n"
        "  hint: write a JSON Merge Patch as a map, or a JSON Patch as a list"
    ),
    "extraObjects: {a: 3}": (
        "service.yaml:3:19: extraObjects.a (3) is a number, and must be a map\n"
        "  hint: write it like `a: {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}`"
    ),
    "apiVersion: v1": (
        "service.yaml:3:1: apiVersion is not a field of the spec\n"
        "  hint: service.yaml is no Kubernetes object: its fields stand at the top, without apiVersion, kind and spec"
    ),
    "livenessProbe: {}": (
        "service.yaml:3:1: livenessProbe is not a field of the spec\n  hint: write it as probes.liveness"
    ),
    "hostNetwork: true": (
        "service.yaml:3:1: hostNetwork is not a field of the spec\n"
        "  hint: write it under `pod`, as pod.hostNetwork"
    ),
    "tty: true": (
        "service.yaml:3:1: tty is not a field of the spec\n"
        "  hint: write it under `container`, as container.tty"
    ),
    "servicePort: 80": (
        "service.yaml:3:1: servicePort is not a field of the spec\n  hint: write it as ports.NAME.servicePort"
    ),
    "secrets: {}": (
        "service.yaml:3:1: secrets is not a field of the spec\n"
        "  hint: a Secret is made elsewhere; name it in env, envFrom, files or volumes"
    ),
    "x: 1": ("service.yaml:3:1: x is not a field of the spec\n  hint: see `k8sgen schema` for every field"),
    "replicas: x\nlabels: {a: 1}\nrollout: {type: null}": (
        'service.yaml:3:11: replicas ("x") is text, and must be a whole number\n'
        "service.yaml:4:13: labels.a (1) is a number, and must be text\n"
        '  hint: quote it: "1"\n'
        "service.yaml:5:17: rollout.type is null, but it has a default and cannot be removed\n"
        "  hint: set another value, or leave the line out to keep what is below"
    ),
}
"""Lines below a good start, by what is said of them."""

WHOLE: dict[str, str] = {
    "name: orders\nimage: {tag: a}": (
        "service.yaml:2:8: image.repository is missing\n"
        "  hint: add `repository: …`: registry and repository, without tag or digest"
    ),
    "name: orders\nimage: a:1.4@sha256:abc": (
        'service.yaml:2:8: image.digest ("sha256:abc") is not a digest\n'
        "  hint: write the algorithm, `:` and all hexadecimal digits"
    ),
    "name: orders\nimage: ''": (
        'service.yaml:2:8: image.repository ("") is not a repository\n'
        "  hint: write registry and repository, and give tag and digest beside it, as in ghcr.io/acme/orders"
    ),
    "name: orders\nimage: 3": (
        "service.yaml:2:8: image (3) is a number, and must be text or a map\n"
        "  hint: write it like `image: ghcr.io/acme/orders:1.4.2`"
    ),
    "name: orders\nimage:": (
        "service.yaml:1:1: image is missing\n  hint: add `image: ghcr.io/acme/orders:1.4.2`"
    ),
    "name: orders\nimage: {repository: a, tag: 1.10}": (
        "service.yaml:2:29: image.tag (1.1) is a number, and must be text\n"
        '  hint: quote it: "1.1", with the digits as they were'
    ),
    "name: Orders\nimage: a:1": (
        'service.yaml:1:7: name ("Orders") is not a service name\n'
        "  hint: begin with a letter and use lower-case letters, digits and `-`, with a letter or digit at both ends, as in orders"
    ),
    "name: oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo\nimage: a:1": (
        'service.yaml:1:7: name ("oooooooooooooooooooooooooooooooooooooooooooooooooooooooo…") is longer than 63 characters\n'
        "  hint: shorten it"
    ),
    "name: 3\nimage: a:1": (
        "service.yaml:1:7: name (3) is a number, and must be text\n"
        "  hint: begin with a letter and use lower-case letters, digits and `-`, with a letter or digit at both ends, as in orders"
    ),
    "{}": (
        "service.yaml:1:1: image is missing\n"
        "  hint: add `image: ghcr.io/acme/orders:1.4.2`\n"
        "service.yaml:1:1: name is missing\n"
        "  hint: add `name: …`: name of the service and of its objects"
    ),
}
"""Whole files, by what is said of them."""


def said_of(text: str) -> str:
    """All that loading says of a spec."""
    document = load_document(text.encode(), SOURCE, LoadedSettings())
    with pytest.raises(InputError) as caught:
        load_spec(document)
    return str(caught.value)


@pytest.mark.parametrize(("lines", "said"), ADDED.items(), ids=ADDED)
def test_broken_line(lines: str, said: str) -> None:
    """Each broken line is named with its value, its place and the fix."""
    assert said_of(f"{START}{lines}\n") == said


@pytest.mark.parametrize(("text", "said"), WHOLE.items(), ids=WHOLE)
def test_broken_file(text: str, said: str) -> None:
    """So is a file that is wrong from its first lines on."""
    assert said_of(f"{text}\n") == said


def patterns_of(schema: object) -> set[str]:
    """Every pattern of a JSON Schema, of texts and of keys."""
    found: set[str] = set()
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            found.add(schema["pattern"])
        found |= set(schema.get("patternProperties", ()))
        for inner in schema.values():
            found |= patterns_of(inner)
    elif isinstance(schema, list):
        for inner in schema:
            found |= patterns_of(inner)
    return found


@pytest.mark.parametrize("model", [Spec, Settings])
def test_every_pattern_is_said_in_words(model: type[Spec | Settings]) -> None:
    """A new pattern needs its words in `k8sgen.spec.grammar`, or people would read the pattern."""
    assert sorted(patterns_of(model.model_json_schema()) - set(GRAMMARS)) == []


@pytest.mark.parametrize("pattern", GRAMMARS)
def test_sample_keeps_its_grammar(pattern: str) -> None:
    """What a hint shows would be accepted."""
    assert re.search(pattern, GRAMMARS[pattern].sample)


NAMES = {
    "env": "A",
    "expose.hosts": "x.example.com",
    "expose.hosts.*.paths": "/",
    "files": "/etc/a",
    "volumes.*.mounts": "/a",
}
"""A key for each map of names that does not take any name."""


@pytest.mark.parametrize("path", EXAMPLES)
def test_example_can_be_copied(path: str) -> None:
    """The line of a hint is accepted where it is offered; what else its part needs is not its business."""
    value = read_document(f"value: {EXAMPLES[path]}", SOURCE)["value"]
    keys = path.split(".")
    for index, key in reversed(list(enumerate(keys))):
        above = ".".join(keys[:index])
        type_ = type_at(Spec, tuple(keys[:index]))
        if type_ is not None and type_.shape == "list":
            value = [value]
        else:
            value = {NAMES.get(above, "a") if key == "*" else key: value}
    layer = long_form({"name": "orders", "image": "a:1.4", **value})
    try:
        Spec.model_validate(layer)
    except ValidationError as error:
        said = [str(problem) for problem in problems_of(error, layer, Spec, Place("service.yaml", 1, 1))]
        assert [text for text in said if "is missing" not in text] == []


def is_field(path: str) -> bool:
    """Whether the spec has a field at a path with `*` for any name."""
    return type_at(Spec, tuple(path.split("."))) is not None


@pytest.mark.parametrize("path", EXAMPLES)
def test_example_is_of_a_field(path: str) -> None:
    """An example of a field that is gone would never be shown."""
    assert is_field(path)


@pytest.mark.parametrize("foreign", [*ELSEWHERE, *HERE])
def test_foreign_key_leads_to_a_field(foreign: str) -> None:
    """What is known under another name exists under ours, and the other name is no field at the same place."""
    assert is_field({**ELSEWHERE, **HERE}[foreign])
    assert not is_field(foreign)


@pytest.mark.parametrize("key", [*SAID, *CONTAINER_FIELDS, *POD_FIELDS])
def test_foreign_key_is_no_field(key: str) -> None:
    """A key that has become a field of its own is explained no more."""
    assert key not in fields_of(Spec)


def test_containers_are_maps_of_containers() -> None:
    """Fields of other containers are explained like those of the main one."""
    entries = {name: type_at(Spec, (name, "*")) for name in fields_of(Spec)}
    containers = [
        name
        for name, type_ in entries.items()
        if type_ and type_.model and issubclass(type_.model, Container)
    ]
    assert containers == list(CONTAINERS)


def test_every_short_form_is_said() -> None:
    """A model that takes a short form says so in `short_forms`, or the strategies know the key that is short."""
    with_short = {
        model
        for model in models_below(Spec)
        if any("expand" in vars(base) for base in model.__mro__ if base is not Model)
    }
    known = {model for model in with_short if model.short_forms or set(model.__mro__) & set(SHORT_INSIDE)}
    assert with_short - known == set()
