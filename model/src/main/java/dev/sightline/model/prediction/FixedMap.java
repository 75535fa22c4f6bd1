package dev.sightline.model.prediction;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Values by name in the order in which they were given, which nobody changes any more; so that
/// whoever keeps one need not copy it.
///
/// Names and values lie in two arrays: a prediction has some tens of them, and predictions come by
/// the ten thousand a second.
public final class FixedMap<V> extends AbstractMap<String, V> {
  /// More names are looked up by a table.
  private static final int MOST_LISTED = 32;

  private static final FixedMap<?> EMPTY = new Builder<>().build();

  private final String[] names;
  private final Object[] values;
  private final int size;
  private final @Nullable Map<String, Integer> places;

  private FixedMap(Builder<V> made) {
    this.names = made.names;
    this.values = made.values;
    this.size = made.size;
    this.places = made.places;
  }

  /// The map itself if it is fixed already.
  public static <V> FixedMap<V> copyOf(Map<String, V> values) {
    if (values instanceof FixedMap<V> fixed) {
      return fixed;
    }
    if (values.isEmpty()) {
      return empty();
    }
    Builder<V> copy = new Builder<>();
    values.forEach(copy::put);
    return copy.build();
  }

  @SuppressWarnings("unchecked") // it holds nothing of any type
  private static <V> FixedMap<V> empty() {
    return (FixedMap<V>) EMPTY;
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, V>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  @Override
  @SuppressWarnings("unchecked") // the builder takes nothing else
  public Collection<V> values() {
    return (List<V>) Collections.unmodifiableList(Arrays.asList(values).subList(0, size));
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super V> action) {
    for (int place = 0; place < size; place++) {
      action.accept(names[place], value(place));
    }
  }

  @Override
  public @Nullable V get(@Nullable Object name) {
    int place = name instanceof String text ? place(names, size, places, text) : -1;
    return place < 0 ? null : value(place);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name instanceof String text && place(names, size, places, text) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // the builder takes nothing else
  private V value(int place) {
    return (V) values[place];
  }

  /// @return -1 where there is no such name
  private static int place(
      String[] names, int size, @Nullable Map<String, Integer> places, String name) {
    if (places != null) {
      return places.getOrDefault(name, -1);
    }
    int hash = name.hashCode();
    for (int place = 0; place < size; place++) {
      if (names[place].hashCode() == hash && names[place].equals(name)) {
        return place;
      }
    }
    return -1;
  }

  private final class Entries implements Iterator<Map.Entry<String, V>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Map.Entry<String, V> next() {
      if (next >= size) {
        throw new NoSuchElementException();
      }
      int place = next++;
      return Map.entry(names[place], value(place));
    }
  }

  /// Takes values one by one, and makes one map of them. Used by one thread.
  public static final class Builder<V> {
    private static final int FEW = 8;

    private String[] names = new String[FEW];
    private Object[] values = new Object[FEW];
    private int size;
    private @Nullable Map<String, Integer> places;

    /// Of a name that comes twice the last value counts, in the place of the first.
    public void put(String name, V value) {
      int known = place(names, size, places, name);
      if (known >= 0) {
        values[known] = value;
        return;
      }
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = name;
      values[size] = value;
      if (size == MOST_LISTED) {
        Map<String, Integer> table = new HashMap<>();
        for (int place = 0; place < size; place++) {
          table.put(names[place], place);
        }
        places = table;
      }
      if (places != null) {
        places.put(name, size);
      }
      size++;
    }

    /// To be called once; the builder is worth nothing afterwards.
    public FixedMap<V> build() {
      return new FixedMap<>(this);
    }
  }
}
