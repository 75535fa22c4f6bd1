package dev.sightline.wire.serving;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Splits a body of server-sent events into their data.
///
/// Lines end in a line feed, a carriage return or both; an empty line ends an event; several `data`
/// lines of one event are joined by line feeds; comments and other fields are left out.
final class EventStream {
  /// The data of one event.
  ///
  /// @param end how many bytes of the body there are when the event is complete
  record Event(String data, int end) {}

  private static final String DATA = "data";

  private final byte[] body;
  private int position;

  private EventStream(byte[] body) {
    this.body = body;
  }

  /// Events without data are left out; what follows the last empty line is one more.
  static List<Event> read(byte[] body) {
    EventStream stream = new EventStream(body);
    List<Event> events = new ArrayList<>();
    List<String> data = new ArrayList<>();
    while (stream.position < body.length) {
      String line = stream.line();
      if (!line.isEmpty()) {
        addData(line, data);
      }
      boolean ended = line.isEmpty() || stream.position >= body.length;
      if (ended && !data.isEmpty()) {
        events.add(new Event(String.join("\n", data), stream.position));
        data.clear();
      }
    }
    return events;
  }

  private static void addData(String line, List<String> data) {
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    if (field.equals(DATA)) {
      String value = colon < 0 ? "" : line.substring(colon + 1);
      data.add(value.startsWith(" ") ? value.substring(1) : value);
    }
  }

  private String line() {
    int start = position;
    while (position < body.length && body[position] != '\n' && body[position] != '\r') {
      position++;
    }
    String line = new String(body, start, position - start, StandardCharsets.UTF_8);
    if (position < body.length && body[position] == '\r') {
      position++;
      if (position < body.length && body[position] == '\n') {
        position++;
      }
    } else if (position < body.length) {
      position++;
    }
    return line;
  }
}
