#!/bin/sh
# stress_ng.sh: stress-ng's stressors of file systems, one by one, in the working folder.
set -eu
# dnotify: what a watch of a folder does not hear, see docs/limits.md.
stress-ng --class filesystem? 2>&1 | sed 's/.*stressors: *//' | tr ' ' '\n' | grep -v -x dnotify | while read -r stressor; do
  result=0
  timeout 60 stress-ng "--$stressor" 1 --timeout 1s --verify --hdd-bytes 16m --temp-path "$PWD" >../output 2>&1 </dev/null || result=$?
  echo "$stressor: exit code $result"
done
