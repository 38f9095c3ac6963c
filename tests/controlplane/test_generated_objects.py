"""What generated specs render to is accepted by a real API server, as the examples are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings

from k8sgen.errors import InputError
from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.service import Builder, Options
from k8sgen.yamltext.write import document
from tests.render.specs import specs

if TYPE_CHECKING:
    from tests.plugins.control_plane import ApiServer

BUILDER = Builder(Options(kubernetes_version="1.37"))


def expected(warning: str, spec: dict[str, Any]) -> bool:
    """Whether a value of the spec itself asks for what the server warns of."""
    return "violate PodSecurity" in warning and spec.get("security", {}).get("podSecurity") == "baseline"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs())
def test_every_generated_object_is_accepted(api_server: ApiServer, spec: dict[str, Any]) -> None:
    """Posted strictly as it is printed, reasons included; no warning that the spec does not cause."""
    file = SpecFile(Path("/nowhere/service.yaml"), "service.yaml", document(spec).encode())
    try:
        rendered = BUILDER.rendered(BUILDER.document(file), "")
    except InputError:
        return
    for obj in rendered.objects:
        answer = api_server.dry_run(obj.text)
        assert answer.accepted, (answer.message, obj.text)
        assert [warning for warning in answer.warnings if not expected(warning, spec)] == [], obj.text
