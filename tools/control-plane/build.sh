#!/usr/bin/env bash
# Build the test control plane from source with nothing but a Go toolchain.
#
#   build.sh [--node] [--current] [--print-mod]
#
# Does nothing when the built binary is of this recipe already; --current only
# asks whether it is. The build cache of 3.9 GB is thrown away afterwards.
#
# k8s.io/kubernetes is an ordinary Go module except that it requires its
# "staging" modules (k8s.io/api and so on) at v0.0.0, so the main module has to
# replace each of them by the release of the same number. This script writes
# that go.mod and builds one static binary holding etcd, kube-apiserver,
# kube-controller-manager, kube-scheduler, kubectl and kwok; --node adds kubelet
# and kube-proxy.
#
# Environment:
#   K8SGEN_CONTROL_PLANE  where the built programs lie (${K8SGEN_CACHE:-~/.cache/k8sgen}/control-plane)
#   K8S_VERSION           Kubernetes release to build
#   KWOK_VERSION          kwok release built against the same libraries; empty
#                         leaves kwok out (releases older than 1.36 do not match
#                         kwok 0.8), in which case up.sh needs KWOK=another kwok
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
version=${K8S_VERSION:-v1.37.2} kwok=${KWOK_VERSION-v0.8.0}
tags=; only_mod=; only_ask=
[ -n "$kwok" ] || tags=nokwok
for option; do
  case $option in
    --node) tags=${tags:+$tags,}node ;;
    --current) only_ask=1 ;;
    --print-mod) only_mod=1 ;;
    *) echo "usage: $0 [--node] [--current] [--print-mod]" >&2; exit 2 ;;
  esac
done

case $version in v1.*.*) ;; *) echo "K8S_VERSION must look like v1.37.2" >&2; exit 2 ;; esac
minor=${version#v1.} minor=${minor%%.*}
staging=v0.${version#v1.}
src=$home/src-$version

# What the binary is made of. A binary with the node's programs will do where they are not asked for.
recipe="kubernetes $version kwok ${kwok:-none} source $(cat "$here"/src/*.go "$here/src/$version".* 2> /dev/null | sha256sum | cut -c1-16)"
stamp=$home/bin/control-plane.stamp
case $tags in *node*) wanted=("$recipe node") ;; *) wanted=("$recipe" "$recipe node") ;; esac
if [ -z "$only_mod" ] && [ -x "$home/bin/control-plane" ] && printf '%s\n' "${wanted[@]}" | grep -Fxqf - "$stamp" 2> /dev/null; then
  [ -n "$only_ask" ] || echo "control plane: $(cat "$stamp") is built already"
  exit 0
fi
[ -z "$only_ask" ] || exit 1

mkdir -p "$src" "$home/bin"
rm -f "$src"/*.go
cp "$here"/src/*.go "$src/"

# A committed go.mod and go.sum (src/v1.37.2.mod, .sum) make the build
# reproducible and need no resolution; without them they are worked out here.
pinned=$here/src/$version
if [ -f "$pinned.mod" ] && [ -n "$kwok" ]; then
  cp "$pinned.mod" "$src/go.mod"
  cp "$pinned.sum" "$src/go.sum"
else
  upstream=$(go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/^.*"GoMod": "\(.*\)",*$/\1/p')
  {
    printf 'module control-plane\n\n'
    sed -n 's/^go .*/&/p' "$upstream"
    printf '\nrequire (\n\tk8s.io/kubernetes %s\n' "$version"
    [ -z "$kwok" ] || printf '\tsigs.k8s.io/kwok %s\n' "$kwok"
    printf ')\n\nreplace (\n'
    sed -n "s,^[[:space:]]*\(k8s.io/[a-z-]*\) => ./staging/.*,\t\1 => \1 $staging,p" "$upstream"
    printf ')\n'
  } > "$src/go.mod"
  rm -f "$src/go.sum"
  all=node; [ -n "$kwok" ] || all=node,nokwok
  (cd "$src" && go list -mod=mod -deps -tags "$all" ./... > /dev/null)
fi
if [ -n "$only_mod" ]; then echo "$src/go.mod"; exit; fi

build_info=k8s.io/component-base/version
ldflags="-s -w -X $build_info.gitVersion=$version -X $build_info.gitMajor=1 -X $build_info.gitMinor=$minor -X $build_info.gitTreeState=clean"
echo "control plane: building $recipe (6 minutes on two free cores, 3.4 GB of memory, 3.9 GB of disk for the while)"
gocache=$(mktemp -d "$home/gocache.XXXXXX")
trap 'rm -rf "$gocache"' EXIT
(cd "$src" && GOCACHE=$gocache CGO_ENABLED=0 go build -mod=readonly -trimpath -tags "$tags" -ldflags "$ldflags" -o "$home/bin/control-plane.new" .)
rm -f "$stamp"
mv "$home/bin/control-plane.new" "$home/bin/control-plane"

programs="etcd kube-apiserver kube-controller-manager kube-scheduler kubectl"
[ -z "$kwok" ] || programs="$programs kwok"
case $tags in *node*) programs="$programs kubelet kube-proxy" ;; esac
for name in $programs; do ln -sf control-plane "$home/bin/$name"; done
"$home/bin/kube-apiserver" --version
echo "${wanted[0]}" > "$stamp"
