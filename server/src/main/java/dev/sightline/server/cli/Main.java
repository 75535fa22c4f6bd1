package dev.sightline.server.cli;

import java.util.List;
import picocli.CommandLine;

/// The command line's way in.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    String refusal = EarlyRefusal.of(List.of(arguments));
    if (refusal != null) {
      System.err.println("sightline: " + refusal);
      System.exit(Serving.CANNOT_START);
    }
    System.exit(new CommandLine(new SightlineCommand()).execute(arguments));
  }
}
