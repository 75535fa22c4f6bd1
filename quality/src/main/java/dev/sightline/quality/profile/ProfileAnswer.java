package dev.sightline.quality.profile;

import java.util.List;

/// What profiles say of a model, window by window.
///
/// @param notes what a reader should know about these numbers
public record ProfileAnswer(String model, List<WindowProfile> windows, List<String> notes) {
  public ProfileAnswer {
    windows = List.copyOf(windows);
    notes = List.copyOf(notes);
  }
}
