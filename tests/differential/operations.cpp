#include "tests/differential/operations.hpp"

#include <map>

namespace memfile::differential {

namespace {

using Words = std::vector<std::string>;

const std::map<char, Words>& vocabulary() {
  static const std::map<char, Words> words{
      // open's flags; those of outsiders, who create nothing
      {'o',
       {"rdonly|nonblock",
        "rdwr|creat|nonblock",
        "rdwr|creat|nonblock",
        "wronly|creat|nonblock",
        "rdwr|nonblock",
        "wronly|nonblock",
        "rdwr|creat|excl|nonblock",
        "wronly|creat|excl|nonblock",
        "wronly|creat|trunc|nonblock",
        "rdwr|trunc|nonblock",
        "wronly|append|nonblock",
        "rdwr|creat|append|nonblock",
        "rdonly|nofollow|nonblock",
        "rdwr|creat|nofollow|nonblock",
        "wronly|creat|trunc|nofollow|cloexec|nonblock",
        "rdonly|creat|nonblock",
        "rdonly|trunc|nonblock",
        "path|nonblock",
        "path|nofollow|nonblock",
        "path|directory|nonblock",
        "rdonly|directory|nonblock",
        "rdonly|directory|nofollow|nonblock",
        "rdwr|creat|directory|nonblock",
        "rdwr|creat|excl|nofollow|nonblock"}},
      {'O',
       {"rdonly|nonblock", "rdwr|nonblock", "wronly|nonblock", "wronly|append|nonblock", "rdwr|trunc|nonblock",
        "rdonly|directory|nonblock", "path|nonblock"}},
      {'T', {"tmpfile|rdwr", "tmpfile|wronly", "tmpfile|rdwr|excl"}},
      {'m', {"644", "644", "600", "666", "640", "444", "755", "200", "400"}},
      {'M', {"755", "755", "700", "777", "711", "1777", "2755", "500"}},
      {'w', {"r", "w", "w", "a", "r+", "w+", "a+", "wx", "rb", "w+x", "we"}},
      {'W', {"r", "r+"}},
      {'t', {"one", "second", "x", "longer_than_the_others"}},
      {'z', {"0", "3", "10", "5000"}},
      {'h', {"0", "1", "2"}},
      {'r', {"0", "1", "1", "2", "2", "3", "4"}},
      {'l', {"a", "d", "none", "b", ".", "../a", "d/a", "l", "@/a", "a/", "x.disk"}},
      {'n', {"100644", "10644", "644", "100600"}},
      {'A', {"0", "4", "2", "1", "6"}},
      {'i', {"0", "644"}},
      {'H', {"f", "w", "x"}},
      {'x', {"user.memfile", "user.other"}},
      {'F', {"0", "512"}},
      {'g', {"*", "d/*", "*/a", "[ab]", "?.disk", "d/../*", "l/*", "k/*"}},
      {'G', {"0", "mark", "folders", "nocheck", "mark|nocheck"}},
      {'y', {"phys", "0", "phys|depth", "phys|chdir", "depth|chdir"}},
      {'Y', {"phys|nochdir", "logical|nochdir", "phys", "phys|comfollow"}},
      {'f', {".", "d", "e", "k", "d/e", "d/", "a", "l", "d/../d", "@/d"}},
      {'u', {"-1", "-1"}},
  };
  return words;
}

const Operation opening[] = {
    {{"open", "open64", "__open", "__open64", "openat", "openat64"}, "=pom", 10, Outside::never},
    {{"openat"}, "=@pom", 3, Outside::never},
    {{"openat2"}, "=@pom", 1, Outside::never},
    {{"openat2"}, "=pom", 1, Outside::never},
    {{"openat2"}, "=pOi", 1, Outside::never},
    {{"open"}, "=pO", 2, Outside::following},
    {{"open"}, "=fT", 1, Outside::never},
    {{"creat-file"}, "=pm", 4, Outside::creating},
    {{"fopen-file"}, "=pw", 4, Outside::never},
    {{"fopen-file"}, "=pW", 1, Outside::following},
    {{"freopen-kept"}, "spw", 1, Outside::never},
    {{"mkstemp-as"}, "=pp", 2, Outside::never},
    {{"open"}, "=fO", 2, Outside::following},
};

const Operation holding[] = {
    {{"write"}, "st", 5, Outside::following},        {{"pwrite"}, "stz", 2, Outside::following},
    {{"read-some"}, "sz", 2, Outside::following},    {{"pread"}, "szz", 1, Outside::following},
    {{"ftruncate"}, "sz", 2, Outside::following},    {{"seek"}, "szh", 1, Outside::following},
    {{"write-mapped"}, "st", 1, Outside::following}, {{"fchmod"}, "sm", 1, Outside::following},
    {{"futimens"}, "s", 1, Outside::following},      {{"fsync"}, "s", 1, Outside::following},
    {{"fallocate"}, "szz", 1, Outside::following},   {{"print"}, "st", 1, Outside::following},
    {{"flush"}, "s", 1, Outside::following},         {{"release"}, "s", 6, Outside::following},
    {{"fstat"}, "s", 1, Outside::following},         {{"link-proc"}, "sp", 1, Outside::never},
    {{"link-fd"}, "sp", 1, Outside::never},
};

const Operation naming[] = {
    {{"unlink", "unlinkat", "remove"}, "p", 6, Outside::never},
    {{"unlink"}, "p", 1, Outside::moving},
    {{"unlinkat"}, "@pF", 3, Outside::never},
    {{"rmdir", "unlinkat_folder"}, "p", 3, Outside::never},
    {{"mkdir", "mkdirat"}, "pM", 4, Outside::never},
    {{"mkdirat"}, "@pM", 1, Outside::never},
    {{"rename", "renameat", "renameat2"}, "pp", 10, Outside::never},
    {{"rename"}, "pp", 1, Outside::moving},
    {{"renameat2"}, "ppr", 5, Outside::never},
    {{"renameat2"}, "@ppr", 2, Outside::never},
    {{"link", "linkat"}, "pp", 4, Outside::never},
    {{"symlink"}, "lp", 3, Outside::never},
    {{"mknod", "mknodat", "__xmknod"}, "pn", 2, Outside::never},
    {{"mkfifo", "mkfifoat"}, "pm", 1, Outside::never},
};

const Operation asking[] = {
    {{"lstat", "lstat64", "__lxstat", "fstatat", "fstatat64", "__fxstatat", "statx"}, "p", 3, Outside::never},
    {{"fstatat"}, "@p", 1, Outside::never},
    {{"stat", "stat64", "__xstat"}, "p", 1, Outside::following},
    {{"access", "eaccess", "euidaccess"}, "pA", 1, Outside::following},
    {{"faccessat"}, "pH", 1, Outside::never},
    {{"readlink", "readlinkat", "__readlink_chk"}, "p", 2, Outside::never},
    {{"realpath", "canonicalize_file_name", "realpath-buffer", "__realpath_chk"}, "p", 2, Outside::never},
    {{"same"}, "p", 1, Outside::never},
    {{"readdir", "readdir64", "readdir_r", "getdents64", "scandir", "scandirat"}, "f", 2, Outside::never},
    {{"glob", "glob64"}, "Gg", 1, Outside::never},
    {{"nftw", "nftw64"}, "yf", 1, Outside::never},
    {{"fts_read", "fts64_read"}, "Yf", 1, Outside::never},
};

const Operation changing[] = {
    {{"chmod", "fchmodat-follow"}, "pm", 2, Outside::following},
    {{"chmod"}, "fM", 1, Outside::never},
    {{"fchmodat", "lchmod"}, "pm", 1, Outside::never},
    {{"chown"}, "puu", 1, Outside::following},
    {{"lchown", "fchownat"}, "puu", 1, Outside::never},
    {{"utimensat-follow", "utime", "utimes", "futimesat"}, "p", 1, Outside::following},
    {{"utimensat", "lutimes"}, "p", 2, Outside::never},
    {{"truncate", "truncate64"}, "pz", 2, Outside::following},
    {{"lsetxattr"}, "pxt", 1, Outside::never},
    {{"lgetxattr"}, "px", 1, Outside::never},
    {{"llistxattr"}, "p", 1, Outside::never},
    {{"lremovexattr"}, "px", 1, Outside::never},
    {{"setxattr", "getxattr", "listxattr", "removexattr"}, "p", 1, Outside::following},
    {{"chdir"}, "f", 1, Outside::following},
};

}  // namespace

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all = [] {
    std::vector<Operation> joined(std::begin(opening), std::end(opening));
    joined.insert(joined.end(), std::begin(holding), std::end(holding));
    joined.insert(joined.end(), std::begin(naming), std::end(naming));
    joined.insert(joined.end(), std::begin(asking), std::end(asking));
    joined.insert(joined.end(), std::begin(changing), std::end(changing));
    return joined;
  }();
  return all;
}

const std::vector<std::string>& words_for(char letter) { return vocabulary().at(letter); }

const std::vector<std::string>& common_paths() {
  static const Words paths{"a", "b", "d", "d/a", "x.disk", "l", "k/a", "e", "e/a", "d/b", "d/x.disk", "k", "n", "d/e"};
  return paths;
}

const std::vector<std::string>& odd_paths() {
  static const Words paths{"./a",    "d/../a", "@/a",      "@/d/a",    "d/",         "a/",    "l/",
                           "k/",     "d/.",    "k/../b",   "k/x.disk", "d/e/a",      "a-wal", "x.disk-wal",
                           "none/a", "n/a",    "a/b",      ".",        "..",         "$",     "e/",
                           "b/.",    "d//a",   "../top/a", "NULL",     "d/e/x.disk", "e/l",   "l/../a"};
  return paths;
}

}  // namespace memfile::differential
