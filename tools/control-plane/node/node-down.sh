#!/usr/bin/env bash
# Stop the real node and the control plane, and remove what they set up.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
if [ -f "$home/node/pid" ]; then
  parent=$(cat "$home/node/pid")
  # The child of unshare is process 1 of the node: killing it ends all of them.
  read -ra children < "/proc/$parent/task/$parent/children" 2> /dev/null
  for child in "${children[@]}"; do
    grep -qa node-inside.sh "/proc/$child/cmdline" && kill -KILL "$child"
  done
  while [ -d "/proc/$parent" ] && grep -qa node-inside.sh "/proc/$parent/cmdline"; do sleep 0.1; done
  rm -f "$home/node/pid"
fi
ip link del k8sgen0 2> /dev/null
ip netns del k8sgen-node 2> /dev/null
for _ in 1 2 3 4 5; do
  find /sys/fs/cgroup -mindepth 2 -maxdepth 6 -depth -type d -path '/sys/fs/cgroup/*/k8sgen*' -exec rmdir {} + 2> /dev/null
  find /sys/fs/cgroup -mindepth 2 -maxdepth 2 -name k8sgen | grep -q . || break
  sleep 0.3
done
"$here/../down.sh"
