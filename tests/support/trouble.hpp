// A store in trouble, and what a program gets then: the same work is done plainly and with memfile, in folders prepared
// alike. What needs mounts has a mount namespace of its own, so that nothing of the machine's is touched.
#pragma once
#include <iosfwd>
#include <string>

#include "tests/support/sandbox.hpp"

namespace memfile::tests {

enum class Mounts { none, own };

// `prepare` is shell, run by the tester in a folder that holds `work`, where the program works, and `store`, which the
// config names. $me is the user of the program, $probe and $memfile the built programs, $in_ram puts a command into
// RAM.
struct Trouble {
  std::string name;
  std::string prepare;
  std::string place;                // where the program's files are expected: see Endured
  std::string settings{};           // more of the config, each followed by a comma
  std::string store = "@/store";    // @ is the folder
  std::string user{};               // who runs the program, by number; empty: the tester
  std::string match = "**";         // the only rule's
  std::string afterwards = "true";  // shell, in the same folder and namespace, when the program has ended
};
std::ostream& operator<<(std::ostream& stream, const Trouble& trouble);

struct Endured {
  // The program's output and exit code, then what anybody sees in `work`: mode, size, links, owners, checksum.
  std::string answers;
  // Where the files are, each place once, in a line of its own: "disk", or the store that a link leads to, where "ME"
  // stands for the user: "store/memfile-ME". Then, where these are not as many as the links, how many RAM files there
  // are.
  std::string place;
  std::string afterwards;
};

// Runs `work`, lines of sh, without memfile (Way::plain) or with it (Way::bare).
[[nodiscard]] Endured endure(const Trouble& trouble, Mounts mounts, Way way, const std::string& work);

// What differs between the answers with and without memfile, and between the place and the expected one; "" if nothing
// does.
[[nodiscard]] std::string difference(const Trouble& trouble, Mounts mounts, const std::string& work);

// Programs that create, write, replace, rename and remove, in lines of sh.
struct Work {
  std::string name;
  std::string lines;
};
std::ostream& operator<<(std::ostream& stream, const Work& work);
extern const std::vector<Work> works;

}  // namespace memfile::tests
