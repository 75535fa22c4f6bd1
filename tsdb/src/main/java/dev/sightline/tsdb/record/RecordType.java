package dev.sightline.tsdb.record;

/// The first byte of a record in the log says what it holds. The kinds that are not named here
/// (exemplars, metadata, histograms) are other programs'; they are skipped.
public final class RecordType {
  public static final int SERIES = 1;
  public static final int SAMPLES = 2;
  public static final int TOMBSTONES = 3;

  private RecordType() {}
}
