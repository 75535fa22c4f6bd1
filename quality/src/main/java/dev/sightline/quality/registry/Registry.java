package dev.sightline.quality.registry;

import dev.sightline.model.registry.Stage;
import dev.sightline.model.registry.VersionFacts;
import dev.sightline.model.registry.VersionSink;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.integrity.IntegrityRules.Constraint;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.PlainName;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is said of models, a file each. What a call changed would survive a power cut when it
/// returns.
///
/// Safe for any number of threads.
public final class Registry implements VersionSink {
  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
  private static final String SUFFIX = ".model";
  private static final int MAX_MODELS = 1_000;
  private static final int MAX_VERSIONS = 1_000;
  private static final int MAX_EVENTS = 1_000;
  private static final String SEEN = "";

  private final FileSystem files;
  private final Path directory;
  private final Clock clock;
  private final Map<String, ModelCard> cards = new ConcurrentSkipListMap<>();

  private Registry(FileSystem files, Path directory, Clock clock) {
    this.files = files;
    this.directory = directory;
    this.clock = clock;
  }

  /// @param directory is made if there is none
  public static Registry open(FileSystem files, Path directory, Clock clock) {
    Registry registry = new Registry(files, directory, clock);
    files.createDirectories(directory);
    files.list(directory).forEach(registry::read);
    return registry;
  }

  private void read(Path file) {
    if (file.getFileName().toString().endsWith(SUFFIX)) {
      try {
        ModelCard card = CardFile.decode(AtomicReplacement.read(files, file));
        cards.put(card.model(), card);
      } catch (BadBytesException | StorageException bad) {
        LOG.error("{} is left as it is, and not read: {}", file, bad.getMessage());
      }
    }
  }

  /// @return an empty one where nothing is said of the model
  public ModelCard card(String model) {
    ModelCard known = cards.get(model);
    return known == null ? ModelCard.of(model) : known;
  }

  /// Of all models of which anything is said, by name.
  public Collection<ModelCard> cards() {
    return List.copyOf(cards.values());
  }

  /// @param change called once, with what holds now
  /// @throws IllegalArgumentException in the user's words if there is no room for another model
  /// @throws StoreUnavailableException if nothing can be kept now
  public synchronized ModelCard change(String model, UnaryOperator<ModelCard> change) {
    ModelCard before = card(model);
    ModelCard after = change.apply(before);
    if (after.equals(before)) {
      return before;
    }
    if (!cards.containsKey(model) && cards.size() >= MAX_MODELS) {
      throw new IllegalArgumentException(
          "would be one model too many in the registry, the limit is " + MAX_MODELS);
    }
    try {
      AtomicReplacement.write(
          files, directory, PlainName.of(model) + SUFFIX, CardFile.encode(after));
    } catch (StorageException refused) {
      throw new StoreUnavailableException(
          "the registry cannot be written now: " + refused.reason(), refused);
    }
    cards.put(model, after);
    return after;
  }

  /// Says something of a version. Another stage is an event.
  ///
  /// @param change called once, with what held before
  public VersionFacts say(
      String model, String version, UnaryOperator<VersionFacts> change, String by) {
    return change(
            model,
            card -> {
              VersionCard before = version(card, version);
              VersionFacts now = change.apply(before.facts());
              ModelCard after = card.withVersion(before.said(now));
              return staged(after, version, before.facts().stage(), now.stage(), by);
            })
        .versions()
        .getOrDefault(version, VersionCard.of(version))
        .facts();
  }

  private static VersionCard version(ModelCard card, String version) {
    VersionCard known = card.versions().get(version);
    if (known == null && card.versions().size() >= MAX_VERSIONS) {
      throw new IllegalArgumentException(
          "would be one version too many, the limit is " + MAX_VERSIONS);
    }
    return known == null ? VersionCard.of(version) : known;
  }

  private ModelCard staged(ModelCard card, String version, Stage from, Stage to, String by) {
    return from == to
        ? card
        : withEvent(card, version, "stage", from.word() + " → " + to.word(), clock.nowMs(), by);
  }

  /// @param by who says it
  /// @return with its number
  public ModelEvent add(
      String model, String version, String kind, String text, long timeMs, String by) {
    ModelCard after = change(model, card -> withEvent(card, version, kind, text, timeMs, by));
    long number = after.nextEvent() - 1;
    return after.events().stream()
        .filter(event -> event.number() == number)
        .findFirst()
        .orElse(new ModelEvent(number, version, kind, text, timeMs, by));
  }

  /// Of too many, the oldest go.
  private static ModelCard withEvent(
      ModelCard card, String version, String kind, String text, long timeMs, String by) {
    List<ModelEvent> events = new ArrayList<>(card.events());
    events.add(new ModelEvent(card.nextEvent(), version, kind, text, timeMs, by));
    events.sort((left, right) -> Long.compare(left.timeMs(), right.timeMs()));
    int surplus = Math.max(0, events.size() - MAX_EVENTS);
    return card.withEvents(events.subList(surplus, events.size()), card.nextEvent() + 1);
  }

