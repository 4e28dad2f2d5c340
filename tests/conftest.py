"""What every test shares: no real display, no real user folders, reproducible property tests."""

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import settings

# pytest-qt reads these when its first fixture runs, long after this file is imported.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

# A slow machine must not fail a property test; on CI the same examples are tried in each run.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

_home_numbers = itertools.count()


@pytest.fixture(autouse=True)
def own_user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for each test, so that none reads or writes the developer's cache, settings or documents.

    Returns the folder; child processes inherit it through the environment.
    """
    # Own numbers: pytest's would list all earlier folders for each of thousands of tests.
    home = tmp_path_factory.mktemp(f"home-{next(_home_numbers)}", numbered=False)
    for name, part in {
        "HOME": ".",
        "USERPROFILE": ".",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
    }.items():
        monkeypatch.setenv(name, str((home / part).resolve()))
    return home
