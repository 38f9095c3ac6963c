#!/usr/bin/env bash
# Whether this machine can run a real node: silent when it can, else it says
# what is in the way, one reason a line, and exits with 1.
#
#   check.sh [--rights]   with --rights only what no package can mend
set -uo pipefail
missing=()
[ "$(uname -s)" = Linux ] || missing+=("the kernel is not Linux")
[ "$(id -u)" = 0 ] || missing+=("not root, which namespaces, mounts and cgroups need")
if [ ${#missing[@]} = 0 ]; then
  unshare --net --mount --pid --fork --kill-child true 2> /dev/null || missing+=("no right to make network, mount and process namespaces")
  cgroups=/sys/fs/cgroup
  if [ -f $cgroups/cgroup.controllers ]; then
    probe=$cgroups
    for controller in cpu memory pids; do
      grep -qw $controller $cgroups/cgroup.controllers || missing+=("no cgroup controller $controller")
    done
  else
    probe=$cgroups/memory
    for controller in cpu cpuset memory pids; do
      [ -d $cgroups/$controller ] || missing+=("no cgroup controller $controller")
    done
  fi
  if ! { mkdir "$probe/k8sgen-check.$$" && rmdir "$probe/k8sgen-check.$$"; } 2> /dev/null; then
    missing+=("no right to make a cgroup below $probe")
  fi
fi
if [ "${1:-}" != --rights ]; then
  for program in ip unshare nsenter containerd ctr runc buildah iptables conntrack; do
    command -v $program > /dev/null || missing+=("no \`$program\` on the PATH")
  done
  for plugin in bridge host-local portmap loopback; do
    [ -x /usr/lib/cni/$plugin ] || missing+=("no network plugin /usr/lib/cni/$plugin")
  done
fi
[ ${#missing[@]} = 0 ] || { printf '%s\n' "${missing[@]}"; exit 1; }
