#!/bin/sh
# Runs its arguments with the first Python that really starts: all that setting up needs.
for candidate in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python3.10 python \
    /usr/bin/python3 /usr/local/bin/python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3 \
    "${UV_PYTHON_INSTALL_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/uv/python}"/*/bin/python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
        exec "$candidate" "$@"
    fi
done
echo "Consulta needs Python 3.11 or newer, and 3.10 beside it: install both (for example 'uv python install 3.11 3.10')." >&2
exit 1
