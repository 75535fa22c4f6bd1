package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in a JSON value: a JSON Pointer (RFC 6901), in which `*` stands for every item of a list
/// or field of an object.
///
/// | Selector              | Selects                                                     |
/// |-----------------------|-------------------------------------------------------------|
/// | `/outputs/0/data`     | `data` of the first item of `outputs`                       |
/// | `/results/*`/`label`  | `label` of every result, as a list; missing where one has none |
/// | `/a~1b/c~0d`          | the field `a/b`, in it the field `c~d`                      |
/// | `.`                   | the whole value                                             |
/// | `scores.raw`          | short for `/scores/raw`: names with dots between them       |
///
/// @param steps from the outside in; none for the whole value
public record Selector(List<String> steps) {
  private static final String EACH = "*";
  private static final int MAX_STEPS = 32;

  public Selector {
    steps = List.copyOf(steps);
    if (steps.size() > MAX_STEPS) {
      throw new IllegalArgumentException(
          "a selector has at most " + MAX_STEPS + " steps, not " + steps.size());
    }
  }

  /// @throws IllegalArgumentException if the text is no selector
  public static Selector parse(String text) {
    if (text.isEmpty() || text.equals(".")) {
      return new Selector(List.of());
    }
    if (!text.startsWith("/")) {
      List<String> names = List.of(text.split("\\.", -1));
      if (names.contains("")) {
        throw new IllegalArgumentException("the selector " + text + " has an empty name");
      }
      return new Selector(names);
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(unescaped(text, step));
    }
    return new Selector(steps);
  }

  private static String unescaped(String selector, String step) {
    for (int tilde = step.indexOf('~'); tilde >= 0; tilde = step.indexOf('~', tilde + 1)) {
      boolean escape =
          tilde + 1 < step.length()
              && (step.charAt(tilde + 1) == '0' || step.charAt(tilde + 1) == '1');
      if (!escape) {
        throw new IllegalArgumentException(
            "in the selector " + selector + ", ~ must be written ~0 (and / in a name ~1)");
      }
    }
    return step.replace("~1", "/").replace("~0", "~");
  }

  boolean isWhole() {
    return steps.isEmpty();
  }

  /// @return null where there is no such place
  @Nullable Datum select(Datum from) {
    return select(from, 0);
  }

  /// What is selected, item by item where it is a list; empty where there is no such place.
  List<Datum> all(Datum from) {
    Datum selected = select(from);
    return switch (selected) {
      case null -> List.of();
      case Datum.Items(List<Datum> items) -> items;
      case Datum.Missing _, Datum.Amount _, Datum.Text _, Datum.Flag _, Datum.Fields _ ->
          List.of(selected);
    };
  }

  private @Nullable Datum select(@Nullable Datum from, int step) {
    if (from == null || step == steps.size()) {
      return from;
    }
    String name = steps.get(step);
    return switch (from) {
      case Datum.Fields(Map<String, Datum> fields) when name.equals(EACH) ->
          each(List.copyOf(fields.values()), step);
      case Datum.Items(List<Datum> items) when name.equals(EACH) -> each(items, step);
      case Datum.Fields(Map<String, Datum> fields) -> select(fields.get(name), step + 1);
      case Datum.Items(List<Datum> items) -> select(item(items, name), step + 1);
      case Datum.Missing _, Datum.Amount _, Datum.Text _, Datum.Flag _ -> null;
    };
  }

  private Datum each(List<Datum> values, int step) {
    List<Datum> selected = new ArrayList<>(values.size());
    for (Datum value : values) {
      Datum found = select(value, step + 1);
      selected.add(found == null ? new Datum.Missing() : found);
    }
    return new Datum.Items(selected);
  }

  private static @Nullable Datum item(List<Datum> items, String number) {
    boolean isNumber =
        !number.isEmpty()
            && number.length() < 9
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    int index = isNumber ? Integer.parseInt(number) : Integer.MAX_VALUE;
    return index < items.size() ? items.get(index) : null;
  }
}
