#!/usr/bin/env bash
# Start one real node (containerd, runc, kubelet, kube-proxy) in its own network,
# mount and process namespaces, next to the simulated nodes. Needs root, the
# packages containerd, runc, iptables, conntrack and the CNI plugins, a binary
# from build.sh --node and the image from node-build.sh. Everything the node
# writes stays below the working directory.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
net=${NODE_NET:-10.99.7} ns=k8sgen-node link=k8sgen0 state=$home/node

"$here/node-down.sh"
rm -rf "$state"; mkdir -p "$state"/{log,run,kubelet,kubelet-home,cni,cni-home,ctd}
ip netns add "$ns"
ip link add "$link" type veth peer name eth0 netns "$ns"
ip addr add "$net.1/24" dev "$link"; ip link set "$link" up
ip -n "$ns" addr add "$net.2/24" dev eth0; ip -n "$ns" link set eth0 up; ip -n "$ns" link set lo up
ip -n "$ns" route add default via "$net.1"

API_ADDRESS=$net.1 "$here/../up.sh" > /dev/null
setsid nohup nsenter --net="/run/netns/$ns" unshare -m -p -f --mount-proc --kill-child \
  bash "$here/node-inside.sh" "$home" "$net" > "$state/log/inside" 2>&1 < /dev/null &
echo $! > "$state/pid"
export KUBECONFIG=${K8SGEN_CLUSTER:-$home/run}/kubeconfig
for _ in $(seq 120); do
  "$home/bin/kubectl" get --ignore-not-found node real -o name 2> /dev/null | grep -q . && break
  sleep 0.5
done
"$home/bin/kubectl" wait --for=condition=Ready node/real --timeout=90s
echo "export KUBECONFIG=$KUBECONFIG"
