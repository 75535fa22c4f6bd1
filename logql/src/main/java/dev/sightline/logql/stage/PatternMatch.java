package dev.sightline.logql.stage;

import dev.sightline.logql.parse.LinePattern;
import dev.sightline.logql.parse.LinePattern.Capture;
import dev.sightline.logql.parse.LinePattern.Literal;
import dev.sightline.logql.parse.LinePattern.Node;
import dev.sightline.model.log.ByteSearch;
import java.util.List;

/// Fits a pattern of literals and captures on bytes.
final class PatternMatch {
  private final List<Node> nodes;
  private final ByteSearch[] searches;

  PatternMatch(String pattern) {
    this.nodes = LinePattern.of(pattern).nodes();
    this.searches = new ByteSearch[nodes.size()];
    for (int i = 0; i < searches.length; i++) {
      searches[i] = new ByteSearch(nodes.get(i) instanceof Literal(String text) ? text : "");
    }
  }

  /// Receives what a capture has caught.
  interface Captured {
    void accept(String name, int from, int to);
  }

  /// Whether the whole line is as the pattern says.
  boolean fits(byte[] bytes, int from, int to) {
    int at = from;
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Capture) {
        continue;
      }
      ByteSearch search = searches[i];
      boolean last = i == nodes.size() - 1;
      int found;
      if (i == 0 || last) {
        found = last && i > 0 ? to - search.length() : from;
        boolean room = found >= at && found + search.length() <= to;
        if (!room
            || !search.stands(bytes, found)
            || (last && i == 0 && found + search.length() != to)) {
          return false;
        }
      } else {
        found = search.indexOf(bytes, at, to);
        if (found < 0) {
          return false;
        }
      }
      at = found + search.length();
    }
    return true;
  }

  /// Catches what stands between the literals, as far as they are found: a literal at the beginning
  /// must stand there, and a capture whose end is missing goes on to the end of the line.
  void capture(byte[] bytes, int from, int to, Captured captured) {
    int at = from;
    for (int i = 0; i < nodes.size(); i++) {
      switch (nodes.get(i)) {
        case Literal _ -> {
          ByteSearch search = searches[i];
          if (at + search.length() > to || !search.stands(bytes, at)) {
            return;
          }
          at += search.length();
        }
        case Capture(String name) -> {
          int end = i + 1 < nodes.size() ? searches[i + 1].indexOf(bytes, at, to) : to;
          if (!name.isEmpty()) {
            captured.accept(name, at, end < 0 ? to : end);
          }
          if (end < 0) {
            return;
          }
          at = end;
        }
      }
    }
  }
}
