#!/usr/bin/env bash
# Run by up.sh inside the node's namespaces, as process 1 of the node.
#
#   inside.sh HOME NET KUBECONFIG
set -euo pipefail
home=$1 net=$2 kubeconfig=$3 state=$1/node
mount --make-rprivate /
mount --bind "$state/run" /run
mkdir -p /run/lock /run/netns /var/lib/cni /var/lib/kubelet
mkdir -p "$state/var-log"; mount --bind "$state/var-log" /var/log
mount --bind "$state/cni-home" /var/lib/cni
mount --bind "$state/kubelet-home" /var/lib/kubelet
# The kubelet insists on kernel settings that must not be changed for the whole
# machine, so it is shown files with the values it wants.
mkdir -p "$state/sys"
while read -r file value; do
  echo "$value" > "$state/sys/${file//\//_}"
  mount --bind "$state/sys/${file//\//_}" "/proc/sys/$file"
done <<LIST
vm/overcommit_memory 1
kernel/panic 10
kernel/panic_on_oops 1
LIST
mount --make-rshared /
echo 1 > /proc/sys/net/ipv4/ip_forward

cat > "$state/containerd.toml" <<TOML
version = 2
root = "$state/ctd"
state = "/run/containerd"
oom_score = 0
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "k8sgen.test/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$state/cni"
TOML
cat > "$state/cni/10-node.conflist" <<JSON
{"cniVersion":"0.4.0","name":"node","plugins":[
 {"type":"bridge","bridge":"cni0","isGateway":true,"ipMasq":true,"hairpinMode":true,
  "ipam":{"type":"host-local","ranges":[[{"subnet":"10.244.9.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}],"dataDir":"$state/ipam"}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
JSON
cat > "$state/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
cgroupRoot: /k8sgen
failCgroupV1: false
failSwapOn: false
protectKernelDefaults: true
maxOpenFiles: $(ulimit -Hn)
oomScoreAdj: 0
enforceNodeAllocatable: [pods]
evictionHard: {memory.available: 200Mi, nodefs.available: "2%", imagefs.available: "2%"}
imageGCHighThresholdPercent: 99
imageGCLowThresholdPercent: 98
resolvConf: ""
volumePluginDir: $state/volume-plugins
podLogsDir: $state/pod-logs
YAML
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then # version 2
  mkdir -p /sys/fs/cgroup/k8sgen
  for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
    echo "+$controller" > /sys/fs/cgroup/cgroup.subtree_control || true
    echo "+$controller" > /sys/fs/cgroup/k8sgen/cgroup.subtree_control || true
  done
else
  for controller in /sys/fs/cgroup/*/; do
    case $controller in */unified/) continue ;; esac
    mkdir -p "$controller/k8sgen"
  done
  for f in cpus mems; do cat /sys/fs/cgroup/cpuset/cpuset.$f > /sys/fs/cgroup/cpuset/k8sgen/cpuset.$f; done
fi

containerd -c "$state/containerd.toml" > "$state/log/containerd" 2>&1 &
for _ in $(seq 300); do
  ctr -a /run/containerd/containerd.sock version > /dev/null 2>&1 && break
  kill -0 $! 2> /dev/null || { echo "containerd has ended"; exit 1; }
  sleep 0.1
done
ctr -a /run/containerd/containerd.sock -n k8s.io images import "$home/image/pause.tar"
"$home/bin/kubelet" --config="$state/kubelet.yaml" --kubeconfig="$kubeconfig" --root-dir="$state/kubelet" \
  --cert-dir="$state/pki" --hostname-override=real --node-ip="$net.2" --node-labels=type=real > "$state/log/kubelet" 2>&1 &
"$home/bin/kube-proxy" --kubeconfig="$kubeconfig" --hostname-override=real --cluster-cidr=10.244.0.0/16 \
  --proxy-mode=iptables --oom-score-adj=0 --conntrack-max-per-core=0 \
  --conntrack-tcp-timeout-established=0 --conntrack-tcp-timeout-close-wait=0 > "$state/log/kube-proxy" 2>&1 &
wait
