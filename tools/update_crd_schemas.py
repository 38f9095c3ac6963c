#!/usr/bin/env python3
"""Write `schemas/crds/` from the Gateway API's own CustomResourceDefinitions.

The CRDs are those of the Go module that `tools/pins.toml` pins as `gateway-api` (standard channel), so
that the API server of the tests and the shipped schemas speak of one version.
What is shipped is a strict JSON Schema: descriptions are left out, and so are the rules written in
CEL, which a JSON Schema cannot say.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "generator"))

from k8sgen.validate.crds import GATEWAY_API, SHIPPED, schemas_of  # noqa: E402 - found through the line above

PIN = tomllib.loads((ROOT / "tools" / "pins.toml").read_text("utf-8"))["files"]["gateway-api"]
SOURCE = f"{PIN['module']}@{PIN['version']}"
FILES = {"HTTPRoute": "httproutes", "GRPCRoute": "grpcroutes"}


def main() -> None:
    """Write every shipped schema anew."""
    standard = module_directory() / PIN["directory"]
    schemas: dict[str, dict[str, Any]] = {}
    for kind, plural in FILES.items():
        crd = yaml.safe_load((standard / f"{GATEWAY_API}_{plural}.yaml").read_text("utf-8"))
        schemas[kind] = schemas_of(crd)[f"{GATEWAY_API}/v1", kind]
    references = schemas["HTTPRoute"]["properties"]["spec"]["properties"]["parentRefs"]
    schemas["ParentReference"] = references["items"]
    for name, file in SHIPPED.items():
        kind = name.partition(" ")[2]
        note = {
            "$comment": f"Made by tools/update_crd_schemas.py from {SOURCE} (Apache-2.0), {PIN['directory']}; "
            "descriptions and CEL rules are left out."
        }
        text = json.dumps(note | schemas[kind], separators=(",", ":"), sort_keys=True)
        (ROOT / "schemas" / "crds" / file).write_text(text + "\n", "utf-8")


def module_directory() -> Path:
    """Where Go keeps the module's files, downloaded if need be."""
    command = ["go", "mod", "download", "-json", SOURCE]
    done = subprocess.run(command, cwd="/", check=True, capture_output=True, text=True)
    return Path(json.loads(done.stdout)["Dir"])


if __name__ == "__main__":
    main()
