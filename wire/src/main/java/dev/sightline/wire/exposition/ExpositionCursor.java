package dev.sightline.wire.exposition;

/// Reads exposition text entry by entry, and accepts what Prometheus accepts.
///
/// Text 0.0.4 allows blanks between all parts of a line, comments, blank lines and a last line
/// without its end. OpenMetrics allows none of these and must end with `# EOF`. Names of any
/// characters may stand in quotes inside the braces, in both.
///
/// Owned by one thread. Nothing is allocated for a sample until its labels are asked for.
public final class ExpositionCursor {
  /// What the cursor stands on.
  public enum Entry {
    TYPE,
    HELP,
    UNIT,
    SAMPLE,
    END
  }

  private final TextScanner scanner;
  private final ExpositionFormat format;
  private final boolean open;
  private final SeriesLine line;
  private String familyName = "";
  private FamilyType type = FamilyType.UNKNOWN;
  private String text = "";
  private int entryStart;
  private boolean ended;

  /// @param bytes must not change while the cursor is in use
  public ExpositionCursor(byte[] bytes, int length, ExpositionFormat format) {
    this.scanner = new TextScanner(bytes, length);
    this.format = format;
    this.open = format == ExpositionFormat.OPEN_METRICS;
    this.line = new SeriesLine(scanner, format);
  }

  /// Moves to the next entry; after [Entry#END] it stays there.
  ///
  /// @throws ExpositionException if the text is not of the format; the cursor is then of no more
  ///   use
  public Entry next() {
    while (!ended) {
      entryStart = scanner.at();
      if (open) {
        return nextOpenMetrics();
      }
      scanner.skipBlanks();
      int here = scanner.peek();
      if (here == TextScanner.END) {
        ended = true;
      } else if (here == '#') {
        Entry metadata = textMetadata();
        if (metadata != Entry.END) {
          return metadata;
        }
      } else if (!scanner.take('\n')) {
        line.read(type);
        return Entry.SAMPLE;
      }
    }
    return Entry.END;
  }

  /// The family of the metadata that the cursor stands on.
  public String familyName() {
    return familyName;
  }

  /// The type that the last `TYPE` line gave.
  public FamilyType type() {
    return type;
  }

  /// The text of the `HELP` or `UNIT` line that the cursor stands on.
  public String text() {
    return text;
  }

  /// The sample that the cursor stands on.
  public SeriesLine sample() {
    return line;
  }

  /// The place of the entry that the cursor stands on, for messages about it.
  ExpositionException wrong(String reason) {
    return scanner.wrongAt(entryStart, reason);
  }

  /// @return [Entry#END] for a comment
  private Entry textMetadata() {
    scanner.take('#');
    int afterHash = scanner.at();
    scanner.skipBlanks();
    boolean spaced = scanner.at() > afterHash;
    Entry entry = Entry.END;
    if (spaced && (scanner.take("HELP ") || scanner.take("HELP\t"))) {
      entry = Entry.HELP;
    } else if (spaced && (scanner.take("TYPE ") || scanner.take("TYPE\t"))) {
      entry = Entry.TYPE;
    }
    if (entry == Entry.END) {
      scanner.skipLine();
      return entry;
    }
    scanner.skipBlanks();
    readFamilyName();
    readMetadataText(entry);
    return entry;
  }

  private Entry nextOpenMetrics() {
    int here = scanner.peek();
    if (here == TextScanner.END) {
      throw scanner.wrong("the text does not end with \"# EOF\"");
    }
    if (here != '#') {
      line.read(type);
      return Entry.SAMPLE;
    }
    int start = scanner.at();
    if (scanner.take("# EOF")) {
      scanner.take('\n');
      if (scanner.peek() != TextScanner.END) {
        throw scanner.wrong("expected nothing after \"# EOF\", found " + scanner.found());
      }
      ended = true;
      return Entry.END;
    }
    Entry entry = openMetricsKeyword(start);
    readFamilyName();
    if (scanner.peek() != ' ') {
      throw scanner.wrong("expected a space and a text, found " + scanner.found());
    }
    readMetadataText(entry);
    return entry;
  }

  private Entry openMetricsKeyword(int start) {
    if (scanner.take("# HELP ")) {
      return Entry.HELP;
    }
    if (scanner.take("# TYPE ")) {
      return Entry.TYPE;
    }
    if (scanner.take("# UNIT ")) {
      return Entry.UNIT;
    }
    throw scanner.wrongAt(
        start, "expected # HELP, # TYPE, # UNIT or # EOF: OpenMetrics has no other comments");
  }

  private void readFamilyName() {
    int from = scanner.at();
    if (scanner.peek() == '"') {
      scanner.takeQuoted("metric name", false);
      familyName = Escapes.decode(scanner.text(from + 1, scanner.at() - 1), true);
    } else if (scanner.takeName(true)) {
      familyName = scanner.text(from, scanner.at());
    } else {
      throw scanner.wrong("expected a metric name, found " + scanner.found());
    }
  }

  /// What follows the name, less the one character that parts them.
  private void readMetadataText(Entry entry) {
    int from = scanner.atLineEnd() ? scanner.at() : scanner.at() + 1;
    scanner.takeUntil('\n', '\n');
    int to = scanner.at();
    if (open && scanner.peek() == TextScanner.END) {
      throw scanner.wrong("the text does not end with \"# EOF\"");
    }
    scanner.requireUtf8(from, to, "text");
    String raw = scanner.text(from, to);
    scanner.skipLine();
    switch (entry) {
      case TYPE -> type = typeOf(raw, from);
      case HELP -> text = Escapes.decode(raw, open);
      case UNIT -> {
        requireUnitInName(raw, from);
        text = raw;
      }
      case SAMPLE, END -> throw new IllegalStateException("BUG: " + entry + " has no metadata");
    }
  }

  private FamilyType typeOf(String word, int place) {
    FamilyType found = FamilyType.of(word, format);
    if (found == null) {
      throw scanner.wrongAt(place, "invalid metric type \"" + word + '"');
    }
    return found;
  }

  private void requireUnitInName(String unit, int place) {
    if (!unit.isEmpty() && !familyName.endsWith("_" + unit)) {
      throw scanner.wrongAt(
          place, "unit \"" + unit + "\" is not the end of the name " + familyName);
    }
  }
}
