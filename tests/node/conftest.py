"""The app's image, and scenes that run side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.node.images import Image, build_app_image
from tests.node.stage import Stage, postgres, redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from tests.plugins.real_node import RealNode


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers", "scene(function): what to watch; all scenes of a session run side by side"
    )


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The example's image, built from its own Dockerfile."""
    return build_app_image(tmp_path_factory.mktemp("image"))


@pytest.fixture(scope="module")
def scenes(
    request: pytest.FixtureRequest,
    node: RealNode,
    image: Image,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[Any, Future[Any]]]:
    """Every scene that a test of this session asks for, begun together: most of their time is waiting."""
    directory = tmp_path_factory.mktemp("stage")
    for reference in image.references:
        node.import_image(image.archive(reference))
    with postgres(directory / "postgres.log") as database, redis(directory / "redis") as cache:
        stage = Stage(node, image, database, cache, directory)
        wanted = {
            marker.args[0]: None for item in request.session.items for marker in item.iter_markers("scene")
        }
        with ThreadPoolExecutor(max_workers=len(wanted)) as pool:
            yield {scene: pool.submit(scene, stage) for scene in wanted}


@pytest.fixture
def seen(request: pytest.FixtureRequest, scenes: dict[Any, Future[Any]]) -> Any:
    """What the scene of the test's marker has seen; an assertion that failed in it fails the test."""
    marker = request.node.get_closest_marker("scene")
    return scenes[marker.args[0]].result(timeout=600)
