"""Where the shipped resources, the data folder and the logs are."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA_VARIABLE = "ODR_DESK_DATA"


def resources() -> Path:
    """The folder of shipped files: inside the package when installed or frozen, beside it in a checkout."""
    inside = PACKAGE / "resources"
    return inside if inside.is_dir() else PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """One shipped file or folder, such as `resource("theme", "tokens.toml")`."""
    return resources().joinpath(*parts)


def data_folder(argument: str | None = None) -> Path:
    """The folder of the desk's own data: the argument, else the variable, else the user's data folder."""
    chosen = argument or os.environ.get(DATA_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path  # read only when nothing was said: costs start time otherwise

    return user_data_path("odr-desk", appauthor=False)


def logs(data_folder: Path) -> Path:
    """The folder of the log files, inside the data folder so that one copy takes both."""
    return data_folder / "logs"
