// git with all of `**/.git/**` in RAM and the work tree on disk, plainly and with memfile.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const Covered git_folders{.rules = R"({"version": 1, "base": "@", "rules": [{"match": "**/.git/**"}]})",
                          .paths = "-path '*/.git/*'"};

// One thread, since a pack is otherwise cut among as many as the machine has processors.
const std::string surroundings =
    "export HOME=$PWD GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a "
    "GIT_COMMITTER_EMAIL=a@b GIT_AUTHOR_DATE='@1000000000 +0000' GIT_COMMITTER_DATE='@1000000000 +0000' "
    "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=pack.threads GIT_CONFIG_VALUE_0=1; ";
const std::string start =
    surroundings +
    "git init -q -b main repo; cd repo; echo one >f; mkdir d; echo two >d/g; git add f d; git commit -q -m first; ";

const std::vector<std::string> commands{
    R"(git log --stat --format=%H; git status --short; echo more >>f; git status --short; git diff;
git commit -qam second; git log --oneline)",
    R"(echo more >>f; git add -A; git commit -q -m second; git gc -q; git fsck --full --strict;
git count-objects -v | grep -v size; git log --oneline; git cat-file -p HEAD:f; git gc -q --aggressive --prune=now)",
    R"(git checkout -q -b branch; echo branch >>f; git commit -qam branch; git checkout -q main; cat f;
echo main >>d/g; git commit -qam main; git merge -q -m merged branch; git log --oneline --graph; cat f d/g)",
    R"(git checkout -q -b branch; echo branch >f; git commit -qam branch; git checkout -q main;
echo main >f; git commit -qam main; git merge -q branch; git status; git diff; git merge --abort; cat f;
git merge -q branch; echo both >f; git commit -qam merged; git log --oneline --graph; git rerere status)",
    R"(git mv f h; git rm -q d/g; git status --short; git stash -q; git status --short; git stash pop -q;
git commit -qm moved; git reset -q --hard HEAD~1; ls; git clean -nd; git tag t; git branch -m other;
git branch -v; git tag)",
    R"(echo x >>f; git commit -qam second; echo y >>f; git commit -qam third; git rebase -q --onto HEAD~2 HEAD~1;
git log --format=%s; git revert --no-edit HEAD >/dev/null; cat f; git reflog | wc -l; git repack -adq;
git pack-refs --all; git fsck)",
    R"(git checkout -q -b branch; for i in 1 2 3; do echo $i >f$i; git add f$i; git commit -qm $i; done;
git checkout -q main; echo main >f1; git add f1; git commit -qm main; git rebase main branch >/dev/null 2>&1 || echo stopped;
git status --short; ls .git/rebase-merge; echo both >f1; git add f1; GIT_EDITOR=: git rebase --continue >/dev/null 2>&1;
git log --format=%s; ls .git; GIT_SEQUENCE_EDITOR='sed -i s/^pick/squash/2' GIT_EDITOR=: git rebase -q -i HEAD~2;
git log --format=%s; git cherry-pick -x main~1 2>&1; git cherry-pick --abort 2>&1)",
    R"(git clone -q --no-hardlinks . ../clone; cd ../clone; cat f; echo z >>f; git commit -qam clone;
git push -q origin HEAD:refs/heads/pushed; cd ../repo; git log --format=%s pushed;
git archive --format=tar HEAD | tar -t; git bundle create -q ../b main; git bundle verify -q ../b;
git fetch -q ../b main:bundled; git branch)",
    R"(git clone -q . ../local; find ../local/.git/objects -type f -links 2 | wc -l; git clone -q --bare . ../b/.git;
git clone -q file://$PWD ../far; cd ../far; git log --format=%H; git remote prune origin; git pull -q; rm -rf ../local;
git clone -q --shared ../repo ../shared; git -C ../shared fsck)",
    R"(git worktree add -q ../w -b side; cat ../w/f; cd ../w; echo side >>f; git commit -qam side; git log --format=%s;
cd ../repo; git worktree list | sed "s|$HOME|@|g"; git worktree move ../w ../v; git -C ../v status --short;
git -C ../v gc -q; git worktree lock ../v; git worktree remove ../v; git worktree unlock ../v; git worktree remove ../v;
git worktree add -q --detach ../u; rm -r ../u; git worktree prune -v; ls .git; git fsck)",
    R"(git clone -q . ../other; git -c protocol.file.allow=always submodule --quiet add ../other sub;
git commit -qm sub; git -C sub log --format=%H; git submodule status; git mv sub moved; git status --short;
git -C moved fsck; git submodule --quiet deinit -f moved; git status --short; ls .git/modules moved)",
    R"(git config user.name b; git config --unset user.name; git config -l --local; echo 'd/' >.git/info/exclude;
mkdir -p .git/hooks; printf '#!/bin/sh\necho hook >&2\n' >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit;
git notes add -m note; git commit -q --allow-empty -m hooked 2>&1; git log --notes --format='%s %N'; git describe --all;
echo x | git hash-object -w --stdin; git prune -n; git prune; git update-ref -d refs/notes/commits; git gc -q --prune=now)",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(git)

BOOST_DATA_TEST_CASE(does_as_on_disk, data::make(preloaded_ways) * data::make(commands), way, command) {
  const Twins twins(way, git_folders);
  BOOST_TEST(twins.difference(start + command) == "");
  // The index keeps inode numbers and times, which differ, and in its tail a checksum of them.
  BOOST_TEST(twins.difference("find . ! -name index -printf '%y %m %n %s %p %l\\n' | sed \"s|$PWD|@|g\" | "
                              "sort; find . -type f ! -name index | sort | while IFS= read -r f; "
                              "do sed \"s|$PWD||g\" \"$f\" | cksum; done") == "");
  BOOST_TEST(twins.misplaced() == "");
  // Whoever follows the links has a whole repository. A git without the library does not take a HEAD that is a link.
  BOOST_TEST(twins.difference_for_others(surroundings +
                                         "cp -rL repo seen; git -C seen fsck --full --strict; cd seen; "
                                         "git log --all --format='%H %d'; git ls-files -s; git status --porcelain; "
                                         "cd ..; rm -rf seen") == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
