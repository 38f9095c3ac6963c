#!/usr/bin/env bash
# Build the two images of the real node (needs Go and buildah, as root).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
out=$home/image; mkdir -p "$out"
(cd "$here/image" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$out/app" .)
printf 'FROM scratch\nCOPY app /app\nUSER 65534\nENTRYPOINT ["/app"]\nCMD ["pause"]\n' > "$out/Containerfile"
b() { buildah --root "$out/store" --runroot "$out/runroot" --storage-driver vfs "$@"; }
b build -q --isolation chroot --network host -t example/app:1 -f "$out/Containerfile" "$out" > /dev/null
rm -f "$out"/*.tar
b push -q example/app:1 "docker-archive:$out/app.tar:docker.io/example/app:1"
ls -l "$out/app.tar"
