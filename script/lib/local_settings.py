"""Write the settings of a portal on this machine beside its records: script/server calls this.

The secret key is made once. local.env lets `.venv/bin/python manage.py …` work on the same
records without naming a setting; manage.py reads it, a web server never does.
"""

import os
import secrets
from pathlib import Path

NAMES = ("SPR_SECRET_KEY_FILE", "SPR_HTTPS", "SPR_DEMONSTRATION", "SPR_BASE_URL")


def main() -> None:
    folder = Path(os.environ["SPR_DATA_DIR"])
    (folder / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns if it is missing
    key = Path(os.environ["SPR_SECRET_KEY_FILE"])
    if not key.exists() or not key.read_text().strip():
        write(key, secrets.token_urlsafe(60) + "\n")
    write(folder / "local.env", "".join(f"{name}={os.environ[name]}\n" for name in NAMES))


def write(path: Path, text: str) -> None:
    """Write whole or not at all, readable by the owner alone."""
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


if __name__ == "__main__":
    main()
