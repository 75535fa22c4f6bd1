package dev.sightline.model.meter;

/// What kind of number a family of meters holds, in Prometheus's terms.
public enum MeterType {
  COUNTER,
  GAUGE,
  HISTOGRAM
}
