#!/usr/bin/env bash
# Stop what up.sh started. Only processes whose recorded id still belongs to
# the built binary are signalled. K8SGEN_CONTROL_PLANE and K8SGEN_CLUSTER as for up.sh.
set -uo pipefail
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
pids=()
run=${K8SGEN_CLUSTER:-$home/run}
for name in kwok kube-scheduler kube-controller-manager kube-apiserver etcd; do
  file=$run/pid/$name
  [ -f "$file" ] || continue
  pid=$(cat "$file")
  exe=$(readlink "/proc/$pid/exe" 2> /dev/null)
  if [ "${exe% (deleted)}" = "$(readlink -f "$home/bin/$name")" ]; then kill -KILL "$pid" && pids+=("$pid"); fi
  rm -f "$file"
done
for pid in "${pids[@]}"; do
  while [ -d "/proc/$pid" ] && ! grep -q '^State:.Z' "/proc/$pid/status" 2> /dev/null; do sleep 0.05; done
done
