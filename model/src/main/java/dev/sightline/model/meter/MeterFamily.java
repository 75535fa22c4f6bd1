package dev.sightline.model.meter;

import java.util.List;

/// Meters of one name as they stood when they were read.
public record MeterFamily(String name, MeterType type, String help, List<MeterSample> samples) {
  public MeterFamily {
    samples = List.copyOf(samples);
  }
}
