package dev.sightline.server.cli;

import dev.sightline.api.sql.SqlFormat;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.model.query.SqlQueries.Truncation;
import dev.sightline.wire.yaml.DurationText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sightline query --sql "SELECT …"`: SQL over predictions, of a server or of a data directory
/// that no server uses.
@Command(
    name = "query",
    description = "Answers one SELECT over predictions: a table for each model, by its name.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class QueryCommand implements Callable<Integer> {
  @Option(names = "--sql", required = true, paramLabel = "SELECT", description = "The statement.")
  private String sql = "";

  @Mixin private final AskedServer server = new AskedServer();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Reads a data directory instead, which no server uses now.")
  private @Nullable Path data;

  @Option(names = "--format", paramLabel = "csv|json|ndjson", description = "Of what is printed.")
  private String format = "csv";

  @Option(names = "--limit", paramLabel = "ROWS", description = "At most so many.")
  private int limit = 1_000;

  @Option(names = "--timeout", paramLabel = "TIME", description = "After which it is given up.")
  private String timeout = "30s";

  @Override
  public Integer call() {
    return run(System.out, System.err);
  }

  int run(PrintStream out, PrintStream err) {
    try {
      SqlFormat written = SqlFormat.valueOf(format.toUpperCase(Locale.ROOT));
      Duration patience = DurationText.parse(timeout);
      Path directory = data;
      Outcome outcome =
          directory == null
              ? new RemoteSql(server).select(sql, limit, patience, written, out)
              : new LocalSql(directory).select(sql, limit, patience, written, out);
      out.flush();
      say(outcome, err);
      return 0;
    } catch (IllegalArgumentException bad) {
      err.println("sightline: --format, --timeout or --url: " + bad.getMessage());
      return 2;
    } catch (NoAnswerException none) {
      err.println("sightline: " + none.getMessage());
      return 1;
    } catch (IOException failure) {
      err.println("sightline: " + server.url() + ": " + failure.getMessage());
      return 1;
    }
  }

  private static void say(Outcome outcome, PrintStream err) {
    switch (outcome.truncation()) {
      case NONE -> {}
      case ROWS -> err.println("there are more rows; --limit shows more of them");
      case BYTES -> err.println("there are more rows; the answer would be too large");
    }
    if (outcome.unread() > 0) {
      err.println(outcome.unread() + " predictions are not in files yet and were not looked at");
    }
  }

  /// Why there is no answer, in the user's words.
  static final class NoAnswerException extends RuntimeException {
    NoAnswerException(String message) {
      super(message);
    }
  }

  static Outcome outcome(String truncated, String unread) {
    return new Outcome(
        truncated.isEmpty()
            ? Truncation.NONE
            : Truncation.valueOf(truncated.toUpperCase(Locale.ROOT)),
        unread.isEmpty() ? 0 : Long.parseLong(unread));
  }
}
