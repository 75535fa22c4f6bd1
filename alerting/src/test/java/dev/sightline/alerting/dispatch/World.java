package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.config.AlertmanagerConfig;
import dev.sightline.alerting.config.AlertmanagerReader;
import dev.sightline.alerting.config.ReceiverConfig;
import dev.sightline.alerting.notify.Channel;
import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.Receiver;
import dev.sightline.alerting.notify.Receiver.Integration;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/// A dispatcher on a simulated disk and a clock that stands still, with receivers that a test
/// plays.
final class World implements AutoCloseable {
  static final long START_MS = 1_750_000_000_000L;
  private static final Path DIRECTORY = Path.of("/state/notifications");

  final FakeClock clock = new FakeClock(START_MS);
  final Map<String, Hope> broken = new HashMap<>();
  final MeterRegistry meters = new MeterRegistry();

  /// Called with the receiver's name and what it takes.
  private final BiConsumer<String, Notification> taken;

  private final String config;
  private final long seed;
  SimulatedFileSystem disk;
  private Journal journal;
  Dispatcher dispatcher;

  World(String config, long seed, BiConsumer<String, Notification> taken) {
    this.config = config;
    this.seed = seed;
    this.taken = taken;
    this.disk = new SimulatedFileSystem(seed);
    this.journal = Journal.open(disk, DIRECTORY, clock, clock, meters);
    this.dispatcher = start();
  }

  private Dispatcher start() {
    return Dispatcher.start(
        new Dispatcher.Parts(
            journal,
            clock,
            clock,
            Runnable::run,
            new SplittableRandom(seed ^ clock.nowMs()),
            meters),
        routing());
  }

  /// Goes on with what is left on the disk.
  void restart(SimulatedFileSystem found) {
    dispatcher.close();
    journal.close();
    disk = found;
    journal = Journal.open(disk, DIRECTORY, clock, clock, meters);
    dispatcher = start();
  }

  Routing routing() {
    return routing(config);
  }

  Routing routing(String yaml) {
    AlertmanagerConfig read;
    try (YamlMap map = new YamlFile("test.yml", Path.of(""), _ -> null).parse(yaml).asMap()) {
      read = AlertmanagerReader.read(map);
    }
    Map<String, Receiver> receivers = new LinkedHashMap<>();
    for (ReceiverConfig receiver : read.receivers()) {
      List<Integration> ways =
          receiver.webhooks().stream()
              .map(hook -> new Integration(0, hook.sendResolved(), channel(receiver.name())))
              .toList();
      receivers.put(receiver.name(), new Receiver(receiver.name(), ways));
    }
    return new Routing(read.root(), receivers, read.inhibitions());
  }

  private Channel channel(String receiver) {
    return new Channel() {
      @Override
      public String kind() {
        return "webhook";
      }

      @Override
      public void send(Notification notification) {
        Hope hope = broken.get(receiver);
        if (hope != Hope.LATER && hope != Hope.NONE) {
          taken.accept(receiver, notification);
        }
        if (hope != null) {
          throw new NotSentException(hope, "broken");
        }
      }
    };
  }

  /// Says that an alert fires, as a rule does, or that it has ended.
  void say(Labels labels, long startsAtMs, boolean ended) {
    long endsAtMs = clock.nowMs() + (ended ? 0 : Duration.ofMinutes(4).toMillis());
    dispatcher.accept(
        List.of(new Alert(labels, Labels.EMPTY, startsAtMs, endsAtMs, "", null, null)));
  }

  @Override
  public void close() {
    dispatcher.close();
    journal.close();
  }
}
