package dev.sightline.server.cli;

import dev.sightline.server.Version;
import picocli.CommandLine.Command;

/// `sightline version`.
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {
  @Override
  public void run() {
    System.out.println("sightline " + Version.current());
  }
}
