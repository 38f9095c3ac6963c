"""Runs the linter's default profile on public manifests, draws 100 findings, and tables how they were judged.

    python tools/judge.py draw DIRECTORY --seed N
    python tools/judge.py table [--check]

`draw` reads DIRECTORY/sources.tsv, whose lines are OWNER/NAME, commit, sort and paths, and
DIRECTORY/OWNER/NAME/COMMIT/, in which those paths of the repository lie. Everything of a repository is one
run. It writes docs/judged-findings.json, in which somebody then says `"agreed": true` or `false` and `why`;
what was judged before and is drawn again keeps its judgement. `table` makes docs/judged-findings.md of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

from k8sgen.fleet.lint import Request, lint
from k8sgen.lint.collect import collect
from k8sgen.lint.judge import index
from k8sgen.lint.sources import take
from k8sgen.lint.validation import Validation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container, Workload

ROOT = Path(__file__).parents[1]
DATA = ROOT / "docs" / "judged-findings.json"
PAGE = ROOT / "docs" / "judged-findings.md"
MINOR = 37
ROWS = 100
PER_RULE = 5
SEVERITIES = ("error", "warning", "info")
KEY = ("repository", "path", "line", "rule", "object", "message")
"""What tells one finding from another."""


def main() -> int:
    """The exit status: 1 when the table is not what the data says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="run the linter and draw findings")
    drawing.add_argument("directory", type=Path)
    drawing.add_argument("--seed", type=int, required=True)
    tabling = commands.add_parser("table", help="write the table")
    tabling.add_argument("--check", action="store_true", help="write nothing; fail when it is not current")
    given = parser.parse_args()
    if given.command == "draw":
        data = draw(given.directory, given.seed)
        DATA.write_text(written(data), encoding="utf-8")
        open_ones = sum(each["agreed"] is None for each in data["findings"])
        print(f"{DATA.relative_to(ROOT)}: {len(data['findings'])} findings, {open_ones} to be judged")
        return 0
    text = table(json.loads(DATA.read_text(encoding="utf-8")))
    if given.check:
        return int(PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


def draw(directory: Path, seed: int) -> dict[str, Any]:
    """The data of a run and of a draw from it."""
    old = json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else {"findings": [], "draws": []}
    repositories: dict[str, Any] = {}
    every: list[dict[str, Any]] = []
    shares = Counter[str]()
    for line in (directory / "sources.tsv").read_text(encoding="utf-8").splitlines():
        name, commit, sort, paths = line.split("\t")
        with chdir(directory / name / commit):
            findings, counts, counted = judge_repository(name)
        repositories[name] = {"commit": commit, "sort": sort, "paths": paths, **counts}
        every += findings
        shares += counted
    judged = {tuple(each[key] for key in KEY): each for each in old["findings"]}
    drawn = sorted(sample(every, seed), key=lambda each: (each["rule"], each["repository"], each["path"]))
    for each in drawn:
        before = judged.get(tuple(each[key] for key in KEY), {})
        each["agreed"], each["why"] = before.get("agreed"), before.get("why", "")
    rules: dict[str, dict[str, int]] = {}
    for each in every:
        fired = rules.setdefault(each["rule"], dict.fromkeys(SEVERITIES, 0))
        fired[each["severity"]] += 1
    return {
        "seed": seed,
        "draws": sorted(
            {each["seed"]: each for each in [{"seed": seed, "outcome": ""}, *old["draws"]]}.values(),
            key=lambda each: each["seed"],
        ),
        "repositories": repositories,
        "rules": dict(sorted(rules.items())),
        "shares": dict(sorted(shares.items())),
        "findings": drawn,
    }


def sample(every: Iterable[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Up to ROWS findings: in rounds one of each rule, from the repository that was drawn from least."""
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    by_rule: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(every, key=lambda each: tuple(str(each[key]) for key in KEY)):
        by_rule.setdefault(each["rule"], []).append(each)
    for findings in by_rule.values():
        chance.shuffle(findings)
    taken = Counter[str]()
    drawn: list[dict[str, Any]] = []
    for _ in range(PER_RULE):
        rules = sorted(rule for rule, findings in by_rule.items() if findings)
        chance.shuffle(rules)
        for rule in rules:
            if len(drawn) < ROWS:
                chosen = min(by_rule[rule], key=lambda each: taken[each["repository"]])
                by_rule[rule].remove(chosen)
                taken[chosen["repository"]] += 1
                drawn.append(chosen)
    return drawn


def judge_repository(name: str) -> tuple[list[dict[str, Any]], dict[str, int], Counter[str]]:
    """What the linter finds in the working directory, how much lies there, and the shares' counts."""
    linted = lint(Request(paths=(".",), jobs=1))
    findings = [
        {
            "repository": name,
            "path": os.path.normpath(each.place.file),
            "line": each.place.line,
            "rule": each.rule,
            "severity": each.severity.word,
            "object": each.subject,
            "message": each.message,
        }
        for each in linted.findings
    ]
    readings = [reading for source in collect(["."]).sources if (reading := take(source)[0])]
    objects = [each for reading in readings for each in reading.manifests]
    manifests = index(objects, Validation([MINOR]))
    workloads = list(manifests.workloads())
    counts = {
        "files": len(readings),
        "objects": len(manifests.objects),
        "workloads": len(workloads),
        "unread": len(linted.problems),
    }
    fired: dict[str, set[tuple[str, str]]] = {}
    for finding in linted.findings:
        here = (os.path.normpath(finding.place.file), finding.subject)
        fired.setdefault(finding.rule, set()).add(here)
        if finding.message.endswith("has no memory limit"):
            # Where the request is missing, too, one finding says both.
            fired.setdefault("memory-limit-missing", set()).add(here)
    shares = Counter[str]()
    for workload in manifests.workloads("Deployment"):
        here = (os.path.normpath(workload.manifest.file), workload.manifest.subject)
        for rule, (asks, _, _) in COMPARED.items():
            if asks(manifests, workload):
                shares[f"{rule}/of"] += 1
                shares[f"{rule}/found"] += here in fired.get(rule, ())
    return findings, counts, shares


def has_probe(*kinds: str) -> Callable[[Manifests, Workload], bool]:
    """Whether some container has all of these probes."""

    def asks(_: Manifests, workload: Workload) -> bool:
        return any(all(each.probe(kind) for kind in kinds) for each in workload.running)

    return asks


def has_port_probe(_: Manifests, workload: Workload) -> bool:
    """Whether some probe asks a port."""
    return any(probes_port(each) for each in workload.running)


def probes_port(container: Container) -> bool:
    """Whether a probe of a container asks a port."""
    return any(
        probe.port is not None
        for kind in ("startup", "liveness", "readiness")
        if (probe := container.probe(kind))
    )


def has_service(manifests: Manifests, workload: Workload) -> bool:
    """Whether a Service sends its pods requests."""
    return bool(manifests.services_of(workload))


def is_plural(manifests: Manifests, workload: Workload) -> bool:
    """Whether it runs several pods, or an autoscaler may make it."""
    return workload.replicas > 1 or bool(manifests.scalers_of(workload))


def is_scaled(manifests: Manifests, workload: Workload) -> bool:
    """Whether an autoscaler scales it."""
    return bool(manifests.scalers_of(workload))


def has_claim(_: Manifests, workload: Workload) -> bool:
    """Whether it mounts a persistent volume claim."""
    return any("persistentVolumeClaim" in each for each in workload.pod.get("volumes") or ())


def is_any(_: Manifests, __: Workload) -> bool:
    """Every one."""
    return True


COMPARED: dict[str, tuple[Callable[[Manifests, Workload], bool], str, int]] = {
    "pre-stop-missing": (has_service, "with a Service", 98),
    "budget-missing": (is_plural, "with several replicas or an autoscaler", 95),
    "container-hardening": (is_any, "", 92),
    "spread-missing": (is_plural, "with several replicas or an autoscaler", 89),
    "liveness-timeout-one-second": (has_probe("liveness"), "with a liveness probe", 71),
    "service-account-token": (is_any, "", 63),
    "readiness-missing": (has_service, "with a Service", 62),
    "memory-limit-missing": (is_any, "", 61),
    "requests-missing": (is_any, "", 57),
    "autoscaler-and-replicas": (is_scaled, "with an autoscaler", 51),
    "liveness-equals-readiness": (has_probe("liveness", "readiness"), "with both probes", 50),
    "shared-volume-rollout": (has_claim, "with a claim", 34),
    "latest-tag": (is_any, "", 26),
    "long-initial-delay": (has_probe("liveness"), "with a liveness probe", 22),
    "probe-port-undeclared": (has_port_probe, "with a probe of a port", 21),
    "selector-has-version": (is_any, "", 6),
    "secret-in-env": (is_any, "", 5),
    "short-grace-period": (has_service, "with a Service", 5),
    "removed-api": (is_any, "", 3),
}
"""By rule: of which Deployments, in words, and the share of them in 1,555 Deployments of 130 repositories."""


def written(data: dict[str, Any]) -> str:
    """The data as JSON, with one finding, repository or rule in a line."""
    lines = []
    for key, value in data.items():
        inner = value.items() if isinstance(value, dict) else value if isinstance(value, list) else None
        if inner is None:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}")
            continue
        rows = (
            (f"{json.dumps(each[0])}: {compact(each[1])}" for each in inner)
            if isinstance(value, dict)
            else map(compact, inner)
        )
        opened, closed = "{}" if isinstance(value, dict) else "[]"
        lines.append(f"  {json.dumps(key)}: {opened}\n    " + ",\n    ".join(rows) + f"\n  {closed}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def compact(value: object) -> str:
    """A value in one line."""
    return json.dumps(value, ensure_ascii=False)


def table(data: dict[str, Any]) -> str:
    """The page."""
    sections = (introduction, frequencies, comparison, verdicts, inputs)
    return "\n".join(line for section in sections for line in section(data)) + "\n"


def introduction(data: dict[str, Any]) -> Iterator[str]:
    """What was judged, how, and how it came out."""
    findings, repositories, total = data["findings"], data["repositories"], totals(data)
    agreed = sum(each["agreed"] is True for each in findings)
    drawn = Counter(each["rule"] for each in findings)
    right = Counter(each["rule"] for each in findings if each["agreed"])
    fired = firings(data)
    weighted = sum(fired[rule] * right[rule] / drawn[rule] for rule in drawn) / sum(
        fired[rule] for rule in drawn
    )
    yield from ["# The default profile, judged", ""]
    yield from ["Generated by `python tools/judge.py` from `docs/judged-findings.json`.", ""]
    yield (
        f"`k8sgen lint` with its default profile ran over {total['files']:,} files with {total['objects']:,} objects, "
        f"{total['workloads']:,} of them workloads, of {len(repositories)} public repositories, each as one input. "
        f"Of what it found, {len(findings)} findings were drawn by chance (seed {data['seed']}): in rounds one of each "
        f"rule, at most {PER_RULE}, each time from the repository that had been drawn from least. Each was judged by "
        "reading the manifest: would somebody who runs such workloads agree that this is so, that it stands there, and "
        "that it matters as much as the severity says?"
    )
    yield ""
    yield f"**{agreed} of {len(findings)} were agreed with**; weighed by how often each rule fired, {weighted:.1%}."
    yield from ["", *(f"- Seed {each['seed']}: {each['outcome']}" for each in data["draws"]), ""]


def totals(data: dict[str, Any]) -> dict[str, int]:
    """How much there was to judge in all repositories."""
    return {
        key: sum(each[key] for each in data["repositories"].values())
        for key in ("files", "objects", "workloads")
    }


def firings(data: dict[str, Any]) -> dict[str, int]:
    """How often each rule fired."""
    return {rule: sum(counts.values()) for rule, counts in data["rules"].items()}


def frequencies(data: dict[str, Any]) -> Iterator[str]:
    """How much the linter says, by severity and by rule."""
    workloads = totals(data)["workloads"]
    yield from ["## How much it says", "", "| severity | findings | per workload |", "|---|---|---|"]
    for severity in SEVERITIES:
        count = sum(counts[severity] for counts in data["rules"].values())
        yield f"| {severity} | {count:,} | {count / workloads:.2f} |"
    yield from ["", "The rules that fire most:", "", "| rule | findings | per workload |", "|---|---|---|"]
    for rule, count in sorted(firings(data).items(), key=lambda each: (-each[1], each[0]))[:10]:
        yield f"| `{rule}` | {count:,} | {count / workloads:.2f} |"


def comparison(data: dict[str, Any]) -> Iterator[str]:
    """The shares of Deployments that rules fire on, beside those that were counted without the linter."""
    yield from ["", "## Compared with what was counted before the rules were written", ""]
    yield (
        "The last column is the share of 1,555 Deployments of 130 public repositories that lack the thing, counted "
        "without this linter. Where a rule asks for more than the bare lack, it finds less: an autoscaler with a "
        "minimum of one pod needs no budget and no spreading; databases, and Services that only serve measurements, "
        "need no pause and no readiness; liveness may ask what readiness asks when it is slower; a version in the "
        "selector is fine where the name has it, too. The inputs here hold more infrastructure than those."
    )
    yield from ["", "| rule | of the Deployments | it fires on | counted before |", "|---|---|---|---|"]
    for rule, (_, words, before) in COMPARED.items():
        of, found = data["shares"].get(f"{rule}/of", 0), data["shares"].get(f"{rule}/found", 0)
        share = f"{found} of {of}, {found / of:.0%}" if of else "none"
        yield f"| `{rule}` | {words or 'all'} | {share} | {before} % |"


def verdicts(data: dict[str, Any]) -> Iterator[str]:
    """Each finding that was drawn, and what was thought of it."""
    yield from ["", "## The findings", ""]
    yield from ["| | place | rule | object | message | agreed | why |", "|---|---|---|---|---|---|---|"]
    for number, each in enumerate(data["findings"], 1):
        commit = data["repositories"][each["repository"]]["commit"]
        link = f"https://github.com/{each['repository']}/blob/{commit}/{each['path']}#L{each['line']}"
        place = f"[{each['repository']}: {each['path'].rpartition('/')[2]}:{each['line']}]({link})"
        verdict = "" if each["agreed"] is None else "yes" if each["agreed"] else "**no**"
        cells = (str(number), place, f"`{each['rule']}` ({each['severity']})", each["object"])
        yield (
            f"| {' | '.join(map(escaped, cells))} | {escaped(each['message'])} | {verdict} | {escaped(each['why'])} |"
        )


def inputs(data: dict[str, Any]) -> Iterator[str]:
    """The repositories, at which commit, and what lies in them."""
    yield from ["", "## The repositories", ""]
    yield from [
        "| repository | sort | commit | paths | files | objects | workloads |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, each in data["repositories"].items():
        yield (
            f"| {name} | {each['sort']} | `{each['commit'][:12]}` | {each['paths']} | {each['files']} | "
            f"{each['objects']} | {each['workloads']} |"
        )


def escaped(text: str) -> str:
    """A text as a cell of a table."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("${", "$\\{").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
