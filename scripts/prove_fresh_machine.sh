#!/usr/bin/env bash
# Proves that the project's commands work on a machine that has nothing: an empty Debian
# (debootstrap) with python3, venv, pip, make and git, and a fresh clone of the last commit.
# Prints how long each command took. Needs root, debootstrap and a network.
#
# usage: scripts/prove_fresh_machine.sh [SUITE [COMMAND…]]
#   SUITE     bookworm (default), trixie, … as debootstrap knows them
#   COMMAND…  what to run in the clone, one word or one quoted line each;
#             default: "make site" "make site" "make test"
#
# From the environment:
#   MIRROR        Debian mirror; default: the first of this machine's apt sources
#   PROOF_FOLDER  where the roots are kept, several GB; default: a new temporary folder
#   PROOF_COPY    files of this machine to copy into the root (pip's settings, say)
set -euo pipefail

suite=${1:-bookworm}
shift || true
[ $# -gt 0 ] || set -- "make site" "make site" "make test"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${PROOF_FOLDER:-$(mktemp -d)}
base=$folder/base-$suite
root=$folder/run-$suite
packages=python3,python3-venv,python3-pip,make,git,ca-certificates

fail() { echo "$1" >&2; exit 9; }
[ "$(id -u)" = 0 ] || fail "Run it as root: it makes a root folder of its own and changes into it."
command -v debootstrap >/dev/null || fail "Install debootstrap first: apt-get install -y debootstrap"

if [ -z "${MIRROR:-}" ]; then
    MIRROR=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources \
        /etc/apt/sources.list.d/*.list 2>/dev/null |
        grep -E '^(URIs:|deb )' | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 || true)
    MIRROR=${MIRROR% }
fi
[ -n "$MIRROR" ] || fail "Say which Debian mirror to use: MIRROR=http://… $0"

if [ ! -e "$base/.complete" ]; then
    echo "== An empty $suite from $MIRROR"
    rm -rf "$base"
    mkdir -p "$base"
    debootstrap --variant=minbase --include=$packages "$suite" "$base" "$MIRROR" >"$folder/debootstrap.log" ||
        fail "debootstrap failed; see $folder/debootstrap.log"
    touch "$base/.complete"
fi

rm -rf "$root"
cp -a "$base" "$root"
for file in /etc/resolv.conf /etc/hosts ${PROOF_COPY:-}; do
    [ ! -e "$file" ] || { mkdir -p "$root$(dirname "$file")" && cp -aL "$file" "$root$file"; }
done
# Certificates that this machine trusts beyond Debian's own.
if ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; then
    cp -L /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
fi
git clone -q --no-hardlinks "$here" "$root/srv/project"
echo "== $(git -C "$root/srv/project" log -1 --format='%h %s')"
printf '%s\n' "$@" >"$root/srv/commands"
cat >"$root/srv/prove" <<'PROVE'
#!/bin/bash
cd /srv/project
echo "== $(. /etc/os-release; echo "$PRETTY_NAME"), $(python3 --version), $(nproc) processors"
status=0
while IFS= read -r line <&3; do
    echo "== $line"
    SECONDS=0
    if bash -c "$line" </dev/null; then result=ok; else result="FAILED ($?)"; status=1; fi
    summary="${summary:-}$(printf '%5d s  %-12s %s' "$SECONDS" "$result" "$line")"$'\n'
done 3</srv/commands
printf '\n== Times\n%s' "$summary"
exit $status
PROVE

# In namespaces of its own: whatever happens, mounts and processes end with it.
exec unshare --mount --pid --fork bash -c '
    mount -t proc proc "$1/proc"
    mount --rbind /sys "$1/sys"
    mount --rbind /dev "$1/dev"
    mount -t tmpfs tmpfs "$1/dev/shm" 2>/dev/null || true
    exec env -i HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        chroot "$1" bash /srv/prove
' prove "$root"
