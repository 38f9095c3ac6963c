#!/usr/bin/env bash
# Stop the real node and its control plane, and remove what they set up; the
# node's logs stay. K8SGEN_CONTROL_PLANE and K8SGEN_CLUSTER as for up.sh.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
state=$home/node
if [ -f "$state/pid" ]; then
  parent=$(cat "$state/pid")
  # The child of unshare is process 1 of the node: killing it ends all of them.
  read -ra children < "/proc/$parent/task/$parent/children" 2> /dev/null
  for child in "${children[@]}"; do
    grep -qaF "$here/inside.sh" "/proc/$child/cmdline" 2> /dev/null && kill -KILL "$child"
  done
  while grep -qaF "$here/inside.sh" "/proc/$parent/cmdline" 2> /dev/null; do sleep 0.1; done
  rm -f "$state/pid"
fi
if [ -e /sys/class/net/k8sgen0 ]; then ip link del k8sgen0; fi
if [ -e /run/netns/k8sgen-node ]; then ip netns del k8sgen-node; fi
for _ in $(seq 20); do # a cgroup can be removed once the last of its processes is gone
  find /sys/fs/cgroup -maxdepth 7 -depth -type d -path '*/k8sgen*' -exec rmdir {} + 2> /dev/null
  find /sys/fs/cgroup -maxdepth 2 -name k8sgen 2> /dev/null | grep -q . || break
  sleep 0.2
done
find "$state" -mindepth 1 -maxdepth 1 ! -name log -exec rm -rf {} + 2> /dev/null
"$here/../down.sh"
