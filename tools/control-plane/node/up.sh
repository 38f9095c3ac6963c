#!/usr/bin/env bash
# Start a control plane and beside it one real node: containerd, runc, kubelet
# and kube-proxy in network, mount and process namespaces of their own, next to
# the simulated nodes. Pods come to it with `nodeSelector: {type: real}`.
#
# Needs root, the packages that check.sh names, a binary of ../build.sh --node
# and the image of build-images.sh. One node a machine: its network and its
# cgroups have fixed names. Every start begins with an empty cluster. When this
# returns the node is Ready, and this machine reaches pods (10.244.9.0/24) and
# Services (10.96.0.0/16) through it. Stop it with down.sh.
#
# Environment, besides that of ../up.sh:
#   NODE_NET   first three numbers of the link's network (10.99.7): .1 is this
#              machine, where the API server listens, .2 the node
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
net=${NODE_NET:-10.99.7} ns=k8sgen-node link=k8sgen0 state=$home/node
cluster=${K8SGEN_CLUSTER:-$home/run}

fail() { echo "node: $1" >&2; exit 1; }
reasons=$("$here/check.sh") || fail "cannot run here: ${reasons//$'\n'/; }"
[ -x "$home/bin/kubelet" ] && "$here/../build.sh" --node --current || fail "no current kubelet in $home/bin: run $here/../build.sh --node"
"$here/build-images.sh" --current || fail "no current image in $home/image: run $here/build-images.sh"

"$here/down.sh"
rm -rf "$state"
mkdir -p "$state"/{log,run,kubelet,kubelet-home,cni,cni-home,ctd}
ip netns add "$ns"
ip link add "$link" type veth peer name eth0 netns "$ns"
ip addr add "$net.1/24" dev "$link"; ip link set "$link" up
ip -n "$ns" addr add "$net.2/24" dev eth0; ip -n "$ns" link set eth0 up; ip -n "$ns" link set lo up
ip -n "$ns" route add default via "$net.1"
for range in 10.244.9.0/24 10.96.0.0/16; do
  ip route add $range via "$net.2" || fail "this machine has a route to $range already"
done

API_ADDRESS=$net.1 K8SGEN_CLUSTER=$cluster "$here/../up.sh" > /dev/null
setsid nohup nsenter --net="/run/netns/$ns" unshare -m -p -f --mount-proc --kill-child \
  bash "$here/inside.sh" "$home" "$net" "$cluster/kubeconfig" > "$state/log/inside" 2>&1 < /dev/null &
echo $! > "$state/pid"
export KUBECONFIG=$cluster/kubeconfig
for _ in $(seq 240); do
  "$home/bin/kubectl" get --ignore-not-found node real -o name 2> /dev/null | grep -q . && break
  kill -0 "$(cat "$state/pid")" 2> /dev/null || break
  sleep 0.25
done
if ! "$home/bin/kubectl" wait --for=condition=Ready node/real --timeout=90s > "$state/log/ready" 2>&1; then
  tail -n 20 "$state"/log/{ready,inside,containerd,kubelet} >&2 || true
  fail "it did not become Ready; its logs are in $state/log"
fi
echo "export KUBECONFIG=$KUBECONFIG"
