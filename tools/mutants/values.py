"""Mutations of scalars: numbers, names, quantities, ports, addresses, words of a fixed set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutants.slots import (
    ADDRESS_FIELDS,
    ENUM_FIELDS,
    PATH_FIELDS,
    PERCENT_FIELDS,
    PORT_FIELDS,
    is_label_map,
    is_leaf,
    is_name,
    is_number,
    is_quantity,
    is_text,
    pick,
    slots,
)

if TYPE_CHECKING:
    from random import Random

NUMBERS = (
    -1, 0, 1, 2, 99, 100, 101, 255, 511, 512, 600, 1800, 1801, 3600, 3601, 32767, 65535, 65536, 86400, 86401, 100000, 100001,
    2**31 - 1,
)  # fmt: skip
QUANTITIES = (
    "0", "1", "100m", "0.5", "1.5Gi", "1e3", "1E3", "1Ei", "10M", ".5", "5.", "+1", "-1", "-100m", "512Mb", "512 Mi",
    "1gi", "1Gib", "mi", "", "100%", "1,5", "1e", "1e-3", "0x10", "1_000", "Inf", "128MiB", "1KB", "1k", "1K", "999999999999Ei",
    "0.1m", "1u", "1n", "0.0000000001", "1.5", "2Gi", "64Mi", 1, 0, -1, 1.5, 0.25, 1e3, 100,
)  # fmt: skip
NAMES = (
    "", "a", "A", "App", "my_app", "my.app", "my app", "-app", "app-", ".app", "app.", "a..b", "a/b", "/a", "a/", "a" * 15,
    "a" * 16, "a" * 52, "a" * 53, "a" * 63, "a" * 64, "a" * 253, "a" * 254, "8080", "1app", "a--b", "é", "*", "*.a.b", "a%b",
    ".", "..", "..a", "example.com/a", "Example.com/a", "a/b/c", "kubernetes.io/x", "a:b", "a=b", "a,b", "$(A)", "_", "a\n",
)  # fmt: skip
LABEL_VALUES = ("", "a", "A.b_c", "-a", "a-", "a b", "a/b", "a" * 63, "a" * 64, "é", "1", "a:b", "_a", "a.")
LABEL_KEYS = (
    "a", "A", "a/b", "A/b", "a.b/c", "a b", "-a", "a-", "", "/a", "a/", "a/b/c", "a" * 63, "a" * 64, "é", "a_b", "a:b",
    "x" * 253 + "/a", "x" * 254 + "/a", "k8s.io/A",
)  # fmt: skip
PORTS = (
    0,
    1,
    -1,
    80,
    65535,
    65536,
    70000,
    "http",
    "HTTP",
    "http_api",
    "8080",
    "a" * 15,
    "a" * 16,
    "",
    "a--b",
    "-a",
    "80a",
    "1",
    "80-81",
)
PERCENTS = (
    "0%",
    "1%",
    "25%",
    "100%",
    "101%",
    "-1%",
    "5.5%",
    "50",
    "%",
    "50 %",
    "abc",
    "",
    "00%",
    "1000%",
    "+5%",
    0,
    1,
    -1,
    100,
    101,
)
PATHS = (
    "", "/", "a", "/a", "a/b", "/a/../b", "../a", "..", "./a", "/a//b", "/a:b", "a b", "/a%2fb", "..a", "a/..", "/a/.", "/a/./b",
    "/" + "a" * 300, "metadata.name", "metadata.labels", "metadata.labels['a']", "metadata.annotations['B']", "status.podIP",
    "spec.nodeName", "metadata.labels['']", "spec.replicas", "status.hostIPs",
)  # fmt: skip
ADDRESSES = (
    "", "10.0.0.1", "10.0.0.256", "10.0.0", "010.0.0.1", "::1", "::g", "fe80::1%eth0", "10.0.0.0/8", "10.0.0.1/8", "10.0.0.0/33",
    "0.0.0.0/0", "::/0", "2001:db8::/32", "2001:db8::1/32", "10.0.0.0/-1", "10.0.0.0/", "10.1.0.0/16", "localhost", " 10.0.0.1",
    "None", "1.2.3.4", "127.0.0.1", "::ffff:10.0.0.1", "10.0.0.0/08",
)  # fmt: skip
SCHEDULES = (
    "* * * * *", "*/5 * * * *", "0 0 1 1 0", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 7",
    "* * * * 8", "@daily", "@hourly", "@Daily", "@every 1h", "@every 1x", "@reboot", "* * * *", "* * * * * *", "", "a * * * *",
    "0 0 * jan mon", "0 0 * JAN MON-FRI", "5-1 * * * *", "*/0 * * * *", "1,2,3 * * * *", "1, * * * *", "? * * * ?", "TZ=UTC 0 0 * * *",
    "CRON_TZ=Europe/Berlin 0 0 * * *", "0-30/10 * * * *", "1-2-3 * * * *", " * * * * *", "0 0 L * *", "-1 * * * *", "*/100 * * * *",
)  # fmt: skip
WORDS = (
    "", "always", "Sometimes", "None", "Always", "Never", "OnFailure", "IfNotPresent", "tcp", "TCP", "UDP", "SCTP", "HTTP", "ClusterIP",
    "NodePort", "LoadBalancer", "ExternalName", "Recreate", "RollingUpdate", "OnDelete", "Parallel", "Exists", "Equal", "In", "NotIn",
    "DoesNotExist", "Gt", "Lt", "NoSchedule", "PreferNoSchedule", "NoExecute", "DoNotSchedule", "ScheduleAnyway", "Default",
    "ClusterFirst", "Local", "Cluster", "ClientIP", "RuntimeDefault", "Localhost", "Unconfined", "Utilization", "Value", "AverageValue",
    "Resource", "Pods", "External", "Object", "Percent", "Exact", "Prefix", "ImplementationSpecific", "Ingress", "Egress",
    "ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod", "Retain", "Delete", "Ignore", "Honor", "Memory", "HugePages", "Block",
    "File", "Directory", "Indexed", "NonIndexed", "Allow", "Forbid", "Replace", "User", "Group", "ServiceAccount", "Role",
    "ClusterRole", "Deployment", "Max", "Min", "Disabled", "IPv4", "IPv6", "SingleStack", "PreferDualStack", "RequireDualStack",
    "kubernetes.io/tls", "kubernetes.io/dockerconfigjson", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "Opaque",
    "FailJob", "Count", "FailIndex", "limits.cpu", "requests.memory", "limits.foo", "SYS_ADMIN", "CAP_SYS_ADMIN", "HostToContainer", "Bidirectional",
    "Strict", "Merge", "MountOption", "Recursive", "OnRootMismatch", "PreferClose", "PreferSameNode", "PreferSameZone", "IfHealthyBudget", "AlwaysAllow",
    "TerminatingOrFailed", "Failed", "FallbackToLogsOnError", "Enabled", "IfPossible", "Unmasked", "PreemptLowerPriority",
)  # fmt: skip
SIGNS = (
    "é",
    "日本",
    "\U0001f600",
    "\u200b",
    "﻿",
    "\t",
    "\n",
    "\x01",
    "\x7f",
    " ",
    "\x85",
    "İ",
    "²",
    "\\",
    '"',
    "'",
)


def out_of_bounds(random: Random, obj: Any) -> bool:
    """A number near or beyond a bound."""
    slot = pick(random, obj, is_number)
    if slot:
        slot.set(random.choice(NUMBERS))
    return slot is not None


def enum_changed(random: Random, obj: Any) -> bool:
    """A word of a fixed set: another case, another word of it, one of another set, none."""
    slot = pick(random, obj, lambda each: is_text(each) and each.field in ENUM_FIELDS)
    if slot:
        word = slot.value
        slot.set(random.choice((word.lower(), word.upper(), word + "s", *random.choices(WORDS, k=4))))
    return slot is not None


def quantity_changed(random: Random, obj: Any) -> bool:
    """A quantity in all spellings, good and bad, small and large."""
    slot = pick(random, obj, is_quantity)
    if slot:
        slot.set(random.choice(QUANTITIES))
    return slot is not None


def name_changed(random: Random, obj: Any) -> bool:
    """A name that breaks the rules of some kind of name."""
    slot = pick(random, obj, is_name)
    if slot:
        slot.set(random.choice(NAMES))
    return slot is not None


def label_changed(random: Random, obj: Any) -> bool:
    """A key or value of labels, annotations or a selector."""
    slot = pick(random, obj, is_label_map)
    if slot is None:
        return False
    labels = slot.value
    key = random.choice(list(labels)) if labels else "a"
    if random.random() < 0.5:
        labels[key] = random.choice(LABEL_VALUES)
    else:
        value = labels.pop(key, "b") if random.random() < 0.5 else "b"
        labels[random.choice(LABEL_KEYS)] = value
    return True


def port_changed(random: Random, obj: Any) -> bool:
    """A port, by number or name."""
    slot = pick(random, obj, lambda each: is_leaf(each) and each.field in PORT_FIELDS)
    if slot:
        slot.set(random.choice(PORTS))
    return slot is not None


def percent_changed(random: Random, obj: Any) -> bool:
    """A number of pods or a share of them."""
    slot = pick(random, obj, lambda each: each.field in PERCENT_FIELDS)
    if slot:
        slot.set(random.choice(PERCENTS))
    return slot is not None


def path_changed(random: Random, obj: Any) -> bool:
    """A path of a file, of a request, or of a field."""
    slot = pick(random, obj, lambda each: is_text(each) and each.field in PATH_FIELDS)
    if slot:
        slot.set(random.choice(PATHS))
    return slot is not None


def address_changed(random: Random, obj: Any) -> bool:
    """An address or a block of them."""
    slot = pick(random, obj, lambda each: is_text(each) and each.field in ADDRESS_FIELDS)
    if slot:
        slot.set(random.choice(ADDRESSES))
    return slot is not None


def schedule_changed(random: Random, obj: Any) -> bool:
    """The schedule of a CronJob."""
    slot = pick(random, obj, lambda each: each.field == "schedule")
    if slot:
        slot.set(random.choice(SCHEDULES))
    return slot is not None


def truth_flipped(random: Random, obj: Any) -> bool:
    """True for false or the other way round."""
    slot = pick(random, obj, lambda each: isinstance(each.value, bool))
    if slot:
        slot.set(not slot.value)
    return slot is not None


def odd_sign(random: Random, obj: Any) -> bool:
    """A sign in a text that hardly anybody expects."""
    slot = pick(random, obj, is_text)
    if slot is None:
        return False
    at = random.randrange(len(slot.value) + 1)
    slot.set(slot.value[:at] + random.choice(SIGNS) + slot.value[at:])
    return True


def long_text(random: Random, obj: Any) -> bool:
    """A text that is far too long for most places."""
    slot = pick(random, obj, is_text)
    if slot is None:
        return False
    slot.set((slot.value or "a") * 300)
    return True


def reference_broken(random: Random, obj: Any) -> bool:
    """One of the names that two places of an object must agree on is another."""
    slot = pick(
        random, obj, lambda each: is_text(each) and _is_shared(obj, each.value, each.field, each.around)
    )
    if slot:
        slot.set(random.choice(("other", slot.value + "-x")))
    return slot is not None


def _is_shared(obj: Any, value: str, field: str, around: str) -> bool:
    names = field in {"name", "claimName", "containerName", "key"} or around in {
        "labels",
        "matchLabels",
        "selector",
    }
    return names and sum(each.value == value for each in slots(obj) if isinstance(each.value, str)) > 1
