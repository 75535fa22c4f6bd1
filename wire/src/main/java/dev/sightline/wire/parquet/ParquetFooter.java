package dev.sightline.wire.parquet;

import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.Table;
import java.util.ArrayList;
import java.util.List;

/// What a Parquet file says of itself at its end: columns, and where their chunks lie.
record ParquetFooter(List<Leaf> leaves, List<RowGroup> groups, long rows) {
  ParquetFooter {
    leaves = List.copyOf(leaves);
    groups = List.copyOf(groups);
  }

  /// Elements of the schema, as they stand in it.
  private record Element(
      String name, int type, int typeLength, int repetition, int children, Meaning meaning) {}

  /// One row group.
  ///
  /// @param chunks one for each leaf
  record RowGroup(long rows, List<Chunk> chunks) {
    RowGroup {
      chunks = List.copyOf(chunks);
    }
  }

  /// Where the pages of a column lie.
  record Chunk(int type, int codec, long values, long from, long length) {}

  static ParquetFooter read(byte[] bytes) {
    ThriftInput in = new ThriftInput(bytes, 0, bytes.length);
    List<Element> elements = new ArrayList<>();
    List<RowGroup> groups = new ArrayList<>();
    long rows = 0;
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 2 -> {
          for (int left = in.list(); left > 0; left--) {
            elements.add(element(in));
          }
        }
        case 3 -> rows = in.integer();
        case 4 -> {
          for (int left = in.list(); left > 0; left--) {
            groups.add(group(in));
          }
        }
        default -> in.skip();
      }
    }
    return new ParquetFooter(leaves(elements), groups, rows);
  }

  private static Element element(ThriftInput in) {
    int type = -1;
    int typeLength = 0;
    int repetition = 0;
    int children = 0;
    String name = "";
    Meaning meaning = Meaning.PLAIN;
    int converted = -1;
    int scale = 0;
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 1 -> type = in.small();
        case 2 -> typeLength = in.small();
        case 3 -> repetition = in.small();
        case 4 -> name = in.text();
        case 5 -> children = in.small();
        case 6 -> converted = in.small();
        case 7 -> scale = in.small();
        case 10 -> meaning = Meaning.ofLogical(in);
        default -> in.skip();
      }
    }
    Meaning found = meaning.equals(Meaning.PLAIN) ? Meaning.ofConverted(converted, scale) : meaning;
    return new Element(name, type, typeLength, repetition, children, found);
  }

  private static RowGroup group(ThriftInput in) {
    List<Chunk> chunks = new ArrayList<>();
    long rows = 0;
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 1 -> {
          for (int left = in.list(); left > 0; left--) {
            chunks.add(chunk(in));
          }
        }
        case 3 -> rows = in.integer();
        default -> in.skip();
      }
    }
    return new RowGroup(rows, chunks);
  }

  private static Chunk chunk(ThriftInput in) {
    Chunk chunk = new Chunk(-1, 0, 0, 0, 0);
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      if (field == 3) {
        chunk = metadata(in);
      } else {
        in.skip();
      }
    }
    return chunk;
  }

  private static Chunk metadata(ThriftInput in) {
    int type = -1;
    int codec = 0;
    long values = 0;
    long length = 0;
    long data = 0;
    long dictionary = 0;
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 1 -> type = in.small();
        case 4 -> codec = in.small();
        case 5 -> values = in.integer();
        case 7 -> length = in.integer();
        case 9 -> data = in.integer();
        case 11 -> dictionary = in.integer();
        default -> in.skip();
      }
    }
    // Some writers name a dictionary at 0 where there is none.
    long from = dictionary > 0 && dictionary < data ? dictionary : data;
    return new Chunk(type, codec, values, from, length);
  }

  /// The leaves of the tree that the elements describe, in order: that is the order of chunks.
  private static List<Leaf> leaves(List<Element> elements) {
    if (elements.isEmpty()) {
      throw new BadTableException("it names no columns");
    }
    List<Leaf> leaves = new ArrayList<>();
    int place = 1;
    while (place < elements.size()) {
      place = leaf(elements, place, "", 0, leaves);
    }
    if (leaves.size() > Table.MAX_COLUMNS) {
      throw new BadTableException(
          "it has " + leaves.size() + " columns; at most " + Table.MAX_COLUMNS + " are read");
    }
    return leaves;
  }

  private static int leaf(
      List<Element> elements, int place, String above, int depth, List<Leaf> leaves) {
    if (place >= elements.size() || depth > 100) {
      throw new BadTableException("the tree of its columns is broken");
    }
    Element element = elements.get(place);
    String name = above + element.name;
    if (element.children == 0) {
      boolean flat = depth == 0 && element.repetition != Leaf.REPEATED;
      leaves.add(
          new Leaf(
              name,
              element.type,
              element.typeLength,
              element.repetition == Leaf.OPTIONAL,
              flat,
              element.meaning));
      return place + 1;
    }
    int next = place + 1;
    for (int child = 0; child < element.children; child++) {
      next = leaf(elements, next, name + ".", depth + 1, leaves);
    }
    return next;
  }
}
