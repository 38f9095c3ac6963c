"""What is written reads back as exactly the same values, by readers of YAML 1.1 and of YAML 1.2."""

from __future__ import annotations

from pathlib import Path

import yaml

from k8sgen.yamltext.read import Source, read_document
from k8sgen.yamltext.write import document


def test_document_reads_back() -> None:
    """Maps, lists, text of one line and of several come back equal."""
    value = {"a": 1, "on": [{"b": ["x\ny\n", []], "c": {"d": "12"}}], "e": {}}
    assert yaml.load(document(value), yaml.CSafeLoader) == value
    assert read_document(document(value), Source("x.yaml", Path())) == value
