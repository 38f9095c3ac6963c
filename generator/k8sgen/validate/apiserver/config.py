"""ConfigMaps, Secrets and ServiceAccounts.

Source: `pkg/apis/core/validation`: ValidateConfigMap, ValidateSecret.
"""

from __future__ import annotations

import json
from binascii import Error, a2b_base64
from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

MOST_BYTES = 1024 * 1024
NEEDED_KEYS = {
    "kubernetes.io/dockercfg": (".dockercfg",),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
    "kubernetes.io/ssh-auth": ("ssh-privatekey",),
    "kubernetes.io/tls": ("tls.crt", "tls.key"),
}

JSON_KEYS = {
    "kubernetes.io/dockercfg": (".dockercfg",),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
}


def check_config_map(obj: Node, _minor: int) -> None:
    """Keys, and 1 MiB for all values together."""
    data, binary = obj["data"], obj["binaryData"]
    size = _check_texts(data) + _check_binary(binary)
    for key, value in data.entries() if binary.filled else ():
        if binary.has(key):
            value.refuse(f'the key "{key}" is in binaryData too', "remove one")
    _check_size(obj, size)


def check_secret(obj: Node, _minor: int) -> None:
    """Keys, size, and the keys that a type of Secret must have; the server moves stringData into data."""
    size = _check_texts(obj["stringData"], obj["data"]) + _check_binary(obj["data"])
    _check_size(obj["data"] if obj["data"].filled else obj["stringData"], size)
    kind = obj.text_of("type")
    given = {key for part in obj.given("data", "stringData") for key, _ in part.entries()}  # null is empty
    for key in NEEDED_KEYS.get(kind, ()):
        if key not in given:
            obj["data"][key].refuse(f'"{key}" is missing in a Secret of type {kind}', f"write {key}")
    if kind == "kubernetes.io/basic-auth" and not given & {"username", "password"}:
        before = len(obj.found)
        obj["data"]["username"].refuse(
            f"username or password is missing in a Secret of type {kind}", "write one"
        )
        obj.also(before, ("data", "password"))
    for key in JSON_KEYS.get(kind, ()):
        _check_json(obj, key)
    if kind == "kubernetes.io/service-account-token":
        obj["metadata"]["annotations"]["kubernetes.io/service-account.name"].require()


def _check_json(obj: Node, key: str) -> None:
    """The content of an image registry's credentials is a JSON object."""
    text, binary = obj["stringData"][key], obj["data"][key]
    given = {
        part.key for part in obj.given("stringData", "data") for name, _ in part.entries() if name == key
    }
    if "stringData" in given:
        content = text.text.encode()
    elif "data" not in given:
        return
    else:
        try:
            content = a2b_base64(binary.text)
        except (Error, ValueError):
            return
    try:
        whole = json.loads(content, parse_constant=_no_constant)
    except ValueError:
        whole = ""
    if not isinstance(whole, dict | None):
        (text if "stringData" in given else binary).refuse(
            f"{key} holds no JSON object", "write the content of a config.json", ("data", key)
        )


def _no_constant(text: str) -> None:
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError(text)


def _check_texts(texts: Node, named: Node | None = None) -> int:
    size = 0
    for key, value in texts.map.items():
        _check_key(texts, str(key), named)
        size += len(value.encode()) if isinstance(value, str) else 0
    return size


def _check_binary(binary: Node) -> int:
    size = 0
    for key, value in binary.entries():
        _check_key(binary, key)
        try:
            size += len(a2b_base64(value.text.replace("\n", "").replace("\r", ""), strict_mode=True))
        except (Error, ValueError):
            value.refuse("the value is not base64", "encode the bytes, as with: base64 -w0 FILE")
    return size


def _check_key(holder: Node, key: str, named: Node | None = None) -> None:
    """`named`: the map that the server names."""
    if reason := names.config_key(key):
        holder[key].refuse(
            f'the key "{key}" {reason}', field=(*named.pointer, key) if named is not None else ()
        )


def _check_size(at: Node, size: int) -> None:
    if size > MOST_BYTES:
        at.refuse(
            f"the values have {size} bytes, at most {MOST_BYTES} are allowed", "split it, or mount a volume"
        )
