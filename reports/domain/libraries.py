"""The versions of what makes the files, kept with every issued paper."""

from importlib.metadata import version

LIBRARIES = ("Django", "weasyprint", "pydyf", "pikepdf", "python-docx")


def versions() -> dict[str, str]:
    """Package name to version. Reads metadata only: nothing is imported."""
    return {name: version(name) for name in LIBRARIES}
