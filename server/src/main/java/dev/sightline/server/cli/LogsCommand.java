package dev.sightline.server.cli;

import picocli.CommandLine.Command;

/// `sightline logs …`: what can be done with log lines.
@Command(
    name = "logs",
    description = "Works with log lines of a server.",
    subcommands = LogsExportCommand.class,
    mixinStandardHelpOptions = true)
final class LogsCommand {}
