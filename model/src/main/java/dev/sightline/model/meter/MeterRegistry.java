package dev.sightline.model.meter;

import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/// The numbers that this process keeps itself, about the models it watches and about its own work.
///
/// Meters are made on first use and live as long as the registry; the caller keeps their label
/// values few. Safe for any number of threads; updates take no lock.
public final class MeterRegistry {
  private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();

  private record Family(MeterType type, String help, ConcurrentHashMap<Labels, Meter> meters) {}

  /// @param name ends in `_total`
  public Counter counter(String name, String help, Labels labels) {
    return (Counter) meter(name, MeterType.COUNTER, help, labels, new Counter());
  }

  public Gauge gauge(String name, String help, Labels labels) {
    return (Gauge) meter(name, MeterType.GAUGE, help, labels, new Gauge());
  }

  /// A gauge that is asked for its value when it is read; NaN means that there is none now, and it
  /// is left out.
  public void gauge(String name, String help, Labels labels, DoubleSupplier value) {
    meter(name, MeterType.GAUGE, help, labels, new ComputedGauge(value));
  }

  /// @param upperBounds of the buckets, rising, without the infinite one
  public Histogram histogram(String name, String help, List<Double> upperBounds, Labels labels) {
    return (Histogram) meter(name, MeterType.HISTOGRAM, help, labels, new Histogram(upperBounds));
  }

  /// Every meter as the samples that describe it, by name and then by labels.
  public List<MeterFamily> read() {
    List<MeterFamily> read = new ArrayList<>();
    families.forEach(
        (name, family) -> {
          List<MeterSample> samples = new ArrayList<>();
          new TreeMap<>(family.meters)
              .forEach((labels, meter) -> meter.read(name, labels, samples::add));
          if (!samples.isEmpty()) {
            read.add(new MeterFamily(name, family.type, family.help, samples));
          }
        });
    return read;
  }

  private Meter meter(String name, MeterType type, String help, Labels labels, Meter fresh) {
    Family family =
        families.computeIfAbsent(name, _ -> new Family(type, help, new ConcurrentHashMap<>()));
    if (family.type != type) {
      throw new IllegalStateException(
          "BUG: meter " + name + " is a " + family.type + ", asked for as " + type);
    }
    Meter present = family.meters.putIfAbsent(labels, fresh);
    return present == null ? fresh : present;
  }
}
