package dev.sightline.model.prediction;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Values by name in the order in which they were given, which nobody changes any more; so that
/// whoever keeps one need not copy it.
public final class FixedMap<V> extends AbstractMap<String, V> {
  private static final FixedMap<?> EMPTY = new FixedMap<>(new LinkedHashMap<>());

  private final Map<String, V> values;

  private FixedMap(Map<String, V> values) {
    this.values = values;
  }

  /// The map itself if it is fixed already.
  public static <V> FixedMap<V> copyOf(Map<String, V> values) {
    if (values instanceof FixedMap<V> fixed) {
      return fixed;
    }
    return values.isEmpty() ? empty() : new FixedMap<>(new LinkedHashMap<>(values));
  }

  @SuppressWarnings("unchecked") // it holds nothing of any type
  private static <V> FixedMap<V> empty() {
    return (FixedMap<V>) EMPTY;
  }

  /// Without a copy: the caller lets go of `values`.
  public static <V> FixedMap<V> owning(Map<String, V> values) {
    return new FixedMap<>(values);
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return Collections.unmodifiableMap(values).entrySet();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super V> action) {
    values.forEach(action);
  }

  @Override
  public @Nullable V get(@Nullable Object name) {
    return values.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return values.containsKey(name);
  }

  @Override
  public int size() {
    return values.size();
  }
}