  /// @return whether there was one
  public boolean delete(String model, long number) {
    boolean there = card(model).events().stream().anyMatch(event -> event.number() == number);
    change(
        model,
        card ->
            card.withEvents(
                card.events().stream().filter(event -> event.number() != number).toList(),
                card.nextEvent()));
    return there;
  }

  /// The first prediction of a version was made: it has been deployed.
  public void seen(String model, String version, long timeMs) {
    change(
        model,
        card -> {
          if (hasSeen(card, version)) {
            return card;
          }
          ModelCard after = card.withVersion(version(card, version).seen(timeMs));
          return withEvent(
              after, version, "deployed", "first prediction of version " + version, timeMs, SEEN);
        });
  }

  boolean hasSeen(ModelCard card, String version) {
    VersionCard known = card.versions().get(version);
    return known != null
        ? known.firstCallMs() != 0
        : card.versions().size() >= MAX_VERSIONS; // there is no room to remember it
  }

  /// Models for which there is no room are left out.
  @Override
  public void polled(Map<String, Map<String, VersionFacts>> models) {
    for (ModelCard card : cards()) {
      if (!models.containsKey(card.model())) {
        polled(card.model(), Map.of());
      }
    }
    models.forEach(
        (model, versions) -> {
          if (!versions.isEmpty() || cards.containsKey(model)) {
            polled(model, versions);
          }
        });
  }

  private void polled(String model, Map<String, VersionFacts> versions) {
    change(
        model,
        card -> {
          ModelCard after = card.withVersions(merged(card, versions));
          for (Map.Entry<String, VersionFacts> one : versions.entrySet()) {
            VersionCard before = card.versions().get(one.getKey());
            VersionFacts polled = before == null || before.said() != null ? null : before.polled();
            if (polled != null) {
              Stage now = one.getValue().stage();
              after = staged(after, one.getKey(), polled.stage(), now, "mlflow");
            }
          }
          return after;
        });
  }

  private static SortedMap<String, VersionCard> merged(
      ModelCard card, Map<String, VersionFacts> polled) {
    SortedMap<String, VersionCard> all = new TreeMap<>();
    card.versions().forEach((name, known) -> put(known.polled(polled.get(name)), all));
    for (Map.Entry<String, VersionFacts> one : polled.entrySet()) {
      if (!card.versions().containsKey(one.getKey()) && all.size() < MAX_VERSIONS) {
        put(VersionCard.of(one.getKey()).polled(one.getValue()), all);
      }
    }
    return all;
  }

  private static void put(VersionCard version, Map<String, VersionCard> into) {
    if (!version.isEmpty()) {
      into.put(version.version(), version);
    }
  }

  /// What data of models must hold, as the configuration says, and else as people said here.
  public IntegrityRules constraints(IntegrityRules configured) {
    Map<String, Map<String, Constraint>> models = new TreeMap<>(configured.models());
    for (ModelCard card : cards.values()) {
      if (!card.schema().isEmpty()) {
        Map<String, Constraint> inputs = new TreeMap<>();
        card.schema().forEach((name, spec) -> inputs.put(name, constraint(spec)));
        inputs.putAll(configured.models().getOrDefault(card.model(), Map.of()));
        models.put(card.model(), inputs);
      }
    }
    return new IntegrityRules(configured.minimumN(), models);
  }

  private static Constraint constraint(FieldSpec spec) {
    Set<String> allowed = spec.allowed().isEmpty() ? null : Set.copyOf(spec.allowed());
    return new Constraint(null, spec.min(), spec.max(), null, allowed);
  }

  /// Rows of each class that models were trained with, as the configuration says, and else as
  /// people said here.
  public Map<String, Map<String, Long>> training(Map<String, Map<String, Long>> configured) {
    Map<String, Map<String, Long>> all = new TreeMap<>();
    for (ModelCard card : cards.values()) {
      if (!card.training().isEmpty()) {
        all.put(card.model(), card.training());
      }
    }
    all.putAll(configured);
    return all;
  }

  /// What happened in a range of time, oldest first.
  ///
  /// @param model null for all
  /// @param startMs included
  /// @param endMs excluded
  public List<Annotation> annotations(@Nullable String model, long startMs, long endMs) {
    List<Annotation> found = new ArrayList<>();
    for (ModelCard card : model == null ? cards() : List.of(card(model))) {
      for (ModelEvent event : card.events()) {
        if (event.timeMs() >= startMs && event.timeMs() < endMs) {
          found.add(new Annotation(card.model(), event));
        }
      }
    }
    found.sort((left, right) -> Long.compare(left.event().timeMs(), right.event().timeMs()));
    return found;
  }

  /// One mark on the charts of a model.
  public record Annotation(String model, ModelEvent event) {}
}
