#!/bin/sh
# ./dev chroot [./dev ARGS]: the committed HEAD in a bare Debian 12 that has only Python, git and a shell.
#
# Without arguments: `./dev kiosk --help`, `./dev run` without a screen, and what a second start costs.
# With arguments, for example `./dev chroot test`: that command instead. Needs root and debootstrap.
# CHROOT=FOLDER says where (default /tmp/chroot); FRESH=1 makes it anew. This machine's own settings for
# package indexes, proxies and certificates are copied in at run time, as an administrator would set them.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
: "${CHROOT:=/tmp/chroot}"
PATH=$PATH:/usr/sbin:/sbin
[ "$(id -u)" = 0 ] || { echo "chroot: error: only root can make one" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "chroot: error: apt-get install debootstrap" >&2; exit 2; }

[ -z "${FRESH:-}" ] || rm -rf --one-file-system "$CHROOT"
if [ ! -e "$CHROOT/.ready" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 'debian/*$')
    debootstrap --variant=minbase --include=python3,git bookworm "$CHROOT" "$mirror" >"$CHROOT.log" 2>&1 ||
        { tail -n 5 "$CHROOT.log" >&2; exit 2; }
    touch "$CHROOT/.ready"
fi

copy() { for file; do [ ! -f "$file" ] || install -D -m 644 "$(readlink -f "$file")" "$CHROOT$file"; done; }
copy /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/uv/uv.toml /usr/local/share/ca-certificates/*.crt
[ ! -x "$CHROOT/usr/sbin/update-ca-certificates" ] || chroot "$CHROOT" update-ca-certificates >/dev/null 2>&1
grep -ls Acquire /etc/apt/apt.conf.d/* | while read -r file; do
    grep -q Invoke "$file" || copy "$file"
done
if ls /etc/apt/sources.list.d/*.sources >/dev/null 2>&1; then
    rm -f "$CHROOT/etc/apt/sources.list"
    copy /etc/apt/sources.list.d/debian.sources
fi

rm -rf "$CHROOT/root/source"
git clone --quiet --no-hardlinks . "$CHROOT/root/source"
settings=$(env | grep -E '^(PIP_|UV_|SSL_CERT_|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY)' | grep -v '[[:space:]]' || true)

# A private mount and process namespace: nothing stays mounted or running afterwards, even after Ctrl-C.
# shellcheck disable=SC2086 # a list of NAME=VALUE
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb $settings \
        unshare --mount --pid --fork --kill-child sh -c '
            root=$1; shift
            mount -t proc proc "$root/proc" && mount --rbind -o ro /sys "$root/sys" && mount -t tmpfs tmpfs "$root/dev"
            for node in null zero full random urandom tty; do
                touch "$root/dev/$node" && mount --bind "/dev/$node" "$root/dev/$node"
            done
            mkdir "$root/dev/pts" "$root/dev/shm"
            mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts" && ln -s pts/ptmx "$root/dev/ptmx"
            ln -s /proc/self/fd "$root/dev/fd"
            mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" && mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
            exec chroot "$root" sh -c "cd /root/source && exec \"\$@\"" sh "$@"' sh "$CHROOT" "$@"
}

if [ $# -gt 0 ]; then
    inside ./dev "$@"
    exit
fi
echo "-- ./dev run, without a screen"
status=0
inside ./dev run || status=$?
[ $status = 2 ] || { echo "chroot: error: expected exit 2, got $status" >&2; exit 1; }
echo "-- ./dev kiosk --help, the first time"
inside ./dev kiosk --help
echo "-- and again"
inside sh -c 'start=$(date +%s%N); ./dev kiosk --help >/dev/null; echo "$((($(date +%s%N) - start) / 1000000)) ms"'
