{{/* The TCP ports that the service's own Service shows, with its name, as JSON; for the notes and the test. */}}
{{- define "[[ chart ]].reachable" -}}
{{- $ports := list -}}
{{- $service := [% if has("service.name") %].Values.service.name | default (include "[[ chart ]].fullname" .)[% else %]include "[[ chart ]].fullname" .[% endif %] -}}
{{- if .Values.service.enabled -}}
{{- range $name, $port := .Values.ports -}}
[% if has("ports.*.inService") %]
{{- $shown := or (kindIs "invalid" $port.inService) $port.inService -}}
[% else %]
{{- $shown := true -}}
[% endif %]
[% if has("service.ports") %]
{{- if $.Values.service.ports -}}
{{- $shown = has $name $.Values.service.ports -}}
{{- end -}}
[% endif %]
[% if has("ports.*.protocol") %]
{{- $shown = and $shown (eq ($port.protocol | default "TCP") "TCP") -}}
[% endif %]
{{- if $shown -}}
{{- $servicePort := [% if has("ports.*.servicePort") %]$port.servicePort | default $port.port[% else %]$port.port[% endif %] -}}
{{- $ports = append $ports (dict "service" $service "name" $name "port" $port.port "servicePort" $servicePort) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "ports" $ports | toJson -}}
{{- end }}
