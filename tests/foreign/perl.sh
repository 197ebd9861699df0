#!/bin/sh
# perl.sh SOURCE: perl's own tests of files, of the installed perl, in the working folder.
set -eu
cp -R "$1"/perl-*/t .
mkdir lib
perl -MConfig -e 'print "$_\n" for grep { -d } $Config{privlibexp}, $Config{archlibexp}, "$Config{archlibexp}/../../perl-base"' |
  while read -r folder; do cp -Rsn "$(readlink -f "$folder")/." lib/; done
cd t
ln -s "$(command -v perl)" perl
for test in io/*.t op/chdir.t op/chown.t op/filetest.t op/filetest_t.t op/glob.t op/mkdir.t op/readline.t op/stat.t; do
  result=0
  timeout 120 ./perl "$test" >../output 2>/dev/null || result=$?
  grep -a -o -E '^(not )?ok [0-9]+' ../output | sed "s|^|$test: |"
  echo "$test: exit code $result"
done
