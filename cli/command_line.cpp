#include "cli/command_line.hpp"

#include <algorithm>
#include <string_view>

#include <CLI/CLI.hpp>

#include "config/words.hpp"

namespace memfile::cli {

namespace {

constexpr const char* general_footer = R"(
A config is a JSON file with rules:

  { "version": 1,
    "rules": [ { "match": ["*.tmp", "cache/**"], "except": "cache/keep/**" } ] }

Without -c it is looked for at $MEMFILE_CONFIG, ./.memfile.json,
~/.config/memfile/config.json and /etc/memfile/config.json.

Examples:
  memfile run -r '*.o' make            object files go to RAM, for this one run
  memfile run -c rules.json ./app      as the config's rules say
  memfile why cache/x                  which rule decides about cache/x
  memfile ls                           what is in RAM

`memfile COMMAND --help` says more about a command.
Exit codes: 0 done, 1 not done, 2 wrong usage or config, 3 busy.)";

constexpr const char* run_footer = R"(
What follows CMD belongs to CMD. -r and -x may be given several times, a PATTERN
each; patterns mean what they mean in .gitignore, and start in the working folder:
  '*.o'  any file so called    'cache/**'  all below ./cache    '/tmp/**'  absolute
The first rule that matches decides: those of -x, then those of -r, then the
config's. With -r and no -c no config is looked for.

Environment:
  MEMFILE_CONFIG   the config, where there is no -c; set for CMD and its children
  MEMFILE_LOG      "stderr" or an absolute path: a line for each decision
  MEMFILE=0        the library does nothing
  LD_PRELOAD       the library is put before what is there

Exit codes: CMD's own; 128+N if signal N ended it; 126 CMD cannot be executed;
127 CMD is not found; 2 wrong usage or config, and CMD was not started.)";

void declare_run(CLI::App& app, RunOptions& options, std::string& ignored) {
  CLI::App* run = app.add_subcommand("run", "Run a program; its files go to RAM, as rules say");
  run->footer(run_footer);
  run->add_option("-c,--config", options.config, "The config to use")->option_text("FILE");
  run->add_option("-r,--ram", options.ram, "Put files that match into RAM")
      ->allow_extra_args(false)
      ->option_text("PATTERN");
  run->add_option("-x,--disk", options.disk, "Leave files that match on disk")
      ->allow_extra_args(false)
      ->option_text("PATTERN");
  run->add_flag("--load", options.loads, "Take files that are on disk into RAM (not done yet)");
  run->add_option("--on-exit", options.on_exit, "When CMD has ended: keep memfiles; save and discard are not done yet")
      ->check(CLI::IsMember({"keep", "save", "discard"}))
      ->option_text("keep|save|discard");
  run->add_flag("--stats", options.has_stats, "Say at the end what was in RAM (not done yet)");
  run->add_flag("--wait", options.waits, "Wait for all that CMD started (not done yet)");
  run->add_option("CMD", ignored, "The program, and its arguments")->option_text("[ARG]...")->required();
}

void declare_others(CLI::App& app, CommandLine& line, std::string& ignored) {
  CLI::App* ls = app.add_subcommand("ls", "List memfiles: size, state, path");
  ls->add_flag("--json", line.is_json, "A JSON array of objects: path, ram, size, mtime, state, rule, pids");
  ls->add_option("-c,--config", line.config, "The config that names the store")->option_text("FILE");
  ls->footer(
      "\nStates: linked, its link stands at the path; owed, so it does, but no rule covers that\n"
      "path: it was renamed there while open, and is still to be saved; orphan, no link leads\n"
      "to it any more; moved, its folder is not where it was; dangling, the link is there and\n"
      "its RAM file is gone. After a reboot the store is gone, too, and nothing is listed.");

  CLI::App* rm = app.add_subcommand("rm", "Remove memfiles: link and RAM file");
  rm->add_option("PATH", ignored, "Memfiles; anything else is refused")->option_text("[PATH]...")->required();

  CLI::App* why = app.add_subcommand("why", "Say which rule decides about a path, and what is there");
  why->add_option("PATH", line.path, "A path, whether something is there or not")->option_text(" ")->required();
  why->add_option("-c,--config", line.config, "The config to use")->option_text("FILE");

  CLI::App* check = app.add_subcommand("check", "Check a config, and say what it means");
  check->add_option("-c,--config,CONFIG", line.config, "The config; else the one that would be found")
      ->option_text("FILE");
}

