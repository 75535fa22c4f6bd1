package dev.sightline.server.cli;

import picocli.CommandLine.Command;

/// `sightline test …`: asks rules and query languages what files say they answer.
@Command(
    name = "test",
    description = "Runs unit tests of rules, and scripts that say what queries answer.",
    mixinStandardHelpOptions = true,
    subcommands = {TestRulesCommand.class, TestPromqlCommand.class, TestLogqlCommand.class})
final class TestCommand {}
