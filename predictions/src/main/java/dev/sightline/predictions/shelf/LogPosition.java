package dev.sightline.predictions.shelf;

/// Where in the log begins what is not in files.
///
/// @param file the first log file that is still needed
/// @param skipped how many records at its beginning are in files, where no cut is named
/// @param cut the number of the cut whose last mark stands before what is needed; 0 for none
public record LogPosition(int file, long skipped, long cut) {
  public static final LogPosition START = new LogPosition(0, 0, 0);
}
