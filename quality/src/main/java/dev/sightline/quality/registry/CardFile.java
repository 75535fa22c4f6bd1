package dev.sightline.quality.registry;

import dev.sightline.model.registry.Stage;
import dev.sightline.model.registry.VersionFacts;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The bytes of the file of one model.
///
/// Magic `SLRG`, version 1 (4 each); the texts model, owner and description; counted: classes
/// (text, 8 bytes of rows), fields (name, type, limits, counted words), versions (name, 8 bytes of
/// first call, facts said, facts polled), events (8 bytes of number, version, kind, text, 8 bytes
/// of time, by); the number of the next event (8); CRC-32C. A limit and facts begin with a byte 1
/// where they are there, else 0. Facts are stage (1 byte), counted aliases, description, counted
/// tags (name, value), run, and 8 bytes of creation.
final class CardFile {
  /// In the order of their numbers in the file.
  private static final List<Stage> STAGES =
      List.of(Stage.NONE, Stage.STAGING, Stage.PRODUCTION, Stage.ARCHIVED);

  private static final int MAGIC = 0x534c5247;
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;

  private CardFile() {}

  static byte[] encode(ModelCard card) {
    ByteSink into = new ByteSink(1 << 10);
    into.u32(MAGIC).u32(VERSION);
    into.text(card.model()).text(card.owner()).text(card.description());
    into.uvarint(card.training().size());
    card.training().forEach((name, rows) -> into.text(name).u64(rows));
    into.uvarint(card.schema().size());
    card.schema().forEach((name, spec) -> write(name, spec, into));
    into.uvarint(card.versions().size());
    card.versions().values().forEach(version -> write(version, into));
    into.uvarint(card.events().size());
    for (ModelEvent event : card.events()) {
      into.u64(event.number()).text(event.version()).text(event.kind()).text(event.text());
      into.u64(event.timeMs()).text(event.by());
    }
    return into.u64(card.nextEvent()).checksum(0).toArray();
  }

  private static void write(String name, FieldSpec spec, ByteSink into) {
    into.text(name).text(spec.type());
    limit(spec.min(), into);
    limit(spec.max(), into);
    into.uvarint(spec.allowed().size());
    spec.allowed().forEach(into::text);
  }

  private static void limit(@Nullable Double limit, ByteSink into) {
    into.u8(limit == null ? 0 : 1);
    if (limit != null) {
      into.f64(limit);
    }
  }

  private static void write(VersionCard version, ByteSink into) {
    into.text(version.version()).u64(version.firstCallMs());
    write(version.said(), into);
    write(version.polled(), into);
  }

  private static void write(@Nullable VersionFacts facts, ByteSink into) {
    into.u8(facts == null ? 0 : 1);
    if (facts != null) {
      into.u8(STAGES.indexOf(facts.stage())).uvarint(facts.aliases().size());
      facts.aliases().forEach(into::text);
      into.text(facts.description()).uvarint(facts.tags().size());
      facts.tags().forEach((name, value) -> into.text(name).text(value));
      into.text(facts.run()).u64(facts.createdMs());
    }
  }

  /// @throws BadBytesException if it is damaged
  static ModelCard decode(byte[] bytes) {
    ByteSource from = new ByteSource(bytes);
    if (bytes.length < 3 * CHECKSUM_BYTES || from.u32() != MAGIC || from.u32() != VERSION) {
      throw new BadBytesException("not a file of the registry of version " + VERSION);
    }
    int length = bytes.length - CHECKSUM_BYTES;
    new ByteSource(bytes).skip(length).checksum(0, length);
    String model = from.text();
    String owner = from.text();
    String description = from.text();
    SortedMap<String, Long> training = new TreeMap<>();
    for (int left = from.length(); left > 0; left--) {
      training.put(from.text(), from.u64());
    }
    SortedMap<String, FieldSpec> schema = new TreeMap<>();
    for (int left = from.length(); left > 0; left--) {
      schema.put(from.text(), spec(from));
    }
    SortedMap<String, VersionCard> versions = new TreeMap<>();
    for (int left = from.length(); left > 0; left--) {
      VersionCard version = new VersionCard(from.text(), from.u64(), facts(from), facts(from));
      versions.put(version.version(), version);
    }
    List<ModelEvent> events = new ArrayList<>();
    for (int left = from.length(); left > 0; left--) {
      events.add(
          new ModelEvent(
              from.u64(), from.text(), from.text(), from.text(), from.u64(), from.text()));
    }
    return new ModelCard(model, owner, description, training, schema, versions, events, from.u64());
  }

  private static FieldSpec spec(ByteSource from) {
    return new FieldSpec(from.text(), limit(from), limit(from), texts(from));
  }

  private static @Nullable Double limit(ByteSource from) {
    return from.u8() == 0 ? null : (Double) from.f64();
  }

  private static List<String> texts(ByteSource from) {
    List<String> texts = new ArrayList<>();
    for (int left = from.length(); left > 0; left--) {
      texts.add(from.text());
    }
    return texts;
  }

  private static @Nullable VersionFacts facts(ByteSource from) {
    if (from.u8() == 0) {
      return null;
    }
    int stage = from.u8();
    if (stage >= STAGES.size()) {
      throw new BadBytesException("the unknown stage " + stage);
    }
    List<String> aliases = texts(from);
    String description = from.text();
    SortedMap<String, String> tags = new TreeMap<>();
    for (int left = from.length(); left > 0; left--) {
      tags.put(from.text(), from.text());
    }
    return new VersionFacts(STAGES.get(stage), aliases, description, tags, from.text(), from.u64());
  }
}
