"""Functions of `resolve/arithmetic.py` that Go templates cannot say in the same words, written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

QUANTITY = """\
{{/* A quantity in so many parts of its unit, rounded up. */}}
{{- define "CHART.quantityParts" -}}
{{- $quantity := trimPrefix "+" .quantity -}}
{{- $suffix := regexFind "[A-Za-z].*$" $quantity -}}
{{- $digits := trimSuffix $suffix $quantity -}}
{{- $fraction := regexFind "[.].*$" $digits | trimPrefix "." -}}
{{- $number := mul .parts (atoi (replace "." "" $digits)) -}}
{{- $divisor := 1 -}}
{{- range until (len $fraction) -}}{{- $divisor = mul 10 $divisor -}}{{- end -}}
{{- if regexMatch "^[eE].*[0-9]$" $suffix -}}
{{- $power := atoi (regexFind "[-0-9]+$" $suffix) -}}
{{- range until (int (max $power (sub 0 $power))) -}}
{{- if gt $power 0 -}}{{- $number = mul 10 $number -}}{{- else -}}{{- $divisor = mul 10 $divisor -}}{{- end -}}
{{- end -}}
{{- else if contains "i" $suffix -}}
{{- range until (get (dict "Ki" 1 "Mi" 2 "Gi" 3 "Ti" 4 "Pi" 5 "Ei" 6) $suffix) -}}{{- $number = mul 1024 $number -}}{{- end -}}
{{- else if has $suffix (list "n" "u" "m") -}}
{{- range until (get (dict "m" 1 "u" 2 "n" 3) $suffix) -}}{{- $divisor = mul 1000 $divisor -}}{{- end -}}
{{- else if $suffix -}}
{{- range until (get (dict "k" 1 "M" 2 "G" 3 "T" 4 "P" 5 "E" 6) $suffix) -}}{{- $number = mul 1000 $number -}}{{- end -}}
{{- end -}}
{{- div (sub (add $number $divisor) 1) $divisor -}}
{{- end }}
"""

CHECKSUM = """\
{{/* The SHA-256 of a value as JSON. */}}
{{- define "CHART.sha256Of" -}}
{{- toJson .value | sha256sum -}}
{{- end }}
"""

SLEEP = """\
{{/* Seconds of the first `sleep N` in a command. */}}
{{- define "CHART.sleptSeconds" -}}
{{- $sleep := regexFind "(?:^|[ /;&|(])sleep [0-9]{1,9}(?:$|[ ;&|)])" (join " " .command) -}}
{{- if $sleep -}}
{{- atoi (regexFind "[0-9]+" $sleep) -}}
{{- else -}}0{{- end -}}
{{- end }}
"""

SIZE = """\
{{/* Bytes that an option says behind a flag, the last of several; 0 when there is none. */}}
{{- define "CHART.sizeIn" -}}
{{- $found := regexFindAll (printf "(?:^| )%s[0-9]{1,12}[kKmMgGtT]?" (regexQuoteMeta .flag)) .options -1 -}}
{{- if $found -}}
{{- $size := regexFind "[0-9]{1,12}[kKmMgGtT]?$" (last $found) | lower -}}
{{- $unit := regexFind "[kmgt]$" $size -}}
{{- $bytes := int64 (regexReplaceAll "^0+([0-9])" (trimSuffix $unit $size) "${1}") -}}
{{- if $unit -}}
{{- range until (get (dict "k" 1 "m" 2 "g" 3 "t" 4) $unit) -}}
{{- $bytes = mul 1024 (min $bytes 8796093022208) -}}
{{- end -}}
{{- end -}}
{{- $bytes -}}
{{- else -}}0{{- end -}}
{{- end }}
"""

TWINS: Mapping[str, str] = {
    "quantity_parts": QUANTITY,
    "sha256_of": CHECKSUM,
    "slept_seconds": SLEEP,
    "size_in": SIZE,
}
"""The helper of each function, with CHART for the chart's name. Both sides are compared by a test."""

INLINE: Mapping[str, str] = {"contains": "contains"}
"""Functions of ours that Go templates know, with their arguments the other way round."""
