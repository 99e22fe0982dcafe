"""Where a person's own files are. Nothing is looked up, and no folder made, before it is asked for."""

from __future__ import annotations

import os
from pathlib import Path

from prehab.errors import UserError

CONFIG_VARIABLE = "PREHAB_CONFIG_DIR"
DATA_VARIABLE = "PREHAB_DATA_DIR"

_APP = "prehab"


def config_folder() -> Path:
    """The folder of the settings, the own routines and the own figures."""
    moved = _moved(CONFIG_VARIABLE)
    if moved is not None:
        return moved
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False)


def data_folder() -> Path:
    """The folder of the history."""
    moved = _moved(DATA_VARIABLE)
    if moved is not None:
        return moved
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False)


def cache_folder() -> Path:
    """The folder of what can be made again; it moves with the data."""
    moved = _moved(DATA_VARIABLE)
    if moved is not None:
        return moved / "cache"
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False)


def own_routines() -> Path:
    """The folder of a person's own routines."""
    return config_folder() / "routines"


def own_figures() -> Path:
    """The folder of a person's own figures."""
    return config_folder() / "figures"


def settings_file() -> Path:
    """What a person has set."""
    return config_folder() / "settings.toml"


def history_file() -> Path:
    """What a person has done."""
    return data_folder() / "history.db"


def speech_cache() -> Path:
    """The folder of sentences that have been spoken once."""
    return cache_folder() / "speech"


def log_file() -> Path:
    """Where the particulars of a defect are kept."""
    return data_folder() / "prehab.log"


def may_be_there(path: Path) -> bool:
    """Whether something is there; where nobody lets us look it may be, and opening it says why not."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def beside_settings(written: str) -> Path:
    """The file that a setting names: `~` is home, and a relative path begins at the config folder."""
    return config_folder() / _at_home(Path(written), written)


def _moved(variable: str) -> Path | None:
    """The folder that an environment variable names, if it names one."""
    written = os.environ.get(variable)
    return _at_home(Path(written), variable).absolute() if written else None


def _at_home(path: Path, named_by: str) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise UserError(
            f"no such home folder: {path}", f"it is named by {named_by}", "write the path in full"
        ) from None
