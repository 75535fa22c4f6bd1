package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.yaml.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// One scene of `src/test/scripts`: a configuration, what happens when, and all that is told.
///
/// `TIME fires NAME [label=value …]` is said every minute from then on; `ends` says that it ended,
/// `vanishes` says nothing more. `TIME RECEIVER <- NAME value… firing, …` is what must be told, and
/// nothing else may be. `breaks RECEIVER none|later|unknown`, `heals`, `crash`, `kill`, `until`
/// speak for themselves.
record Scene(String title, String config, List<String> happens, List<String> told) {
  static List<Scene> read(String text) {
    List<Scene> scenes = new ArrayList<>();
    for (String part : text.split("(?m)^# ")) {
      if (!part.isBlank()) {
        scenes.add(one(part));
      }
    }
    return scenes;
  }

  private static Scene one(String text) {
    String[] halves = text.split("(?m)^---$", 2);
    String title = halves[0].lines().findFirst().orElse("");
    String config = halves[0].substring(title.length());
    List<String> happens = new ArrayList<>();
    List<String> told = new ArrayList<>();
    halves[1]
        .lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .filter(line -> !line.isEmpty())
        .forEach(line -> (line.contains(" <- ") ? told : happens).add(line));
    return new Scene(title, config, happens, told);
  }

  /// @return what was told, in the form of the script
  List<String> play() {
    List<String> heard = new ArrayList<>();
    Map<Labels, Long> firing = new LinkedHashMap<>();
    World[] world = new World[1];
    world[0] =
        new World(config, 1, (receiver, message) -> heard.add(line(world[0], receiver, message)));
    try (World here = world[0]) {
      for (String event : happens) {
        String[] words = event.split(" ");
        advance(here, firing, DurationText.parse(words[0]));
        happen(here, firing, words);
      }
    }
    return heard;
  }

  private static void advance(World world, Map<Labels, Long> firing, Duration to) {
    long goalMs = World.START_MS + to.toMillis();
    while (world.clock.nowMs() < goalMs) {
      long elapsedMs = world.clock.nowMs() - World.START_MS;
      long minuteMs = 60_000 - elapsedMs % 60_000;
      long stepMs = Math.min(minuteMs, goalMs - world.clock.nowMs());
      world.clock.advance(Duration.ofMillis(stepMs));
      if (stepMs == minuteMs) {
        firing.forEach((labels, since) -> world.say(labels, since, false));
      }
    }
  }

  private static void happen(World world, Map<Labels, Long> firing, String[] words) {
    switch (words[1]) {
      case "fires" -> {
        firing.put(labels(words), world.clock.nowMs());
        world.say(labels(words), world.clock.nowMs(), false);
      }
      case "ends" -> world.say(labels(words), firing.remove(labels(words)), true);
      case "vanishes" -> firing.remove(labels(words));
      case "breaks" -> world.broken.put(words[2], Hope.valueOf(words[3].toUpperCase(Locale.ROOT)));
      case "heals" -> world.broken.remove(words[2]);
      case "crash" -> world.restart(world.disk.crash());
      case "kill" -> world.restart(world.disk.kill());
      case "until" -> {}
      default -> throw new IllegalArgumentException(String.join(" ", words));
    }
  }

  private static Labels labels(String[] words) {
    Labels.Builder labels = new Labels.Builder().set("alertname", words[2]);
    for (int i = 3; i < words.length; i++) {
      String[] label = words[i].split("=", 2);
      labels.set(label[0], label[1]);
    }
    return labels.build();
  }

  private static String line(World world, String receiver, Notification message) {
    long ms = world.clock.nowMs() - World.START_MS;
    return DurationText.format(Duration.ofMillis(ms))
        + " "
        + receiver
        + " <- "
        + message.alerts().stream().map(Scene::text).collect(Collectors.joining(", "))
        + (message.mayRepeat() ? " (may repeat)" : "");
  }

  private static String text(StatedAlert stated) {
    Labels labels = stated.alert().labels();
    String rest =
        labels.without("alertname").toList().stream()
            .map(label -> " " + label.name() + "=" + label.value())
            .collect(Collectors.joining());
    return labels.get("alertname") + rest + " " + stated.status();
  }

  @Override
  public String toString() {
    return title;
  }
}
