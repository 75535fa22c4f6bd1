package dev.sightline.storage.failpoint;

import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Named points at which a test makes the process die or fail.
///
/// `-Dsightline.failpoint=wal.after-write:halt@3` ends the process at once when that point is
/// reached for the third time, as `kill -9` would; `:throw@3` fails there. Several are separated by
/// commas. Without the property a point costs one comparison.
public final class Failpoints {
  private static final int KILLED = 137;
  private static final Pattern FORM =
      Pattern.compile("(?<name>[^:]+):(?<action>halt|throw)@(?<count>[1-9]\\d{0,8})");
  private static final Map<String, Failpoint> ARMED =
      parse(System.getProperty("sightline.failpoint", ""));
  private static final boolean NONE = ARMED.isEmpty();

  private Failpoints() {}

  /// Does nothing, unless this point was named on the command line.
  public static void reach(String point) {
    if (NONE) {
      return;
    }
    Failpoint armed = ARMED.get(point);
    if (armed != null && armed.left.decrementAndGet() == 0) {
      switch (armed.action) {
        case "halt" -> Runtime.getRuntime().halt(KILLED);
        default -> throw new FailpointException("failpoint " + point);
      }
    }
  }

  static Map<String, Failpoint> parse(String specification) {
    Map<String, Failpoint> armed = new TreeMap<>();
    new Scanner(specification)
        .useDelimiter(",")
        .forEachRemaining(
            one -> {
              Matcher parts = FORM.matcher(one.strip());
              if (!parts.matches()) {
                throw new IllegalArgumentException(
                    "sightline.failpoint must look like NAME:halt@3 or NAME:throw@1, not " + one);
              }
              AtomicInteger left = new AtomicInteger(Integer.parseInt(parts.group("count")));
              armed.put(parts.group("name"), new Failpoint(parts.group("action"), left));
            });
    return armed;
  }

  record Failpoint(String action, AtomicInteger left) {}

  /// What a failpoint throws.
  public static final class FailpointException extends RuntimeException {
    FailpointException(String message) {
      super(message);
    }
  }
}
