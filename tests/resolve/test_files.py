"""Files of the spec: keys, contents and the checksum that makes a change a rollout."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from k8sgen.resolve import files
from k8sgen.resolve.arithmetic import sha256_of
from tests.resolve.specs import RELEASE, spec

TWO = "files:\n  /etc/app.yaml: text\n  /etc/key: {binary: AAEC}\n  /etc/theirs: {configMap: {name: a, key: b}}\n"


def test_contents_stand_under_keys_made_from_their_paths() -> None:
    """Text and bytes apart; what others own is not ours to hold."""
    service = spec(TWO)
    assert files.file_texts(service) == {"etc_app.yaml": "text"}
    assert files.file_bytes(service) == {"etc_key": "AAEC"}
    assert files.files_name(RELEASE) == "orders-files"
    assert files.has_own_files(service) is True
    assert files.has_own_files(spec("files: {/a: {secret: {name: s, key: k}}}\n")) is False


def test_checksum_is_that_of_gos_json() -> None:
    """`toJson | sha256sum` in a chart gives the same."""
    expected = '{"binaryData":{"etc_key":"AAEC"},"data":{"etc_app.yaml":"text"}}'
    assert files.files_checksum(spec(TWO)) == hashlib.sha256(expected.encode()).hexdigest()
    assert files.files_checksum.reason(spec(TWO)) == "a change of files is a rollout"


def test_json_is_escaped_as_go_does() -> None:
    """HTML's characters and the two line separators that JavaScript trips over."""
    value = {"b": '<&>\u2028\u2029é"\\\n\t', "a": 1}
    expected = r'{"a":1,"b":"\u003c\u0026\u003e\u2028\u2029é\"\\\n\t"}'
    assert sha256_of(value) == hashlib.sha256(expected.encode()).hexdigest()


@given(st.dictionaries(st.sampled_from(["/a", "/b/c", "/d.e"]), st.sampled_from(["1", "2"])))
def test_checksum_changes_with_the_contents_alone(contents: dict[str, str]) -> None:
    """Not with the order in which the file names them."""
    lines = [f"  {path}: '{text}'\n" for path, text in contents.items()]
    forwards = spec("files:\n" + "".join(lines) if lines else "")
    backwards = spec("files:\n" + "".join(reversed(lines)) if lines else "")
    assert files.files_checksum(forwards) == files.files_checksum(backwards)
    changed = spec("files:\n" + "".join(lines) + "  /new: text\n")
    assert files.files_checksum(changed) != files.files_checksum(forwards)
