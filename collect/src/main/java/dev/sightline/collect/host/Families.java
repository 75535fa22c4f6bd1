package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterSample;
import dev.sightline.model.meter.MeterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Families of meters in the making. Values that are no numbers are left out.
final class Families {
  private final Map<String, Building> building = new TreeMap<>();

  private record Building(MeterType type, String help, List<MeterSample> samples) {}

  void counter(String name, String help, Labels labels, double value) {
    add(MeterType.COUNTER, name, help, labels, value);
  }

  void gauge(String name, String help, Labels labels, double value) {
    add(MeterType.GAUGE, name, help, labels, value);
  }

  private void add(MeterType type, String name, String help, Labels labels, double value) {
    if (!Double.isNaN(value)) {
      building
          .computeIfAbsent(name, _ -> new Building(type, help, new ArrayList<>()))
          .samples
          .add(new MeterSample(name, labels, value));
    }
  }

  /// The sum over some samples of a family, 0 where there are none.
  double sum(String name, Predicate<MeterSample> which) {
    Building family = building.get(name);
    return family == null
        ? 0
        : family.samples.stream().filter(which).mapToDouble(MeterSample::value).sum();
  }

  /// By name.
  List<MeterFamily> toList() {
    List<MeterFamily> families = new ArrayList<>();
    building.forEach(
        (name, family) ->
            families.add(new MeterFamily(name, family.type, family.help, family.samples)));
    return families;
  }

  /// @return the number that `text` holds, or NaN
  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }
}
