#!/usr/bin/env python3
"""Write `schemas/crds/` from the Gateway API's own CustomResourceDefinitions.

Usage: tools/update_crd_schemas.py [VERSION]

The CRDs come from the Go module of the Gateway API (standard channel), through `go mod download`.
What is shipped is a strict JSON Schema: descriptions are left out, and so are the rules written in
CEL, which a JSON Schema cannot say.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "generator"))

from k8sgen.validate.crds import GATEWAY_API, SHIPPED, schemas_of  # noqa: E402 - found through the line above

MODULE = "sigs.k8s.io/gateway-api"
VERSION = "v1.6.1"
FILES = {"HTTPRoute": "httproutes", "GRPCRoute": "grpcroutes"}


def main() -> None:
    """Write every shipped schema anew."""
    version = sys.argv[1] if len(sys.argv) > 1 else VERSION
    standard = module_directory(version) / "config" / "crd" / "standard"
    schemas: dict[str, dict[str, Any]] = {}
    for kind, plural in FILES.items():
        crd = yaml.safe_load((standard / f"{GATEWAY_API}_{plural}.yaml").read_text("utf-8"))
        schemas[kind] = schemas_of(crd)[f"{GATEWAY_API}/v1", kind]
    references = schemas["HTTPRoute"]["properties"]["spec"]["properties"]["parentRefs"]
    schemas["ParentReference"] = references["items"]
    for name, file in SHIPPED.items():
        kind = name.partition(" ")[2]
        note = {
            "$comment": f"Made by tools/update_crd_schemas.py from {MODULE} {version} (Apache-2.0), config/crd/standard; "
            "descriptions and CEL rules are left out."
        }
        text = json.dumps(note | schemas[kind], separators=(",", ":"), sort_keys=True)
        (ROOT / "schemas" / "crds" / file).write_text(text + "\n", "utf-8")


def module_directory(version: str) -> Path:
    """Where Go keeps the module's files, downloaded if need be."""
    command = ["go", "mod", "download", "-json", f"{MODULE}@{version}"]
    done = subprocess.run(command, cwd="/", check=True, capture_output=True, text=True)
    return Path(json.loads(done.stdout)["Dir"])


if __name__ == "__main__":
    main()
