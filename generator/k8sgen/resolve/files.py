"""Files that come with the spec: one ConfigMap, one projected volume, one mount for each file.

Each file is mounted by itself (`subPath`), so that it may stand in a directory of the image without
hiding what is there. Such a mount never sees an update, so the checksum of all contents stands on the
pods: a changed file is a rollout, and a rollback brings the old pods' own state of it to light.
"""

from __future__ import annotations

from k8sgen.resolve.arithmetic import by_key, contains, sha256_of
from k8sgen.resolve.derivation import Release, derived, rule
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.volumes import File

CONFIG_MAP_DOCS = "https://kubernetes.io/docs/concepts/configuration/configmap/"


@derived()
def has_files(spec: Spec) -> bool:
    """Whether the main container gets files."""
    return bool(spec.files)


@derived()
def is_own(file: File) -> bool:
    """Whether the spec holds a file's content."""
    return file.text is not None or file.binary is not None


@derived()
def has_own_files(spec: Spec) -> bool:
    """Whether there is a ConfigMap of the service's own files."""
    return any(is_own(file) for _, file in by_key(spec.files))


@derived()
def files_name(release: Release) -> str:
    """Name of that ConfigMap; it does not change with the content, so that old pods still find theirs."""
    return f"{release.fullname}-files"


@derived(source=CONFIG_MAP_DOCS)
def file_key(path: str) -> str:
    """A file's key in the ConfigMap and its path in the volume: /etc/app.yaml is etc_app.yaml."""
    return path.removeprefix("/").replace("/", "_")


@derived(reason="the spec says what is in it")
def file_read_only(path: str) -> bool:
    """Whether the mount of a file refuses writes: always, for they would be gone with the container."""
    return True


@derived()
def file_texts(spec: Spec) -> dict[str, str]:
    """The contents that are text, by key."""
    texts: dict[str, str] = {}
    for path, file in by_key(spec.files):
        if file.text is not None:
            texts[file_key(path)] = file.text
    return texts


@derived()
def file_bytes(spec: Spec) -> dict[str, str]:
    """The contents that are not text, in base64, by key."""
    contents: dict[str, str] = {}
    for path, file in by_key(spec.files):
        if file.binary is not None:
            contents[file_key(path)] = file.binary
    return contents


@derived(reason="a change of files is a rollout")
def files_checksum(spec: Spec) -> str:
    """The SHA-256 of the contents, so that pods with other contents are other pods."""
    return sha256_of({"binaryData": file_bytes(spec), "data": file_texts(spec)})


@rule("*", each="files", hint="rename one of them", source=CONFIG_MAP_DOCS + "#configmap-object")
def file_key_taken(file: File, path: str, spec: Spec) -> str:
    """Two paths may not become one key."""
    message = ""
    for other, _ in by_key(spec.files):
        if other < path and file_key(other) == file_key(path):
            message = f"files[{path}] and files[{other}] would both be {file_key(path)} in the ConfigMap"
    return message


@rule("*", each="files", hint="write the path as the process sees it")
def file_path_not_plain(file: File, path: str) -> str:
    """A mount path says where it leads."""
    if contains(f"{path}/", "/../") or contains(f"{path}/", "/./"):
        return f"files[{path}] goes through a directory named . or .."
    if path.startswith("/.."):
        return f"files[{path}] would have a key that starts with .., which a ConfigMap cannot hold"
    return ""


@rule(
    "annotations",
    "podAnnotations",
    hint="remove it: the tool computes it from files",
)
def checksum_annotation_taken(spec: Spec) -> str:
    """The annotation checksum/files is ours when the spec has files of its own."""
    if has_own_files(spec) and "checksum/files" in spec.annotations:
        return "annotations[checksum/files] is printed for files already"
    if has_own_files(spec) and "checksum/files" in spec.pod_annotations:
        return "podAnnotations[checksum/files] is printed for files already"
    return ""
