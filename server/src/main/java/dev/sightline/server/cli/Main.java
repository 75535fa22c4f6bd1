package dev.sightline.server.cli;

import picocli.CommandLine;

/// The command line's way in.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SightlineCommand()).execute(arguments));
  }
}
