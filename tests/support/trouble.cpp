#include "tests/support/trouble.hpp"

#include <fstream>
#include <ostream>
#include <stdexcept>
#include <unistd.h>

namespace memfile::tests {

namespace {

std::string config_of(const Trouble& trouble) {
  return R"({"version": 1, "base": "@/work", "store": ")" + trouble.store + "\", " + trouble.settings +
         R"("rules": [{"match": ")" + trouble.match + "\"}]}";
}

// The user of the program need not be able to reach what was built: it is copied.
std::string beginning(const Trouble& trouble) {
  const std::string user = trouble.user.empty() ? std::to_string(geteuid()) : trouble.user;
  return "set -e; umask 022; chmod 755 ..; mkdir -m 755 work store bin; top=$PWD; me=" + user + "\ncp '" +
         library_folder().string() + "/libmemfile_preload.so' '" + probe().string() + "' '" +
         memfile_command().string() +
         "' bin\nexport top me probe=\"$top/bin/probe\" memfile=\"$top/bin/memfile\"\n"
         "ram_files() { find store/ -type f 2>/dev/null | wc -l; }\n"
         "in_ram='env LD_PRELOAD=libmemfile_preload.so'\n"
         "export LD_LIBRARY_PATH=\"$top/bin\" MEMFILE_CONFIG=\"$top/../rules.json\"\n" +
         (trouble.user.empty() ? "" : "chown $me:$me work\n");
}

std::string middle(const Trouble& trouble, Way way) {
  const std::string who = "setpriv --reuid $me --regid $me --clear-groups ";
  return "before=$(ram_files)\nset +e; cd work\n" + (trouble.user.empty() ? std::string() : who) +
         (way == Way::plain ? "" : "$in_ram ") + "sh ../../work.sh; echo \"exit code $?\"; cd ..\n";
}

constexpr const char* ending = R"(
find -L work -mindepth 1 -printf '%P %M %s %n %U %G\n' | sort
find -L work -type f | sort | xargs -r cksum
echo '== place'
{ find work -type f -printf 'disk\n'
  find work -type l -printf '%l\n' | sed -e "s|^$top/||" -e 's|/[^/]*/[^/]*$||' -e "s|\b$me\$|ME|"; } | sort -u
links=$(find work -type l | wc -l) after=$(ram_files)
[ $((after - before)) -eq "$links" ] || echo "$((after - before)) RAM files for $links links"
echo '== afterwards'
)";

std::string cut_at(std::string& text, const std::string& headline) {
  const std::size_t at = text.find(headline);
  if (at == std::string::npos) throw std::runtime_error("the store could not be prepared: " + text);
  std::string rest = text.substr(at + headline.size());
  text.resize(at);
  return rest;
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, const Trouble& trouble) { return stream << trouble.name; }
std::ostream& operator<<(std::ostream& stream, const Work& work) { return stream << work.name; }

Endured endure(const Trouble& trouble, Mounts mounts, Way way, const std::string& work) {
  const Sandbox sandbox(config_of(trouble));
  const std::filesystem::path top = sandbox.folder().parent_path();
  std::ofstream(top / "work.sh") << work << '\n';
  std::ofstream(top / "script.sh") << beginning(trouble) << trouble.prepare << '\n'
                                   << middle(trouble, way) << ending << trouble.afterwards << '\n'
                                   << "chmod -R u+rwX .\n";
  const std::string shell = mounts == Mounts::own ? "unshare -m sh ../script.sh" : "sh ../script.sh";
  Endured endured;
  endured.answers = sandbox.run(Way::plain, shell).output;
  endured.place = cut_at(endured.answers, "== place\n");
  endured.afterwards = cut_at(endured.place, "== afterwards\n");
  return endured;
}

std::string difference(const Trouble& trouble, Mounts mounts, const std::string& work) {
  const Endured on_disk = endure(trouble, mounts, Way::plain, work);
  const Endured in_ram = endure(trouble, mounts, Way::bare, work);
  if (on_disk.answers != in_ram.answers) return "plainly:\n" + on_disk.answers + "with memfile:\n" + in_ram.answers;
  return in_ram.place == trouble.place ? "" : "expected in " + trouble.place + "\nis in " + in_ram.place;
}

const std::vector<Work> works{
    {"the probe", R"("$probe" open f 'rdwr|creat' 640 , write 0 text , lstat f , rename f g , lstat f , cat g , \
  open h 'wronly|creat|excl' , open h 'wronly|creat|excl' , unlink h , lstat h , fopen s w , print 0 text , fclose 0 , \
  statx s , readlink s , same s , open none/x 'rdwr|creat' , mkdir d , creat d/f , rename s d/f , lstat d/f)"},
    {"a shell", R"(echo one >f; echo two >>f; cat f; mv f g; mkdir d; echo d >d/f
set -C; (echo x >g) 2>/dev/null || echo refused; set +C; echo three >h; rm h; ls; cp g d/g; cat d/g)"},
    {"Python", R"(/usr/bin/python3 - <<'P'
import os, tempfile
with open('f', 'w') as f: f.write('one\n')
with open('f', 'a') as f: f.write('two\n')
with open('f.new', 'x') as f: f.write(open('f').read() + 'three\n')
os.replace('f.new', 'f')
try: open('f', 'x')
except FileExistsError as e: print(e.errno)
with tempfile.NamedTemporaryFile(dir='.') as t: t.write(b'x'); t.flush(); print(os.path.getsize(t.name))
print(open('f').read(), sorted(os.listdir()), oct(os.lstat('f').st_mode))
P)"},
    {"SQLite", R"(sqlite3 data.db 'create table t(n); insert into t values(1),(2),(3); delete from t where n=2;'
sqlite3 data.db 'pragma journal_mode=wal; insert into t values(4); select sum(n) from t; pragma integrity_check;')"},
};

}  // namespace memfile::tests
