package dev.sightline.tsdb.record;

import java.util.HashMap;
import java.util.Map;

/// Gives equal texts one object, so that a name that a million series share is kept once.
///
/// Owned by one thread.
public final class Interner {
  private final Map<String, String> texts = new HashMap<>();

  public String of(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
