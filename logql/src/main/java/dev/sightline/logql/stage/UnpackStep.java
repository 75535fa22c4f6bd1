package dev.sightline.logql.stage;

/// `unpack`: the texts of a flat JSON object become labels, the one under `_entry` the line.
final class UnpackStep implements Step {
  private static final String LINE = "_entry";

  private final JsonScanner json = new JsonScanner();

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    labels.beginParser();
    json.reset(line.bytes(), line.start(), line.end());
    String unpacked = null;
    try {
      json.expect('{');
      if (!json.accept('}')) {
        do {
          json.peek();
          json.string();
          String key = json.tokenText();
          json.expect(':');
          boolean isText = json.peek() == '"';
          json.value();
          if (isText && key.equals(LINE)) {
            unpacked = json.tokenText();
          } else if (isText) {
            labels.found(NameCache.sanitized(key), json.tokenText());
          }
        } while (json.accept(','));
        json.expect('}');
      }
    } catch (JsonScanner.Malformed bad) {
      labels.fail(JsonStep.ERROR_KIND, String.valueOf(bad.getMessage()));
      return true;
    }
    if (unpacked != null) {
      line.setText(unpacked);
    }
    return true;
  }
}
