#!/bin/sh
# dbench.sh: dbench plays what a file server did, two clients in the working folder.
set -eu
result=0
dbench -D . -t 5 -c /usr/share/dbench/client.txt 2 >../output 2>&1 || result=$?
echo "dbench: exit code $result, $(grep -a -c -i -E 'error|failed' ../output) complaints"
find . -type f | wc -l
