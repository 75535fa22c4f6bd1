package dev.sightline.tsdb.block;

import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the postings of each label of a block lie.
final class PostingsTable {
  private static final long ABSENT = -1;

  private final Map<String, Map<String, Long>> offsetByValueByName = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /// @param section from its count to before its checksum
  PostingsTable(byte[] section) {
    ByteSource source = new ByteSource(section);
    long count = source.u32();
    for (long i = 0; i < count; i++) {
      source.u8();
      String name = source.text();
      String value = source.text();
      offsetByValueByName.computeIfAbsent(name, _ -> new HashMap<>()).put(value, source.uvarint());
    }
    offsetByValueByName.keySet().stream().filter(name -> !name.isEmpty()).forEach(names::add);
  }

  /// @return negative where there are none
  long offset(String name, String value) {
    return offsetByValueByName.getOrDefault(name, Map.of()).getOrDefault(value, ABSENT);
  }

  Collection<String> names() {
    return names;
  }

  Collection<String> values(String name) {
    return name.isEmpty() ? List.of() : offsetByValueByName.getOrDefault(name, Map.of()).keySet();
  }
}
