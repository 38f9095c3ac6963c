"""`k8sgen lint`."""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from k8sgen import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from k8sgen.fleet.lint import Linted
    from k8sgen.lint.sift import Mendable

FORMATS = {
    "text": "text",
    "json": "json_report",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}
"""The module of `k8sgen.report` that writes each form."""


def words(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001 - click's own signature
    """Names between commas, or from several options."""
    return tuple(word.strip() for part in value for word in part.split(",") if word.strip())


def versions(context: click.Context, parameter: click.Parameter, value: str) -> tuple[int, ...]:
    """Minor versions between commas."""
    from k8sgen.cli.options import check_version

    names = [word.strip() for word in value.split(",") if word.strip()]
    checked = [check_version(context, parameter, name) for name in names]
    return tuple(dict.fromkeys(int(name.partition(".")[2]) for name in checked))


@click.command(name="lint")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--profile",
    type=click.Choice(("minimal", "standard", "strict")),
    help="Which rules run; standard unless given.",
)
@click.option(
    "--select", multiple=True, callback=words, metavar="RULE,...", help="Run these rules and no others."
)
@click.option("--ignore", multiple=True, callback=words, metavar="RULE,...", help="Do not run these rules.")
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "info")),
    help="From which severity on the exit status is 1; warning unless given.",
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write the report there rather than to standard output.",
)
@click.option(
    "--kubernetes-versions",
    default="",
    callback=versions,
    metavar="1.X,...",
    help="Versions to validate for, the target first.",
)
@click.option(
    "--schemas",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="Schemas of custom resources: CRDs or JSON Schemas.",
)
@click.option(
    "-e",
    "--env",
    "environment",
    default="",
    metavar="NAME",
    help="Environment of specs; each that a spec has unless given.",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Known findings, which are not reported.",
)
@click.option("--update-baseline", is_flag=True, help="Write the baseline: everything found now is known.")
@click.option(
    "--changed-since", metavar="REV", help="Report on files that changed since a git revision; all are read."
)
@click.option("--fix", is_flag=True, help="Mend what is certain and local, in place.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--explain", "explained", metavar="RULE", help="Say what a rule is about, with examples.")
@click.option("--list", "listed", is_flag=True, help="List all rules.")
@click.option(
    "--cache/--no-cache", default=True, help="Remember sound files and what runs found; on unless given."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Processes; one per core unless given.",
)
def command(**options: Any) -> int:
    """Judge manifests and specs: what is wrong, where, why, and how to mend it.

    PATH is a file of manifests, a directory, a service.yaml, or `-` for standard input. All of them are
    looked at together: a Service in one file selects the pods of another.

    \b
    k8sgen lint deploy/                               a directory of manifests
    k8sgen lint service.yaml                          a spec, before anything is written
    helm template chart/ | k8sgen lint -              what Helm or kustomize prints
    k8sgen lint deploy/ --format sarif -o lint.sarif  for code scanning
    k8sgen lint --explain budget-blocks-drain         what a rule is about

    Exit status: 0 nothing found, 1 findings, 2 input that cannot be read.
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    if options["listed"] or options["explained"]:
        return tell(options["explained"], options["form"])
    if not options["paths"]:
        raise click.UsageError("name files or directories of manifests, or - for standard input")
    if options["update_baseline"] and not options["baseline"]:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    if options["output"] and (options["fix"] or options["diff"]):
        raise click.UsageError("--output is for reports, not for --fix or --diff")
    from k8sgen.cli.main import print_problems

    linted = carry_out(options)
    print_problems(linted.problems)
    for note in linted.notes:
        click.echo(f"note: {note}", err=True)
    if options["update_baseline"]:
        write_baseline(Path(options["baseline"]), linted)
        return 2 if linted.problems else 0
    if options["diff"]:
        return 2 if linted.problems else int(mend(linted, show_change) > 0)
    if options["fix"]:
        mended = mend(linted, rewrite)
        click.echo(f"mended {mended} of {len(linted.findings)} findings", err=True)
        if mended:
            linted = carry_out({**options, "fix": False})
    report(linted, options["form"], options["output"])
    return linted.status


def carry_out(options: dict[str, Any]) -> Linted:
    """The run that the options describe. Raises InputError for options that cannot be met."""
    from k8sgen.fleet.lint import Request, lint

    stdin = None
    if "-" in options["paths"]:
        from k8sgen.cli.specs import standard_input
        from k8sgen.lint.sources import LARGEST

        stdin = standard_input(LARGEST)
    return lint(
        Request(
            paths=options["paths"],
            stdin=stdin,
            profile=options["profile"] or "",
            select=options["select"],
            ignore=options["ignore"],
            fail_on=options["fail_on"] or "",
            minors=options["kubernetes_versions"],
            schemas=options["schemas"],
            environment=options["environment"],
            baseline="" if options["update_baseline"] else options["baseline"] or "",
            whole=options["update_baseline"],
            changed_since=options["changed_since"] or "",
            jobs=options["jobs"],
            cache=options["cache"],
            version=__version__,
            mend=options["fix"] or options["diff"],
        )
    )


def write_baseline(path: Path, linted: Linted) -> None:
    """Write everything found as known. Raises OutputError."""
    from k8sgen.errors import OutputError, Place, Problem, system_words
    from k8sgen.lint.baseline import baseline_text

    try:
        path.write_text(baseline_text(linted.findings, linted.root), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            Problem(f"cannot be written: {system_words(error)}", Place(str(path), 0, 0), "name another file")
        ) from error
    number = len(linted.findings)
    click.echo(f"{path} knows {number} {'finding' if number == 1 else 'findings'} now", err=True)


def mend(linted: Linted, take: Callable[[str, str, str], None]) -> int:
    """Hand the name of each file that can be mended to `take`, with its old and new text; how many findings that mends."""
    from k8sgen.lint.fix import mend as mend_text

    by_file: dict[str, list[Mendable]] = {}
    for each in linted.mendable:
        by_file.setdefault(each.finding.place.file, []).append(each)
    total = 0
    for name, mendable in by_file.items():
        text = mendable[0].file.text
        mended = mend_text(text, name, mendable)
        if mended.findings:
            total += mended.findings
            take(name, text, mended.text)
    return total


def show_change(name: str, old: str, new: str) -> None:
    """Print a change as a diff that `git apply` takes."""
    from k8sgen.render.tree.diff import diff_file
    from k8sgen.render.tree.look import Change

    for line in diff_file(Change(name, "changed"), old.encode(), new.encode()):
        click.echo(line, nl=False)


def rewrite(name: str, _: str, new: str) -> None:
    """Put a new text in the place of a file, whole or not at all. Raises OutputError."""
    import os
    import tempfile

    from k8sgen.errors import OutputError, Place, Problem, system_words

    if name.startswith("<"):
        raise click.UsageError("--fix changes files; standard input can be shown with --diff")
    path = Path(name).resolve()
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".k8sgen-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(new)
        shutil.copymode(path, temporary)
        Path(temporary).replace(path)
    except OSError as error:
        raise OutputError(
            Problem(f"cannot be written: {system_words(error)}", Place(name, 0, 0), "mend its permissions")
        ) from error


def report(linted: Linted, form: str, output: str | None) -> None:
    """Write the report to a file or to standard output."""
    from k8sgen.report.result import Result

    lines: dict[str, list[str]] = {}

    def source_line(file: str, number: int) -> str:
        if file not in lines:
            lines[file] = linted.text_of(file).split("\n")
        return lines[file][number - 1].rstrip("\r") if 0 < number <= len(lines[file]) else ""

    from k8sgen.repository import repository_root

    here = Path.cwd()
    result = Result(
        findings=linted.findings,
        rules=linted.policy.by_id,
        problems=linted.problems,
        files=linted.files,
        objects=linted.objects,
        ignored=linted.ignored,
        baseline=linted.known,
        fail_on=linted.fail_on,
        source_line=source_line,
        base=str(here),
        root=str(repository_root(here) or here),
    )
    terminal = output is None and colored()
    width = columns()
    module = import_module(f"k8sgen.report.{FORMATS[form]}")
    text = module.render(result, width, terminal) if form == "text" else module.render(result)
    if output is None:
        click.echo(text, nl=False)
        return
    from k8sgen.errors import OutputError, Place, Problem, system_words

    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            Problem(f"cannot be written: {system_words(error)}", Place(output, 0, 0), "name another file")
        ) from error


def colored() -> bool:
    """Whether styles are printed: on terminals, and never with NO_COLOR (https://no-color.org)."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def columns() -> int:
    """The width of the terminal, or the same for every file and pipe."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def tell(rule: str | None, form: str) -> int:
    """Print what a rule is about, or the list of all rules. Raises SpecError for one that does not exist."""
    from k8sgen.errors import Place, SpecError
    from k8sgen.fleet.policy import unknown
    from k8sgen.lint.rules import RULES, rule_of, rules
    from k8sgen.report.rules import explain, list_json, list_text

    if rule is not None and rule not in RULES:
        raise SpecError(unknown(rule, Place(f"--explain {rule}", 0, 0)))
    color = colored()
    if rule is not None:
        click.echo(explain(rule_of(rule), columns(), color), nl=False)
    else:
        click.echo(list_json(rules()) if form == "json" else list_text(rules(), color), nl=False)
    return 0
