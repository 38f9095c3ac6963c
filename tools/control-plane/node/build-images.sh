#!/usr/bin/env bash
# Build the image of the real node's sandboxes (needs Go, and buildah as root).
#
#   build-images.sh [--current]
#
# Does nothing when the built image is of this source already; --current only
# asks whether it is. K8SGEN_CONTROL_PLANE as for ../build.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
out=$home/image stamp=$home/image/pause.stamp
wanted="source $(cat "$here"/image/* "$here/build-images.sh" | sha256sum | cut -c1-16)"
if [ -f "$out/pause.tar" ] && [ "$(cat "$stamp" 2> /dev/null)" = "$wanted" ]; then
  [ -n "${1:-}" ] || echo "sandbox image: $wanted is built already"
  exit 0
fi
[ "${1:-}" != --current ] || exit 1

mkdir -p "$out"
work=$(mktemp -d "$out/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
(cd "$here/image" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$work/pause" .)
printf 'FROM scratch\nCOPY pause /pause\nUSER 65534\nENTRYPOINT ["/pause"]\n' > "$work/Containerfile"
images() { buildah --root "$work/store" --runroot "$work/runroot" --storage-driver vfs "$@"; }
images build -q --isolation chroot -t k8sgen.test/pause:1 -f "$work/Containerfile" "$work" > /dev/null
images push -q k8sgen.test/pause:1 "docker-archive:$work/pause.tar:k8sgen.test/pause:1"
rm -f "$stamp"
mv "$work/pause.tar" "$out/pause.tar"
echo "$wanted" > "$stamp"
echo "sandbox image: built, $(stat -c %s "$out/pause.tar") bytes"
