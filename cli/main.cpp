#include <cstdio>

#include "cli/command_line.hpp"

// Found by the library where it is loaded into this command, which has to see links as links.
extern "C" __attribute__((visibility("default"))) const char memfile_sees_links;
const char memfile_sees_links = 1;

namespace {

int carry_out(const memfile::cli::CommandLine& line) {
  using namespace memfile::cli;
  switch (line.subcommand) {
    case Subcommand::run:
      return run(line.run);
    case Subcommand::ls:
      return ls(line.is_json, line.config);
    case Subcommand::rm:
      return rm(line.paths);
    case Subcommand::why:
      return why(line.path, line.config);
    case Subcommand::check:
      break;
  }
  return check(line.config);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace memfile::cli;
  const Parsed parsed = parse(argc, argv);
  const int exit_code = parsed.line ? carry_out(*parsed.line) : parsed.exit_code;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  complain("what was to be printed could not be written");
  return exit_code == done ? not_done : exit_code;
}
