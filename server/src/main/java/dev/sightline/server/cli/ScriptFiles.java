package dev.sightline.server.cli;

import dev.sightline.script.Script;
import dev.sightline.script.ScriptException;
import dev.sightline.script.ScriptRunner;
import dev.sightline.script.ScriptRunner.Outcome;
import dev.sightline.script.ScriptSubject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Runs scripts from files: a line for each question that was answered wrongly, and the total.
final class ScriptFiles {
  private final PrintStream out;
  private final PrintStream err;

  private int passed;
  private int failed;
  private boolean broken;

  ScriptFiles(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// @param paths scripts, or folders whose `.test` files are meant
  /// @return whether every script could be read and every question was answered as it says
  boolean run(List<Path> paths, ScriptSubject subject) {
    ScriptRunner runner = new ScriptRunner(subject);
    for (Path path : paths) {
      try {
        for (Path file : files(path)) {
          run(file, runner);
        }
      } catch (IOException unreadable) {
        broken(path, reason(unreadable));
      }
    }
    out.printf("%d passed, %d failed%n", passed, failed);
    return failed == 0 && !broken;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> inside = Files.list(path)) {
      List<Path> scripts =
          new ArrayList<>(inside.filter(file -> file.toString().endsWith(".test")).toList());
      scripts.sort(null);
      if (scripts.isEmpty()) {
        throw new IOException("the folder has no file whose name ends in .test");
      }
      return scripts;
    }
  }

  private void run(Path file, ScriptRunner runner) throws IOException {
    List<Outcome> outcomes;
    try {
      outcomes = runner.run(Script.parse(Files.readString(file)));
    } catch (ScriptException | IllegalArgumentException bad) {
      broken(file, String.valueOf(bad.getMessage()));
      return;
    }
    for (Outcome outcome : outcomes) {
      if (outcome.passed()) {
        passed++;
      } else {
        failed++;
        out.printf(
            "%s:%d: %s: %s%s%n",
            file,
            outcome.eval().line(),
            outcome.eval().query(),
            String.valueOf(outcome.wrong()).replace('\n', ' '),
            outcome.aside() ? " (asks about data that cannot be loaded)" : "");
      }
    }
  }

  private void broken(Path path, String why) {
    broken = true;
    err.println(path + ": " + why);
  }

  private static String reason(IOException unreadable) {
    return switch (unreadable) {
      case NoSuchFileException _ -> "there is no such file";
      case CharacterCodingException _ -> "is no UTF-8 text";
      default -> String.valueOf(unreadable.getMessage());
    };
  }
}
