"""The app of one spec: loaded, rendered so that all is refused that `render` refuses, and written as source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from k8sgen.app.settings import settings_of
from k8sgen.app.source import app_files
from k8sgen.app.unserved import unserved
from k8sgen.errors import SpecError

if TYPE_CHECKING:
    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Builder


def app_of_spec(builder: Builder, file: SpecFile) -> dict[str, str]:
    """The files of a spec's app by path, in the environment of the builder's options. Raises InputError."""
    builder.options = replace(builder.options, comments=False)
    rendered = builder.rendered(builder.document(file), builder.options.environment)
    if problems := list(unserved(rendered.loaded)):
        raise SpecError(*problems)
    return app_files(settings_of(rendered.loaded.spec))
