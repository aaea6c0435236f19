"""For all tests: how Hypothesis searches, and which tests share one worker process."""

from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says nothing on a machine that runs other tests beside it.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")

#: Rooms whose tests share something that takes long to make (a built site, a browser).
#: Each stays in one process, and begins before the rest so that nothing waits for it at the end.
SHARED = ("e2e", "website", "pdf")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    rooms = {item: item.path.relative_to(here).parts[0] for item in items}
    for item, room in rooms.items():
        if room in SHARED:
            item.add_marker(pytest.mark.xdist_group(room))
    items.sort(key=lambda item: SHARED.index(rooms[item]) if rooms[item] in SHARED else len(SHARED))
