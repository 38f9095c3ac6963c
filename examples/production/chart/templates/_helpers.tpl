{{/* The service's name. */}}
{{- define "checkout.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/* The name of the objects: the release, with the chart's name unless it holds that already. */}}
{{- define "checkout.fullname" -}}
{{- $name := include "checkout.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* A number or a text as text: numbers of a values file are floats, and would print as 1e+06. */}}
{{- define "checkout.text" -}}
{{- if kindIs "string" . -}}{{- . -}}{{- else if kindIs "bool" . -}}{{- . -}}{{- else -}}{{- int64 . -}}{{- end -}}
{{- end }}

{{/* A path of the values and a dot, for messages; keys that hold dots or slashes stand in brackets. */}}
{{- define "checkout.path" -}}
{{- $path := "" -}}
{{- range . -}}
{{- if or (contains "." .) (contains "/" .) (not .) -}}{{- $path = printf "%s[%s]" $path . -}}
{{- else if $path -}}{{- $path = printf "%s.%s" $path . -}}
{{- else -}}{{- $path = . -}}{{- end -}}
{{- end -}}
{{- printf "%s." $path -}}
{{- end }}

{{/* Lay a patch over the objects of a kind, or over the one of a name; as in RFC 7386. */}}
{{- define "checkout.patch" -}}
{{- $found := false -}}
{{- range $object := .objects -}}
{{- if or (not $.name) (eq $object.metadata.name $.name) -}}
{{- $found = true -}}
{{- include "checkout.mergePatch" (dict "target" $object "patch" $.patch) -}}
{{- end -}}
{{- end -}}
{{- if not $found -}}{{- fail (printf "patch \"%s\" matches no rendered object" .named) -}}{{- end -}}
{{- end }}

{{/* Maps merge, null removes, everything else replaces. */}}
{{- define "checkout.mergePatch" -}}
{{- $target := .target -}}
{{- range $key, $value := .patch -}}
{{- if kindIs "invalid" $value -}}
{{- $_ := unset $target $key -}}
{{- else if kindIs "map" $value -}}
{{- if not (kindIs "map" (index $target $key)) -}}{{- $_ := set $target $key dict -}}{{- end -}}
{{- include "checkout.mergePatch" (dict "target" (index $target $key) "patch" $value) -}}
{{- else -}}
{{- $_ := set $target $key $value -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Takes root, network_port. */}}
{{- define "checkout.networkport" -}}
{{- $networkPort := .network_port -}}
port: {{ toJson $networkPort.port }}
{{- end }}

{{/* Takes root, peer. */}}
{{- define "checkout.networkpeer" -}}
{{- $peer := .peer -}}
{{- if not (kindIs "invalid" $peer.ipBlock) }}
- ipBlock:
    {{- toYaml $peer.ipBlock | nindent 4 }}
{{- else if not (kindIs "invalid" $peer.namespaceSelector) }}
{{- if not (empty $peer.namespaceSelector.matchLabels) }}
- namespaceSelector:
    {{- $labelSelector := $peer.namespaceSelector }}
    {{- if $labelSelector.matchLabels }}
    matchLabels:
      {{- range $key, $value := $labelSelector.matchLabels }}
      {{ $key | quote }}: {{ $value | quote }}
      {{- end }}
    {{- end }}
{{- else }}
- namespaceSelector: {}
{{- end }}
{{- else }}
- podSelector: {}
{{- end }}
{{- end }}

{{/* Takes root, probe. */}}
{{- define "checkout.probehandler" -}}
{{- $probe := .probe -}}
{{- if not (kindIs "invalid" $probe.httpGet) }}
{{- $httpGet := $probe.httpGet }}
httpGet:
  {{- if not (kindIs "invalid" $httpGet.path) }}
  path: {{ $httpGet.path | quote }}
  {{- end }}
  port: {{ toJson (fromJson (include "checkout.httpGetPort" (dict "root" .root "http_get" $httpGet))).v }}
{{- else }}
tcpSocket:
  port: {{ include "checkout.probePort" .root | quote }}
{{- end }}
{{- end }}

{{/* Takes root, variable. */}}
{{- define "checkout.envvalue" -}}
{{- $variable := .variable -}}
{{- if not (kindIs "invalid" $variable.value) }}
value: {{ $variable.value | quote }}
{{- else }}
valueFrom:
  {{- if not (kindIs "invalid" $variable.secretKeyRef) }}
  secretKeyRef:
    name: {{ ($variable.secretKeyRef).name | quote }}
    key: {{ ($variable.secretKeyRef).key | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "checkout.versionedlabels" -}}
{{- include "checkout.labels" . | trim | nindent 0 }}
{{- if and (include "checkout.versionLabel" .) (include "checkout.printsLabel" (dict "root" . "key" "app.kubernetes.io/version")) }}
app.kubernetes.io/version: {{ include "checkout.versionLabel" . | quote }}
{{- end }}
{{- end }}

{{- define "checkout.selector" -}}
{{- range $key, $value := (fromJson (include "checkout.selectorLabels" .)).v }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "checkout.metadata" -}}
labels:
  {{- include "checkout.labels" . | trim | nindent 2 }}
{{- end }}

{{- define "checkout.labels" -}}
{{- range $key, $value := .Values.selector }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- if include "checkout.printsLabel" (dict "root" . "key" "app.kubernetes.io/name") }}
app.kubernetes.io/name: {{ include "checkout.name" . | quote }}
{{- end }}
{{- if include "checkout.printsLabel" (dict "root" . "key" "app.kubernetes.io/instance") }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}
{{- if and (not (kindIs "invalid" .Values.partOf)) (include "checkout.printsLabel" (dict "root" . "key" "app.kubernetes.io/part-of")) }}
app.kubernetes.io/part-of: {{ .Values.partOf | quote }}
{{- end }}
{{- if and (not (kindIs "invalid" .Values.team)) (or (kindIs "invalid" .Values.selector) (not (hasKey .Values.selector "team"))) }}
team: {{ .Values.team | quote }}
{{- end }}
{{- range $key, $value := .Values.labels }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}
