package dev.sightline.server.cli;

import picocli.CommandLine.Command;

/// `sightline test …`: asks a query language what scripts say it answers.
@Command(
    name = "test",
    description = "Runs scripts that say what queries answer.",
    mixinStandardHelpOptions = true,
    subcommands = {TestPromqlCommand.class, TestLogqlCommand.class})
final class TestCommand {}
