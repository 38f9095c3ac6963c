"""Merge patches in a chart: the object is printed, read back, patched, and printed again.

Only templates of patched kinds pay for it. The patch is laid over the object by a helper that does
what RFC 7386 says; sprig's mergeOverwrite passes over false, 0 and empty lists, and keeps nulls.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from k8sgen.chart.golang import call
from k8sgen.chart.gotext import escaped
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from k8sgen.chart.helpers import Helpers
    from k8sgen.render.language import Template
    from k8sgen.spec.load import LoadedSpec

KIND = re.compile(r"^kind: (\w+)$", re.MULTILINE)

HELPERS = """\
{{/* Lay a patch over the objects of a kind, or over the one of a name; as in RFC 7386. */}}
{{- define "CHART.patch" -}}
{{- $found := false -}}
{{- range $object := .objects -}}
{{- if or (not $.name) (eq $object.metadata.name $.name) -}}
{{- $found = true -}}
{{- include "CHART.mergePatch" (dict "target" $object "patch" $.patch) -}}
{{- end -}}
{{- end -}}
{{- if not $found -}}{{- fail (printf "patch \\"%s\\" matches no rendered object" .named) -}}{{- end -}}
{{- end }}

{{/* Maps merge, null removes, everything else replaces. */}}
{{- define "CHART.mergePatch" -}}
{{- $target := .target -}}
{{- range $key, $value := .patch -}}
{{- if kindIs "invalid" $value -}}
{{- $_ := unset $target $key -}}
{{- else if kindIs "map" $value -}}
{{- if not (kindIs "map" (index $target $key)) -}}{{- $_ := set $target $key dict -}}{{- end -}}
{{- include "CHART.mergePatch" (dict "target" (index $target $key) "patch" $value) -}}
{{- else -}}
{{- $_ := set $target $key $value -}}
{{- end -}}
{{- end -}}
{{- end }}
"""
"""What every chart with patches has, with CHART for its name."""


@dataclass(frozen=True, slots=True)
class Patch:
    """One entry of `patches` in each environment, None where there is none; the base's under ""."""

    name: str
    by_environment: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The kind of the objects that it changes."""
        return self.name.partition("/")[0]

    @property
    def object_name(self) -> str:
        """The name of the one object that it changes, or nothing."""
        return self.name.partition("/")[2]


def patches_of(base: LoadedSpec, environments: Sequence[LoadedSpec]) -> tuple[Patch, ...]:
    """The patches of a service in all its environments, those of a whole kind first."""
    layers = {
        each.environment if each is not base else "": each.spec.patches for each in (base, *environments)
    }
    names = dict.fromkeys(name for patches in layers.values() for name in sorted(patches))
    return tuple(
        Patch(name, {environment: patches.get(name) for environment, patches in layers.items()})
        for name in sorted(names, key=lambda name: (name.count("/"), name))
    )


def kinds_of(template: Template) -> frozenset[str]:
    """The kinds of the objects that a template prints."""
    return frozenset(KIND.findall(template.source))


def patched(printed: str, template: str, patches: Iterable[Patch], helpers: Helpers) -> str:
    """A template of the chart whose objects are patched before they are printed."""
    name = json.dumps(helpers.own(template.removesuffix(".yaml.j2")))
    defines = [f"{{{{- define {name} -}}}}", printed.strip("\n"), "{{- end }}", ""]
    lines = [
        "{{- $objects := list }}",
        f'{{{{- range $text := splitList "\\n---\\n" (include {name} .) }}}}',
        "{{- with fromYaml $text }}{{- $objects = append $objects . }}{{- end }}",
        "{{- end }}",
    ]
    for patch in patches:
        for environment, value in distinct(patch).items():
            if value is not None:
                text = escaped(document(value)).rstrip("\n")
                define = json.dumps(define_of(patch, environment, helpers), ensure_ascii=False)
                defines += [f"{{{{- define {define} -}}}}", text, "{{- end }}", ""]
        lines += chosen(patch, helpers)
    lines += ["{{- range $object := $objects }}", "---", "{{ toYaml $object }}", "{{- end }}"]
    return "\n".join([*defines, *lines, ""])


def distinct(patch: Patch) -> dict[str, Any]:
    """The base's patch, and those of the environments that have another one or none."""
    base = patch.by_environment[""]
    return {name: value for name, value in patch.by_environment.items() if not name or value != base}


def chosen(patch: Patch, helpers: Helpers) -> list[str]:
    """The lines that lay one patch over the objects, as the environment has it."""
    values = distinct(patch)
    base = values.pop("")
    otherwise = [laid(patch, "", helpers)] if base is not None else []
    if not values:
        return otherwise
    lines: list[str] = []
    for environment, value in sorted(values.items()):
        word = "else if" if lines else "if"
        lines.append(
            f"{{{{- {word} eq .Values.environment {json.dumps(environment, ensure_ascii=False)} }}}}"
        )
        if value is not None:
            lines.append(laid(patch, environment, helpers))
    return [*lines, *(["{{- else }}", *otherwise] if otherwise else []), "{{- end }}"]


def laid(patch: Patch, environment: str, helpers: Helpers) -> str:
    """The line that lays a patch over the objects."""
    define = json.dumps(define_of(patch, environment, helpers), ensure_ascii=False)
    handed = call(
        "dict",
        *('"objects"', "$objects", '"named"', json.dumps(patch.name, ensure_ascii=False)),
        *('"name"', name_code(patch.object_name, helpers)),
        *('"patch"', f"(include {define} . | fromYaml)"),
    )
    return f"{{{{- include {json.dumps(helpers.own('patch'))} ({handed}) }}}}"


def define_of(patch: Patch, environment: str, helpers: Helpers) -> str:
    """The name of the define that holds a patch."""
    return helpers.own(f"patches.{patch.name}{f' ({environment})' if environment else ''}")


def name_code(name: str, helpers: Helpers) -> str:
    """The name of an object in whatever release: that of the service is the release's full name."""
    fullname = f"(include {json.dumps(helpers.own('fullname'))} .)"
    if name == helpers.chart:
        return fullname
    if name.startswith(f"{helpers.chart}-"):
        return f'(printf "%s{name.removeprefix(helpers.chart)}" {fullname})'
    return json.dumps(name)
