# Sourced by setup.sh: which Debian or Ubuntu packages are missing for a purpose, and how they are installed.

has_uv() { uv --version >/dev/null 2>&1; }

has_package() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

missing_for_runtime() {
    command -v tesseract >/dev/null || echo tesseract-ocr
    tesseract --list-langs 2>/dev/null | grep -qx vie || echo tesseract-ocr-vie
    # Debian keeps the part of Python that makes virtual environments in a package of its own
    if ! .venv/bin/python -c '' 2>/dev/null && ! has_uv && ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        "$1" -c 'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")'
    fi
}

missing_for_samples() {
    local font
    for font in fonts-liberation2 fonts-croscore fonts-texgyre fonts-noto-core fonts-dejavu; do
        has_package "$font" || echo "$font"
    done
}

missing_for_test() {
    missing_for_samples
    command -v rabbitmq-server >/dev/null || [ -x /usr/sbin/rabbitmq-server ] || echo rabbitmq-server
    command -v pdftoppm >/dev/null || echo poppler-utils
    docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null || echo docker-compose
    # only where there are pages to look at
    if [ -d tests/browser ] && ! command -v chromium >/dev/null; then echo chromium; fi
}

# need_system_packages PURPOSE PYTHON: install what is missing, or say what to install and fail
need_system_packages() {
    local packages
    packages=$(missing_for_runtime "$2")
    if [ "$1" != runtime ]; then packages="$packages $("missing_for_$1")"; fi
    packages=$(echo $packages)
    if [ -z "$packages" ]; then return; fi
    if ! command -v apt-get >/dev/null; then
        echo "Motcua needs these packages (names as in Debian): $packages. Please install them with your system's tool." >&2
        return 1
    fi
    echo "Installing with apt-get: $packages" >&2
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive sh -c '
        log=$(mktemp)
        # a server that comes with a package must not start: the tests start one of their own, on a port of its own
        if [ ! -e /usr/sbin/policy-rc.d ]; then
            printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
            chmod 755 /usr/sbin/policy-rc.d
            trap "rm -f /usr/sbin/policy-rc.d" EXIT
        fi
        if apt-get update >"$log" 2>&1 && apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; then
            rm -f "$log"
        else
            cat "$log" >&2
            rm -f "$log"
            exit 1
        fi
        case " $* " in
            *" rabbitmq-server "*) if command -v systemctl >/dev/null; then systemctl disable rabbitmq-server >/dev/null 2>&1 || true; fi ;;
        esac
    ' setup $packages
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "This needs root and sudo is not here. As root: apt-get install $packages" >&2
        return 1
    fi
}
