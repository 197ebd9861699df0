#include <CLI/CLI.hpp>

#include "cli/commands.hpp"

int main(int argc, char** argv) {
  using namespace memfile;
  CLI::App app("Puts the files of unmodified programs into RAM.", "memfile");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(MEMFILE_VERSION));

  cli::RunOptions run_options;
  auto* run = app.add_subcommand("run", "Run a program whose files live in RAM, as rules say");
  run->add_option("-c,--config", run_options.config, "The config to use");
  run->add_option("-r,--ram", run_options.ram, "Put files that match this pattern into RAM")->allow_extra_args(false);
  run->add_option("-x,--disk", run_options.disk, "Leave files that match this pattern on disk")
      ->allow_extra_args(false);
  run->add_option("command", run_options.command, "The program and its arguments")->required();
  run->positionals_at_end();
  run->prefix_command(false);

  bool is_json = false;
  auto* ls = app.add_subcommand("ls", "List memfiles");
  ls->add_flag("--json", is_json, "As a JSON array");

  std::vector<std::string> paths;
  auto* rm = app.add_subcommand("rm", "Remove memfiles: link and RAM file");
  rm->add_option("path", paths, "Memfiles")->required();

  std::string path;
  std::optional<std::string> config;
  auto* why = app.add_subcommand("why", "Say which rule decides about a path, and what is there");
  why->add_option("path", path, "A path, there or not")->required();
  why->add_option("-c,--config", config, "The config to use");

  auto* check = app.add_subcommand("check", "Check a config");
  check->add_option("config", config, "The config; without it, the one that would be found");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::done : cli::usage;
  }
  if (run->parsed()) return cli::run(run_options);
  if (ls->parsed()) return cli::ls(is_json);
  if (rm->parsed()) return cli::rm(paths);
  if (why->parsed()) return cli::why(path, config);
  return cli::check(config);
}
