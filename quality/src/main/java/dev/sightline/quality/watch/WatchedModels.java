package dev.sightline.quality.watch;

import dev.sightline.model.label.Labels;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.monitor.Finding;
import dev.sightline.quality.monitor.ModelMonitor;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.watch.Outcome.State;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.wire.yaml.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The monitors of all models: those of the configuration, and those that were sent, which are kept
/// on disk. Safe for any number of threads.
public final class WatchedModels implements ModelMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedModels.class);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// Of one model.
  static final int MOST_MONITORS = 200;

  private final Readings.Parts parts;
  private final MonitorFiles files;
  private final Supplier<List<Monitor>> configured;
  private final Clock clock;

  // guarded by this: by model and name
  private final Map<String, Map<String, Watched>> sent = new HashMap<>();
  private final Map<String, Map<String, Watched>> ofConfiguration = new HashMap<>();
  private List<Monitor> taken = List.of();

  /// @param configured what the configuration says; asked each time
  public WatchedModels(
      Readings.Parts parts,
      FileSystem disk,
      Path directory,
      Supplier<List<Monitor>> configured,
      Clock clock) {
    this.parts = parts;
    this.files = new MonitorFiles(disk, directory);
    this.configured = configured;
    this.clock = clock;
    for (MonitorFiles.Sent each : files.definitions()) {
      try {
        watch(sent, MonitorReader.read(each.text(), each.model(), each.name()));
      } catch (ConfigException bad) {
        LOG.warn("monitor {} of {} is left out: {}", each.name(), each.model(), bad.getMessage());
      }
    }
  }

  private void watch(Map<String, Map<String, Watched>> into, Monitor monitor) {
    into.computeIfAbsent(monitor.model(), _ -> new TreeMap<>())
        .put(monitor.name(), new Watched(monitor, files, parts));
  }

  /// Those of the configuration hide sent ones of their name.
  private synchronized Map<String, Watched> of(String model) {
    List<Monitor> now = configured.get();
    if (!now.equals(taken)) {
      ofConfiguration.clear();
      now.forEach(monitor -> watch(ofConfiguration, monitor));
      taken = List.copyOf(now);
    }
    Map<String, Watched> all = new TreeMap<>(sent.getOrDefault(model, Map.of()));
    all.putAll(ofConfiguration.getOrDefault(model, Map.of()));
    return all;
  }

  /// By name.
  public List<Monitor> list(String model) {
    return of(model).values().stream().map(Watched::monitor).toList();
  }

  /// @return null where there is none
  public @Nullable Monitor find(String model, String name) {
    Watched found = of(model).get(name);
    return found == null ? null : found.monitor();
  }

  /// What was found last.
  ///
  /// @return null where nothing was
  public @Nullable Outcome newest(String model, String name) {
    Watched found = of(model).get(name);
    return found == null ? null : found.newest();
  }

  /// Outcomes of windows that end in a span, oldest first, the newest of more.
  public List<Outcome> history(String model, String name, long startMs, long endMs, int limit) {
    Watched found = of(model).get(name);
    return found == null ? List.of() : found.between(startMs, endMs, limit);
  }

  /// Keeps a monitor that was sent, in place of what bears its name; it is looked at from the next
  /// round on. Outcomes stay if they are of the same value.
  ///
  /// @param text its definition
  /// @return whether it is new
  /// @throws IllegalArgumentException in the user's words if the model has too many
  public boolean put(Monitor monitor, String text) {
    Map<String, Watched> present = of(monitor.model());
    synchronized (this) {
      Watched before = present.get(monitor.name());
      if (before == null && present.size() >= MOST_MONITORS) {
        throw new IllegalArgumentException(
            "a model has at most " + MOST_MONITORS + " monitors; delete one first");
      }
      files.put(new MonitorFiles.Sent(monitor.model(), monitor.name(), text));
      if (before != null && !isOfTheSameValue(before.monitor(), monitor)) {
        files.forget(monitor.model(), monitor.name());
      }
      watch(sent, monitor);
      return before == null;
    }
  }

  private static boolean isOfTheSameValue(Monitor before, Monitor now) {
    return before.target().equals(now.target())
        && before.pace().equals(now.pace())
        && before.segment().equals(now.segment())
        && Objects.equals(before.version(), now.version())
        && before.judge().kind().equals(now.judge().kind());
  }

  /// @return whether there was one
  public boolean delete(String model, String name) {
    if (of(model).get(name) == null) {
      return false;
    }
    synchronized (this) {
      files.delete(model, name);
      return sent.getOrDefault(model, Map.of()).remove(name) != null;
    }
  }

  /// Looks at what has ended since the last look, and at what would end now.
  ///
  /// @return what was found of the window that ends now
  public Outcome run(String model, String name, Deadline deadline) {
    Map<String, Watched> all = of(model);
    Watched found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no monitor \"" + name + "\"");
    }
    Readings readings = new Readings(parts, deadline);
    Function<String, State> states = Watched.states(all);
    found.look(readings, clock.nowMs(), states);
    return found.now(readings, clock.nowMs(), states);
  }

  /// What a monitor would have said of the windows of a span. Nothing is kept.
  public List<Outcome> preview(Monitor monitor, long startMs, long endMs, Deadline deadline) {
    return new Watched(monitor, files, parts)
        .preview(
            new Readings(parts, deadline), startMs, endMs, Watched.states(of(monitor.model())));
  }

  @Override
  public String name() {
    return "monitors";
  }

  @Override
  public void retain(List<String> models) {}

  @Override
  public List<Finding> look(ModelSummary model, long nowMs) {
    Map<String, Watched> all = of(model.name());
    Readings readings = new Readings(parts, Deadline.in(LONGEST, clock));
    Function<String, State> states = Watched.states(all);
    List<Watched> last = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Watched one : all.values()) {
      if (one.monitor().judge() instanceof Judge.Composite) {
        last.add(one);
      } else {
        look(one, readings, nowMs, states, findings);
      }
    }
    last.forEach(one -> look(one, readings, nowMs, states, findings));
    return findings;
  }

  private void look(
      Watched one,
      Readings readings,
      long nowMs,
      Function<String, State> states,
      List<Finding> findings) {
    if (one.monitor().enabled()) {
      one.look(readings, nowMs, states);
      Outcome newest = one.newest();
      if (newest != null) {
        add(findings, one.monitor(), newest);
      }
    }
  }

  private static void add(List<Finding> findings, Monitor monitor, Outcome outcome) {
    Map<String, String> names = new TreeMap<>();
    names.put("model", monitor.model());
    names.put("monitor", monitor.name());
    names.put("measure", monitor.target().measure());
    put(names, "feature", monitor.target().feature());
    put(names, "segment", monitor.segment());
    String version = monitor.version();
    put(names, "version", version == null ? "" : version);
    Labels labels = Labels.of(names);
    Labels judged = labels.with("severity", monitor.severity());
    findings.add(named(judged, "model_monitor_state", outcome.state().number()));
    addIfKnown(findings, labels, "model_monitor_value", outcome.value());
    addIfKnown(findings, labels, "model_monitor_lower", outcome.lower());
    addIfKnown(findings, labels, "model_monitor_upper", outcome.upper());
  }

  private static void put(Map<String, String> names, String name, String value) {
    if (!value.isEmpty()) {
      names.put(name, value);
    }
  }

  private static void addIfKnown(List<Finding> findings, Labels labels, String name, double value) {
    if (Double.isFinite(value)) {
      findings.add(named(labels, name, value));
    }
  }

  private static Finding named(Labels labels, String name, double value) {
    return new Finding(labels.with("__name__", name), value);
  }
}
