#!/bin/sh
# busybox.sh SOURCE: busybox's own tests, of the installed busybox, in the working folder.
set -eu
mkdir busybox
cp -R "$1"/busybox-*/testsuite "$1"/busybox-*/scripts busybox/
cp "$1/debian/config/pkg/deb" busybox/.config
cp "$(command -v busybox)" busybox/
cd busybox/testsuite
bindir=${PWD%/*} timeout 600 ./runtest 2>/dev/null | grep -a -E '^(PASS|FAIL|SKIPPED|UNTESTED): '
