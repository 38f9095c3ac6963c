"""The syntax of names, labels and other short texts: each rule gives its reason against a text, or nothing.

Source: `k8s.io/apimachinery/pkg/util/validation`, `api/validate/content`, `api/validation/path`.
"""

from __future__ import annotations

import re
from functools import lru_cache

FINALIZERS = ("foregroundDeletion", "kubernetes", "orphan")
LONGEST_PATH = 4095
_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_SUBDOMAIN = rf"{_LABEL}(\.{_LABEL})*"
_WORD = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
_is_label = re.compile(_LABEL).fullmatch
_is_dns1035 = re.compile("[a-z]([-a-z0-9]*[a-z0-9])?").fullmatch
_is_subdomain = re.compile(_SUBDOMAIN).fullmatch
_is_wildcard = re.compile(rf"\*\.{_SUBDOMAIN}").fullmatch
_is_word = re.compile(_WORD).fullmatch
_is_port_name = re.compile("[-a-z0-9]+").fullmatch
_is_env_name = re.compile("[-._a-zA-Z][-._a-zA-Z0-9]*").fullmatch
_is_printable = re.compile("[ -<>-~]+").fullmatch
_is_config_key = re.compile("[-._a-zA-Z0-9]+").fullmatch
_is_percent = re.compile("[0-9]+%").fullmatch
_is_path = re.compile(r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+").fullmatch
_is_header = re.compile("[-A-Za-z0-9]+").fullmatch


_remembered = lru_cache(maxsize=4096)
"""The names in a cluster's manifests are few and stand in many places."""


@_remembered
def dns_label(text: str) -> str:
    """IsDNS1123Label."""
    if len(text) > 63:
        return f"is {len(text)} characters long, a DNS label has at most 63"
    return "" if _is_label(text) else 'is no DNS label: lower-case letters, digits and "-", not at either end'


def dns_1035_label(text: str) -> str:
    """IsDNS1035Label."""
    if len(text) > 63:
        return f"is {len(text)} characters long, a DNS label has at most 63"
    rest = 'is no DNS-1035 label: lower-case letters, digits and "-", a letter first, no "-" at the end'
    return "" if _is_dns1035(text) else rest


@_remembered
def dns_subdomain(text: str) -> str:
    """IsDNS1123Subdomain."""
    if len(text) > 253:
        return f"is {len(text)} characters long, a DNS name has at most 253"
    return (
        ""
        if _is_subdomain(text)
        else 'is no DNS name: lower-case letters, digits, "-" and ".", a letter or digit at both ends of each part'
    )


def dns_subdomain_start(text: str) -> str:
    """NameIsDNSSubdomain of the start of a name, which may end with a dash."""
    return dns_subdomain(text[:-2] + "a" if len(text) > 1 and text.endswith("-") else text)


def wildcard_subdomain(text: str) -> str:
    """IsWildcardDNS1123Subdomain."""
    if len(text) > 253:
        return f"is {len(text)} characters long, a DNS name has at most 253"
    return "" if _is_wildcard(text) else 'is no wildcard DNS name: "*." followed by a DNS name'


def host_name(text: str) -> str:
    """A DNS name, or one whose first part is `*`."""
    return wildcard_subdomain(text) if "*" in text else dns_subdomain(text)


@_remembered
def path_segment(text: str) -> str:
    """IsPathSegmentName."""
    if text in {".", ".."}:
        return "is no name"
    return next((f'may not hold "{sign}"' for sign in "/%" if sign in text), "")


@_remembered
def qualified_name(text: str) -> str:
    """IsLabelKey: a name with an optional DNS name and `/` before it."""
    prefix, slash, name = text.rpartition("/")
    if slash and (not prefix or dns_subdomain(prefix)):
        return "has no DNS name before the slash"
    if len(name) > 63:
        return f"has a name of {len(name)} characters, at most 63 are allowed"
    if not _is_word(name):
        return 'is no qualified name: letters, digits, "-", "_" and ".", a letter or digit at both ends'
    return ""


def domain_path(text: str) -> str:
    """IsDomainPrefixedPath: `example.com/controller`."""
    domain, slash, path = text.partition("/")
    if not slash or dns_subdomain(domain) or not _is_path(path):
        return "is no path after a DNS name, such as example.com/controller"
    return ""


def finalizer(text: str) -> str:
    """ValidateFinalizerName, as objects that are not namespaces have it."""
    return qualified_name(text) or (
        "" if "/" in text or text in FINALIZERS else "has no DNS name before a slash"
    )


@_remembered
def annotation_key(text: str) -> str:
    """ValidateAnnotations: as a label key, in any case."""
    return qualified_name(text.lower())


@_remembered
def label_value(text: str) -> str:
    """IsLabelValue."""
    if len(text) > 63:
        return f"is {len(text)} characters long, a label value has at most 63"
    if text and not _is_word(text):
        return 'is no label value: letters, digits, "-", "_" and ".", a letter or digit at both ends'
    return ""


@_remembered
def port_name(text: str) -> str:
    """IsValidPortName."""
    if len(text) > 15:
        return f"is {len(text)} characters long, a port name has at most 15"
    if not _is_port_name(text):
        return 'is no port name: lower-case letters, digits and "-"'
    if not any(sign.isalpha() for sign in text):
        return "is no port name: it needs a letter"
    if "--" in text or text[0] == "-" or text[-1] == "-":
        return 'is no port name: no "-" at either end and no two in a row'
    return ""


def env_name(text: str) -> str:
    """IsEnvVarName, the rule before 1.32."""
    if not _is_env_name(text):
        return 'is no variable name: letters, digits, "-", "_" and ".", no digit first'
    return _dots(text)


@_remembered
def relaxed_env_name(text: str) -> str:
    """IsRelaxedEnvVarName, the rule from 1.32 on."""
    return "" if _is_printable(text) else 'is no variable name: printable ASCII other than "="'


@_remembered
def config_key(text: str) -> str:
    """IsConfigMapKey: a key of a ConfigMap or Secret."""
    if len(text) > 253:
        return f"is {len(text)} characters long, a key has at most 253"
    return _dots(text) if _is_config_key(text) else 'is no key: letters, digits, "-", "_" and "."'


def percent(text: str) -> str:
    """IsValidPercent."""
    return "" if _is_percent(text) else 'is neither an integer nor a percentage such as "25%"'


def header_name(text: str) -> str:
    """IsHTTPHeaderName."""
    return "" if _is_header(text) else 'is no header name: letters, digits and "-"'


def relative_path(text: str) -> str:
    """ValidateLocalDescendingPath."""
    if text.startswith("/"):
        return "is absolute, it must be a relative path"
    return no_backsteps(text)


def local_path(text: str) -> str:
    """ValidateLocalNonReservedPath: the path of a file in a projected volume."""
    return relative_path(text) or ('may not start with ".."' if text.startswith("..") else "")


def unpadded(text: str) -> str:
    """The path of a profile."""
    if len(text) > LONGEST_PATH:
        return f"is {len(text)} characters long, at most {LONGEST_PATH} are allowed"
    return "" if text == text.strip() else "has a space before or after it"


def absolute_path(text: str) -> str:
    """Absolute paths on servers and hosts."""
    return "" if text.startswith("/") else 'must start with "/"'


def driver_name(text: str) -> str:
    """ValidateCSIDriverName."""
    return (
        f"is {len(text)} characters long, a driver has at most 63"
        if len(text) > 63
        else dns_subdomain(text.lower())
    )


def no_backsteps(text: str) -> str:
    """ValidatePathNoBacksteps."""
    return 'may not hold ".."' if ".." in text.split("/") else ""


def _dots(text: str) -> str:
    if text in {".", ".."}:
        return "is a directory's name"
    return 'may not start with ".."' if text.startswith("..") else ""
