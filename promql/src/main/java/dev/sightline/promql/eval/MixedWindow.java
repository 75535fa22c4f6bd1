package dev.sightline.promql.eval;

import dev.sightline.model.series.SampleColumns;
import java.util.Arrays;

/// The windows of a series that has histograms or start times: its floats and its histograms, each
/// as a window of its own, and both in the order of time.
final class MixedWindow {
  private final Window floats;
  private final Window histograms;

  MixedWindow(Window floats, Window histograms) {
    this.floats = floats;
    this.histograms = histograms;
  }

  /// Goes before the first step of another series.
  void open(SampleColumns samples) {
    SampleColumns numbers = new SampleColumns(samples.size());
    SampleColumns others = new SampleColumns(16);
    for (int i = 0; i < samples.size(); i++) {
      (samples.histogram(i) == null ? numbers : others).addFrom(samples, i);
    }
    floats.open(numbers);
    histograms.open(others);
  }

  /// Goes to a step; steps only rise.
  void moveTo(int step) {
    floats.moveTo(step);
    histograms.moveTo(step);
  }

  Window floats() {
    return floats;
  }

  Window histograms() {
    return histograms;
  }

  int size() {
    return floats.size() + histograms.size();
  }

  boolean isMixed() {
    return floats.size() > 0 && histograms.size() > 0;
  }

  /// A place in one of the two windows.
  ///
  /// @param index from 0
  record Place(Window window, int index) {
    long timestampMs() {
      return window.timestampMs(index);
    }
  }

  /// All samples in the order of time.
  ///
  /// @param anchored whether only the last sample at or before the start belongs to the window
  /// @return empty if there is none after the start
  Place[] places(boolean anchored) {
    Place[] places = new Place[size()];
    int i = 0;
    int j = 0;
    int anchor = 0;
    for (int k = 0; k < places.length; k++) {
      boolean number =
          j == histograms.size()
              || (i < floats.size() && floats.timestampMs(i) < histograms.timestampMs(j));
      places[k] = number ? new Place(floats, i++) : new Place(histograms, j++);
      if (places[k].timestampMs() <= floats.startMs()) {
        anchor = k;
      }
    }
    if (!anchored) {
      return places;
    }
    boolean nothingAfter =
        places.length == 0 || places[places.length - 1].timestampMs() <= floats.startMs();
    return nothingAfter ? new Place[0] : Arrays.copyOfRange(places, anchor, places.length);
  }
}