// Stands for words that CLI11 is not given, because it would read lists, options and subcommands into them.
constexpr const char* stand_in = "WORDS";

// Where the program's own words begin in the arguments of `run`: the first that is neither an option nor an option's
// value.
std::size_t start_of_command(const CLI::App& run, const std::vector<std::string>& words) {
  for (std::size_t at = 1; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "--" || word.size() < 2 || word[0] != '-') return at;
    const CLI::Option* option = run.get_option_no_throw(word);
    if (option != nullptr && option->get_items_expected_min() > 0) ++at;
  }
  return words.size();
}

// Moves the program and its arguments from `words` to `command`.
void take_command(const CLI::App& run, std::vector<std::string>& words, std::vector<std::string>& command) {
  const std::size_t start = start_of_command(run, words);
  const bool has_mark = start < words.size() && words[start] == "--";
  command.assign(words.begin() + static_cast<std::ptrdiff_t>(start + (has_mark ? 1 : 0)), words.end());
  words.resize(start);
  if (!command.empty()) words.emplace_back(stand_in);
}

// Moves all that is no option from `words` to `paths`.
void take_paths(std::vector<std::string>& words, std::vector<std::string>& paths) {
  std::vector<std::string> options{words.front()};
  bool is_behind_mark = false;
  for (std::size_t at = 1; at < words.size(); ++at) {
    const bool is_option = !is_behind_mark && words[at].size() > 1 && words[at][0] == '-';
    if (is_option && words[at] == "--") {
      is_behind_mark = true;
    } else {
      (is_option ? options : paths).push_back(words[at]);
    }
  }
  if (!paths.empty()) options.emplace_back(stand_in);
  words = options;
}

// "memfile: WHAT; see memfile SUBCOMMAND --help".
std::string complaint(const CLI::App* app, const CLI::Error& error) {
  std::string help = "memfile --help";
  for (const CLI::App* used : app->get_subcommands()) help = "memfile " + used->get_name() + " --help";
  std::string what = error.what();
  for (char& byte : what) byte = byte == '\n' ? ' ' : byte;
  return "memfile: " + what + "; see " + help + "\n";
}

bool is_unknown_command(const CLI::App& app, const std::string& word) {
  if (word.starts_with('-')) return false;
  std::vector<std::string> names;
  for (const CLI::App* one : app.get_subcommands({})) names.push_back(one->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return false;
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view near = config::nearest(word, known);
  complain(config::in_quotes(word) + " is no command; " +
           (near.empty() ? "see memfile --help" : "did you mean " + std::string(near) + "?"));
  return true;
}

}  // namespace

Parsed parse(int argc, char** argv) {
  CLI::App app("Puts the files of unmodified programs into RAM.", "memfile");
  app.require_subcommand(1);
  app.set_version_flag("--version", "memfile " MEMFILE_VERSION, "Print the version and exit");
  app.failure_message(complaint);
  CommandLine line;
  std::string ignored;
  declare_run(app, line.run, ignored);
  declare_others(app, line, ignored);
  // After them, or they would have it, too.
  app.footer(general_footer);
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    complain("no command was given; see memfile --help");
    return {.line = std::nullopt, .exit_code = usage};
  }
  if (is_unknown_command(app, words.front())) return {.line = std::nullopt, .exit_code = usage};
  try {
    if (words.front() == "run") take_command(*app.get_subcommand("run"), words, line.run.command);
    if (words.front() == "rm") take_paths(words, line.paths);
    // CLI11 takes them from the end.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return {.line = std::nullopt, .exit_code = app.exit(error) == 0 ? done : usage};
  }
  for (const auto& [name, subcommand] :
       {std::pair{"run", Subcommand::run}, std::pair{"ls", Subcommand::ls}, std::pair{"rm", Subcommand::rm},
        std::pair{"why", Subcommand::why}, std::pair{"check", Subcommand::check}}) {
    if (app.got_subcommand(name)) line.subcommand = subcommand;
  }
  return {.line = line};
}

}  // namespace memfile::cli
