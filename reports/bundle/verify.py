"""Check that the files of this folder are those that were issued.

    python3 verify.py            checks the folder that this file lies in
    python3 verify.py FOLDER     checks another one

It needs Python 3.8 or later and nothing else: no network, no further package. It
reads every file, changes none, says what it found, and ends with the status 0
if all is as issued and 1 if anything is not.
"""

import hashlib
import json
import pathlib
import sys

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
OWN_FILES = ("README.txt", "verify.py")


class Wrong(Exception):
    """The first thing that is not as it was issued, as a sentence."""


LACKS_A_PART = f"{MANIFEST} lacks a part that every manifest has, or has it in another form."


def main(arguments):
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a window that cannot show every letter
    folder = pathlib.Path(arguments[0] if arguments else __file__).resolve()
    if folder.is_file():
        folder = folder.parent
    try:
        check(folder)
    except Wrong as wrong:
        print()
        say(f"WRONG: {wrong}")
        say("Do not rely on these files. Download the bundle again from the portal.")
        return 1
    print("\nRIGHT: every file is the one that was issued; none is missing and none was added.")
    print(f"The SHA-256 of {MANIFEST} is {sum_of(folder / MANIFEST)}.")
    print("Whoever changes the files and this list together is found out only by that sum:")
    print("compare it with the one on the paper's page in the portal.")
    return 0


def check(folder):
    try:
        manifest = read_manifest(folder)
        say_what_it_is(manifest)
        check_files(folder, manifest)
        check_document(manifest)
        check_no_others(folder, manifest)
        check_list_of_sums(folder, manifest)
    except (KeyError, TypeError, AttributeError, IndexError):
        raise Wrong(LACKS_A_PART) from None
    except OSError as fault:
        raise Wrong(f"a file of the folder cannot be read: {fault.strerror}.") from None


def read_manifest(folder):
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError:
        raise Wrong(f"there is no {MANIFEST} in {folder}.") from None
    except (ValueError, RecursionError):
        raise Wrong(f"{MANIFEST} cannot be read as JSON: it was changed or cut short.") from None
    if manifest["format"] != "spr-portal-manifest":
        raise Wrong(f"{MANIFEST} is not the manifest of an issued paper.")
    names = set()
    for file in manifest["files"]:
        name, size, digest = file["name"], file["size"], file["sha256"]
        plain = name and pathlib.PurePath(name).name == name
        if (
            not plain
            or name in (MANIFEST, SUMS, *OWN_FILES)
            or not isinstance(size, int)
            or len(digest) != 64
        ):
            raise Wrong(f"{MANIFEST} lists something that is no file: {name!r}.")
        if name in names:
            raise Wrong(f"{MANIFEST} lists {name} twice.")
        names.add(name)
    if not names:
        raise Wrong(f"{MANIFEST} lists no file.")
    return manifest


def say_what_it_is(manifest):
    say(f"{manifest['title']}, {manifest['year']}, of {manifest['force']['name']}")
    say(
        f"Issue {manifest['number']}, {manifest['edition']} bundle, for {manifest['board']['name']}"
    )
    say(f"Issued at {manifest['issued']['at']}")
    if manifest.get("supersedes"):
        say(f"It supersedes issue {manifest['supersedes']['number']}: {manifest['correction']}")
    print()


def check_files(folder, manifest):
    for file in manifest["files"]:
        path = folder / file["name"]
        if not path.is_file():
            raise Wrong(f"{file['name']} is missing.")
        size = path.stat().st_size
        if size != file["size"]:
            raise Wrong(f"{file['name']} has {size} bytes; {file['size']} were issued.")
        if sum_of(path) != file["sha256"]:
            raise Wrong(f"{file['name']} was changed: its SHA-256 is not the one that was issued.")
        say(f"as issued: {file['name']}")


def check_document(manifest):
    """In a full bundle, what was agreed is the very document that lies here as data."""
    if manifest["edition"] == "public":
        return
    agreed = manifest["document_sha256"]
    found = [
        file["sha256"]
        for file in manifest["files"]
        if (file["edition"], file["format"]) == ("full", "json")
    ]
    if found != [agreed]:
        raise Wrong("the document that lies here as data is not the one the manifest is about.")
    approval = manifest["approvals"].get("paper")
    if approval and approval["document"] != agreed:
        raise Wrong("the document that was agreed is not the one that was issued.")
    print("as agreed: the full edition's document")


def check_no_others(folder, manifest):
    known = {file["name"] for file in manifest["files"]} | {MANIFEST, SUMS, *OWN_FILES}
    for path in sorted(folder.iterdir()):
        if path.name not in known:
            raise Wrong(f"{path.name} was added: it is no part of what was issued.")


def check_list_of_sums(folder, manifest):
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError:
        raise Wrong(f"{SUMS} is missing.") from None
    except ValueError:
        raise Wrong(f"{SUMS} cannot be read: it was changed.") from None
    listed = {}
    for line in lines:
        digest, separator, name = line.partition("  ")
        if not separator or len(digest) != 64:
            raise Wrong(f"{SUMS} has a line that is none of its own: {line!r}.")
        listed[name] = digest
    for file in manifest["files"]:
        if listed.pop(file["name"], None) != file["sha256"]:
            raise Wrong(f"{SUMS} does not say of {file['name']} what {MANIFEST} says.")
    for name in (MANIFEST, *OWN_FILES):
        path = folder / name
        if not path.is_file():
            raise Wrong(f"{name} is missing.")
        if listed.pop(name, None) != sum_of(path):
            raise Wrong(f"{name} was changed: its SHA-256 is not the one in {SUMS}.")
    if listed:
        raise Wrong(f"{SUMS} lists {sorted(listed)[0]}, which is no part of what was issued.")
    say(f"as issued: {SUMS}")


def say(words):
    """Words of a file may not look like a line of this program's own."""
    kept = (letter if letter.isprintable() else " " for letter in words)
    print(" ".join("".join(kept).split()))


def sum_of(path):
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
