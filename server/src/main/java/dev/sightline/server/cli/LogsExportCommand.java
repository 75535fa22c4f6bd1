package dev.sightline.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sightline logs export --query '{app="a"}' --output a.parquet`: all lines that a query finds.
@Command(
    name = "export",
    description = "Writes all log lines that a query finds, as many as there are.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class LogsExportCommand implements Callable<Integer> {
  @Option(names = "--query", required = true, paramLabel = "LOGQL", description = "Which lines.")
  private String query = "";

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "RFC 3339, Unix seconds or nanoseconds; an hour before the end where absent.")
  private @Nullable String start;

  @Option(names = "--end", paramLabel = "TIME", description = "As --start; now where absent.")
  private @Nullable String end;

  @Option(names = "--since", paramLabel = "TIME", description = "How long before the end.")
  private @Nullable String since;

  @Option(
      names = "--format",
      paramLabel = "ndjson|parquet",
      description = "Of the lines; where absent, what the output's name says.")
  private @Nullable String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where they go; printed where absent.")
  private @Nullable Path output;

  @Mixin private final AskedServer server = new AskedServer();

  @Override
  public Integer call() {
    return run(System.out, System.err);
  }

  int run(PrintStream out, PrintStream err) {
    try {
      return server.ask(request(), (answer, body) -> take(answer.statusCode(), body, out, err));
    } catch (IllegalArgumentException bad) {
      err.println("sightline: --url: " + bad.getMessage());
      return 2;
    } catch (IOException failure) {
      err.println("sightline: " + server.url() + ": " + failure.getMessage());
      return 1;
    }
  }

  private int take(int status, InputStream body, PrintStream out, PrintStream err)
      throws IOException {
    if (status != 200) {
      err.println("sightline: " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
      return 1;
    }
    save(body, out);
    return 0;
  }

  private HttpRequest request() {
    StringBuilder path = new StringBuilder("/loki/api/v1/export?query=");
    path.append(URLEncoder.encode(query, StandardCharsets.UTF_8));
    add(path, "start", start);
    add(path, "end", end);
    add(path, "since", since);
    add(path, "format", format());
    return server.request(path.toString()).build();
  }

  private static void add(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append('&').append(name).append('=');
      path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  private String format() {
    if (format != null) {
      return format;
    }
    String name = output == null ? "" : output.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".parquet") ? "parquet" : "ndjson";
  }

  /// A file is there when it is whole.
  private void save(InputStream body, OutputStream out) throws IOException {
    if (output == null) {
      body.transferTo(out);
      out.flush();
      return;
    }
    Path fresh = Path.of(output + ".part");
    try (OutputStream file = Files.newOutputStream(fresh)) {
      body.transferTo(file);
    }
    Files.move(fresh, output, StandardCopyOption.REPLACE_EXISTING);
  }
}
