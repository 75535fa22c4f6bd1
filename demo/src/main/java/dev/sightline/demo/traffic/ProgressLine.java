package dev.sightline.demo.traffic;

import java.io.PrintStream;

/// Shows how the traffic goes: one line that is written over on a terminal, else a line each time.
final class ProgressLine {
  private final PrintStream out;
  private final boolean terminal;
  private int width;

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(TrafficSummary now) {
    String line = now.line();
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      width = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  void end(TrafficSummary summary) {
    if (terminal && width > 0) {
      out.println();
    }
    out.print(summary);
    out.flush();
  }
}
