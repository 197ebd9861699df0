#!/bin/sh
# fio.sh: fio writes and verifies files in all its ways to write, in the working folder.
set -eu
for engine in sync psync vsync pvsync pvsync2 mmap libaio posixaio falloc ftruncate; do
  for order in write randwrite randrw; do
    for direct in 0 1; do
      case $engine in falloc | ftruncate) verify= ;; *) verify=--verify=crc32c ;; esac
      result=0
      fio --name=f --filename="$engine.$order" --rw=$order --size=4m --bsrange=512-16k --ioengine=$engine --direct=$direct \
        --blockalign=4k --fallocate=posix $verify --verify_fatal=1 >../output 2>&1 || result=$?
      echo "$engine $order direct=$direct: exit code $result"
    done
  done
done
