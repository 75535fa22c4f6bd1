package dev.sightline.wire.whylogs;

import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Version 1: a header of segments, a header that says where columns lie, and the columns.
final class FirstVersion {
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, String> metadata = new HashMap<>();
  private final Map<Long, String> paths = new HashMap<>();
  private final Map<String, List<Long>> offsets = new LinkedHashMap<>();
  private long datasetMs;

  private FirstVersion() {}

  static WhylogsProfile read(byte[] bytes, int from) {
    return new FirstVersion().profile(bytes, new ProtoInput(bytes, from, bytes.length));
  }

  private WhylogsProfile profile(byte[] bytes, ProtoInput in) {
    in.delimited();
    header(in.delimited());
    int base = in.at();
    Map<String, Map<String, Component>> columns = new LinkedHashMap<>();
    for (Map.Entry<String, List<Long>> column : offsets.entrySet()) {
      Map<String, Component> components = new LinkedHashMap<>();
      for (long offset : column.getValue()) {
        if (offset < 0 || offset >= bytes.length - base) {
          throw new BadProfileException(
              "column " + column.getKey() + " lies beyond the end of the profile");
        }
        chunk(new ProtoInput(bytes, base + (int) offset, bytes.length), bytes, components);
      }
      columns.put(column.getKey(), components);
    }
    return new WhylogsProfile(1, datasetMs, tags, metadata, columns, null);
  }

  private void header(ProtoInput in) {
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> properties(in.message());
        case 2 -> column(in.message());
        case 5 -> path(in.message());
        default -> in.skip();
      }
    }
  }

  private void properties(ProtoInput in) {
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 5 -> datasetMs = in.integer();
        case 6 -> pair(in.message(), tags);
        case 7 -> pair(in.message(), metadata);
        default -> in.skip();
      }
    }
  }

  static void pair(ProtoInput in, Map<String, String> into) {
    String key = "";
    String value = "";
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    into.put(key, value);
  }

  private void column(ProtoInput in) {
    String name = "";
    List<Long> places = new ArrayList<>();
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> places(in.message(), places);
        default -> in.skip();
      }
    }
    offsets.put(name, places);
  }

  /// Offsets, packed into one field or one by one.
  private static void places(ProtoInput in, List<Long> into) {
    for (int field = in.field(); field != 0; field = in.field()) {
      if (field != 1) {
        in.skip();
        continue;
      }
      if (in.isBytes()) {
        ProtoInput packed = in.message();
        while (!packed.isAtEnd()) {
          into.add(packed.varint());
        }
      } else {
        into.add(in.integer());
      }
    }
  }

  private void path(ProtoInput in) {
    long index = 0;
    String path = "";
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> index = in.integer();
        case 2 -> path = in.text();
        default -> in.skip();
      }
    }
    paths.put(index, path);
  }

  private void chunk(ProtoInput in, byte[] bytes, Map<String, Component> into) {
    ProtoInput header = in.delimited();
    long length = 0;
    for (int field = header.field(); field != 0; field = header.field()) {
      if (field == 3) {
        length = header.integer();
      } else {
        header.skip();
      }
    }
    if (length < 0 || length > bytes.length - in.at()) {
      throw new BadProfileException("a column of " + length + " bytes");
    }
    ProtoInput chunk = new ProtoInput(bytes, in.at(), in.at() + (int) length);
    for (int field = chunk.field(); field != 0; field = chunk.field()) {
      if (field == 1) {
        entry(chunk.message(), into);
      } else {
        chunk.skip();
      }
    }
  }

  /// A number or a message that is not there is 0.
  private void entry(ProtoInput in, Map<String, Component> into) {
    long index = 0;
    Component component = new Component.Whole(0);
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> index = in.integer();
        case 2 -> component = component(in.message());
        default -> in.skip();
      }
    }
    String path = paths.get(index);
    if (path == null) {
      throw new BadProfileException("a metric of number " + index + " without a path");
    }
    into.put(path, component);
  }

  private static Component component(ProtoInput in) {
    Component component = new Component.Whole(0);
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 2 -> component = new Component.Whole(in.integer());
        case 3 -> component = new Component.Real(in.number());
        case 4 -> component = new Component.Frequent(sketch(in.message()));
        case 5 -> component = new Component.Distinct(sketch(in.message()));
        case 6 -> component = new Component.Quantiles(KllBytes.readable(sketch(in.message())));
        case 7, 10, 11, 12 -> component = new Component.Other(in.bytes());
        default -> in.skip();
      }
    }
    return component;
  }

  static byte[] sketch(ProtoInput in) {
    byte[] sketch = new byte[0];
    for (int field = in.field(); field != 0; field = in.field()) {
      if (field == 1) {
        sketch = in.bytes();
      } else {
        in.skip();
      }
    }
    return sketch;
  }
}
