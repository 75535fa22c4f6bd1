package dev.sightline.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a small database of countries in MaxMind's format, version 2: a binary tree over the bits
/// of an address, the entries, a marker, and what the file is.
final class CountryFile {
  private static final int RECORD_BITS = 24;
  private static final int SEPARATOR_BYTES = 16;
  private static final String MARKER = "\u00ab\u00cd\u00efMaxMind.com";

  private static final int TEXT = 2;
  private static final int UNSIGNED_16 = 5;
  private static final int UNSIGNED_32 = 6;
  private static final int MAP = 7;
  private static final int UNSIGNED_64 = 9;
  private static final int ARRAY = 11;

  /// Two per node; positive for a node, 0 for nothing, negative for an entry from the first on.
  private final List<int[]> nodes = new ArrayList<>();

  private final List<byte[]> entries = new ArrayList<>();

  /// @param countries by networks of IPv4, as `10.0.0.0/8`
  static byte[] of(Map<String, String> countries) {
    CountryFile file = new CountryFile();
    file.nodes.add(new int[2]);
    countries.forEach(file::add);
    return file.bytes();
  }

  private void add(String network, String country) {
    String[] parts = network.split("/");
    int address = 0;
    for (String part : parts[0].split("\\.")) {
      address = address << 8 | Integer.parseInt(part);
    }
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    control(entry, MAP, 1);
    text(entry, "country");
    control(entry, MAP, 1);
    text(entry, "iso_code");
    text(entry, country);
    entries.add(entry.toByteArray());
    int node = 0;
    int length = Integer.parseInt(parts[1]);
    for (int bit = 0; bit < length - 1; bit++) {
      int side = address >>> (31 - bit) & 1;
      if (nodes.get(node)[side] == 0) {
        nodes.get(node)[side] = nodes.size();
        nodes.add(new int[2]);
      }
      node = nodes.get(node)[side];
    }
    nodes.get(node)[address >>> (32 - length) & 1] = -entries.size();
  }

  private byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int record : node) {
        int value = record > 0 ? record : record == 0 ? nodes.size() : place(-record - 1);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
      }
    }
    out.writeBytes(new byte[SEPARATOR_BYTES]);
    entries.forEach(out::writeBytes);
    out.writeBytes(MARKER.getBytes(StandardCharsets.ISO_8859_1));
    describe(out);
    return out.toByteArray();
  }

  private int place(int entry) {
    int place = nodes.size() + SEPARATOR_BYTES;
    for (byte[] before : entries.subList(0, entry)) {
      place += before.length;
    }
    return place;
  }

  private void describe(ByteArrayOutputStream out) {
    Map<String, Runnable> fields = new LinkedHashMap<>();
    fields.put("node_count", () -> number(out, UNSIGNED_32, nodes.size()));
    fields.put("record_size", () -> number(out, UNSIGNED_16, RECORD_BITS));
    fields.put("ip_version", () -> number(out, UNSIGNED_16, 4));
    fields.put("database_type", () -> text(out, "Test-Country"));
    fields.put("languages", () -> control(out, ARRAY, 0));
    fields.put("binary_format_major_version", () -> number(out, UNSIGNED_16, 2));
    fields.put("binary_format_minor_version", () -> number(out, UNSIGNED_16, 0));
    fields.put("build_epoch", () -> number(out, UNSIGNED_64, 1));
    fields.put("description", () -> control(out, MAP, 0));
    control(out, MAP, fields.size());
    fields.forEach(
        (name, value) -> {
          text(out, name);
          value.run();
        });
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 28) {
      control(out, TEXT, 29);
      out.write(bytes.length - 29);
    } else {
      control(out, TEXT, bytes.length);
    }
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int type, int value) {
    control(out, type, type == UNSIGNED_16 ? 2 : 4);
    if (type != UNSIGNED_16) {
      out.write(value >>> 24);
      out.write(value >>> 16);
    }
    out.write(value >>> 8);
    out.write(value);
  }

  /// Types above 7 stand in a byte of their own.
  private static void control(ByteArrayOutputStream out, int type, int size) {
    out.write((type > 7 ? 0 : type) << 5 | size);
    if (type > 7) {
      out.write(type - 7);
    }
  }
}
