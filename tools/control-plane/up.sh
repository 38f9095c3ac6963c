#!/usr/bin/env bash
# Start a Kubernetes control plane with simulated nodes on 127.0.0.1.
#
# etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok run as
# plain processes; nothing needs root. Every start begins with an empty cluster.
# When this returns, the kubeconfig it prints works and the
# simulated nodes are Ready. Stop it with down.sh.
#
# Environment:
#   K8SGEN_CONTROL_PLANE  where the built programs lie (${K8SGEN_CACHE:-~/.cache/k8sgen}/control-plane)
#   K8SGEN_CLUSTER        what one running cluster keeps: keys, data, logs, process ids (run/ in there)
#   API_ADDRESS           address of the API server (127.0.0.1)
#   API_PORT              its port (16443)
#   ETCD_PORT             etcd's port for clients (12379)
#   ETCD_PEER_PORT        etcd's port for peers, of which there are none (ETCD_PORT+1)
#   STAGES                kwok stages (stages.yaml next to this script)
#   NODES                 simulated nodes (nodes.yaml next to this script)
#   CONTROLLERS           controllers to run, see below
#   KWOK                  kwok program, if not the one in the working directory
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${K8SGEN_CONTROL_PLANE:-${K8SGEN_CACHE:-$HOME/.cache/k8sgen}/control-plane}
bin=$home/bin run=${K8SGEN_CLUSTER:-$home/run}
api=${API_ADDRESS:-127.0.0.1} api_port=${API_PORT:-16443} etcd_port=${ETCD_PORT:-12379}
peer_port=${ETCD_PEER_PORT:-$((etcd_port + 1))}
stages=${STAGES:-$here/stages.yaml} nodes=${NODES:-$here/nodes.yaml}
controllers=${CONTROLLERS:-$(tr '\n' ',' <<LIST
deployment-controller
replicaset-controller
statefulset-controller
daemonset-controller
job-controller
cronjob-controller
disruption-controller
horizontal-pod-autoscaler-controller
endpointslice-controller
namespace-controller
serviceaccount-controller
root-ca-certificate-publisher-controller
garbage-collector-controller
pod-garbage-collector-controller
node-lifecycle-controller
taint-eviction-controller
resourcequota-controller
LIST
)}
controllers=${controllers%,}

[ -x "$bin/control-plane" ] || { echo "no $bin/control-plane: run build.sh first" >&2; exit 1; }
command -v openssl > /dev/null || { echo "no openssl: it makes the keys of the cluster" >&2; exit 1; }
"$here/down.sh"
rm -rf "$run"
mkdir -p "$run"/{pki,log,pid}
chmod 700 "$run"

# One token for everything: the cluster is private to this machine and short-lived.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077
 echo "$token,admin,admin,system:masters" > "$run/pki/tokens.csv"
 openssl ecparam -name prime256v1 -genkey -noout -out "$run/pki/sa.key"
 openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
   -subj /CN=kube-apiserver -addext subjectAltName="IP:$api,DNS:localhost" \
   -keyout "$run/pki/api.key" -out "$run/pki/api.crt" 2> "$run/log/openssl"
 cat > "$run/kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters:
- {name: local, cluster: {server: "https://$api:$api_port", certificate-authority: $run/pki/api.crt}}
users:
- {name: admin, user: {token: $token}}
contexts:
- {name: local, context: {cluster: local, user: admin, namespace: default}}
current-context: local
YAML
)

[ -z "${KWOK:-}" ] || ln -sf "$(readlink -f "$KWOK")" "$bin/kwok"

start() { # NAME ARGUMENT...: run one program of the binary in the background
  local name=$1; shift
  setsid nohup "$bin/$name" "$@" > "$run/log/$name" 2>&1 < /dev/null &
  echo $! > "$run/pid/$name"
}

export KUBECONFIG=$run/kubeconfig

start etcd --name=default --data-dir="$run/etcd" --unsafe-no-fsync --log-level=warn \
  --listen-client-urls="http://127.0.0.1:$etcd_port" --advertise-client-urls="http://127.0.0.1:$etcd_port" \
  --listen-peer-urls="http://127.0.0.1:$peer_port" \
  --initial-advertise-peer-urls="http://127.0.0.1:$peer_port" \
  --initial-cluster="default=http://127.0.0.1:$peer_port"

start kube-apiserver --etcd-servers="http://127.0.0.1:$etcd_port" \
  --bind-address="$api" --advertise-address="$api" --secure-port="$api_port" \
  --endpoint-reconciler-type=none \
  --tls-cert-file="$run/pki/api.crt" --tls-private-key-file="$run/pki/api.key" \
  --token-auth-file="$run/pki/tokens.csv" --authorization-mode=RBAC \
  --service-cluster-ip-range=10.96.0.0/16 \
  --service-account-issuer=https://kubernetes.default.svc \
  --service-account-key-file="$run/pki/sa.key" --service-account-signing-key-file="$run/pki/sa.key" \
  --kubelet-preferred-address-types=InternalIP --allow-privileged=true --profiling=false --enable-priority-and-fairness=false

ready=
for _ in $(seq 600); do
  if "$bin/kubectl" get --raw /readyz > /dev/null 2>&1; then ready=1; break; fi
  kill -0 "$(cat "$run/pid/kube-apiserver")" 2> /dev/null || break
  sleep 0.1
done
[ -n "$ready" ] || { echo "kube-apiserver did not become ready:" >&2; tail -n 20 "$run/log/kube-apiserver" >&2; exit 1; }

start kube-controller-manager --kubeconfig="$run/kubeconfig" --controllers="$controllers" \
  --leader-elect=false --secure-port=0 --profiling=false --horizontal-pod-autoscaler-sync-period=2s \
  --service-account-private-key-file="$run/pki/sa.key" --root-ca-file="$run/pki/api.crt"
start kube-scheduler --kubeconfig="$run/kubeconfig" --leader-elect=false --secure-port=0 --profiling=false
start kwok --kubeconfig="$run/kubeconfig" --config="$stages" --manage-all-nodes=false --manage-nodes-with-label-selector=type=kwok \
  --node-lease-duration-seconds=40 --node-ip=10.0.0.1 --cidr=10.0.0.1/16

"$bin/kubectl" apply --validate=false -f "$nodes" > "$run/log/nodes"
"$bin/kubectl" wait --for=condition=Ready nodes --all --timeout=60s >> "$run/log/nodes"
for _ in $(seq 100); do # pods need the default service account of their namespace
  "$bin/kubectl" get --ignore-not-found -n default serviceaccount default -o name | grep -q . && break
  sleep 0.2
done
echo "export KUBECONFIG=$KUBECONFIG"
