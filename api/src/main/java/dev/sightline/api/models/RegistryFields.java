package dev.sightline.api.models;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.registry.Stage;
import dev.sightline.model.registry.VersionFacts;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.registry.FieldSpec;
import dev.sightline.quality.registry.ModelCard;
import dev.sightline.quality.registry.ModelEvent;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what somebody says of a model. What is not mentioned stays as it is.
final class RegistryFields {
  private static final int MAX_NAME = 256;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_DESCRIPTION = 10_000;
  private static final int MAX_CLASSES = 200;
  private static final int MAX_LIST = 1_000;
  private static final int MAX_INPUTS = 2_000;
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]{0,49}");

  private final Clock clock;

  RegistryFields(Clock clock) {
    this.clock = clock;
  }

  /// @throws ApiException 400
  UnaryOperator<ModelCard> card(Call call) {
    return read(
        call,
        List.of("owner", "description", "training"),
        fields -> {
          String owner = text(fields, "owner", MAX_TEXT);
          String description = text(fields, "description", MAX_DESCRIPTION);
          SortedMap<String, Long> training = training(fields);
          return card -> {
            ModelCard changed = owner == null ? card : card.withOwner(owner);
            changed = description == null ? changed : changed.withDescription(description);
            return training == null ? changed : changed.withTraining(training);
          };
        });
  }

  private static @Nullable SortedMap<String, Long> training(JsonFields fields) {
    if (fields.value("training") == null) {
      return null;
    }
    SortedMap<String, Long> training = new TreeMap<>();
    fields
        .object("training")
        .forEach(
            (name, value) -> {
              if (!(value instanceof Datum.Amount(double rows))
                  || rows < 0
                  || rows != Math.rint(rows)
                  || rows > 1L << 53) {
                throw new RowException("training: must be numbers of rows by class");
              }
              training.put(name, (long) rows);
            });
    if (training.size() > MAX_CLASSES) {
      throw new RowException("training: has more than " + MAX_CLASSES + " classes");
    }
    return training;
  }

  /// @throws ApiException 400
  UnaryOperator<VersionFacts> version(Call call) {
    return read(
        call,
        List.of("stage", "aliases", "description", "tags"),
        fields -> {
          Stage stage = stage(fields);
          List<String> aliases =
              fields.value("aliases") == null ? null : texts(fields.value("aliases"), "aliases");
          String description = text(fields, "description", MAX_DESCRIPTION);
          Map<String, String> tags = fields.value("tags") == null ? null : fields.texts("tags");
          if (tags != null && tags.size() > MAX_CLASSES) {
            throw new RowException("tags: are more than " + MAX_CLASSES);
          }
          return before ->
              new VersionFacts(
                  stage == null ? before.stage() : stage,
                  aliases == null ? before.aliases() : aliases,
                  description == null ? before.description() : description,
                  tags == null ? before.tags() : new TreeMap<>(tags),
                  before.run(),
                  before.createdMs());
        });
  }

  private static @Nullable Stage stage(JsonFields fields) {
    if (fields.value("stage") == null) {
      return null;
    }
    Stage stage = Stage.of(fields.text("stage"));
    if (stage == null) {
      throw new RowException("stage: must be None, Staging, Production or Archived");
    }
    return stage;
  }

  /// @throws ApiException 400
  SortedMap<String, FieldSpec> schema(Call call) {
    return read(
        call,
        List.of("features"),
        fields -> {
          SortedMap<String, FieldSpec> schema = new TreeMap<>();
          fields
              .object("features")
              .forEach((name, value) -> schema.put(name, spec("features." + name, value)));
          if (schema.size() > MAX_INPUTS) {
            throw new RowException("features: are more than " + MAX_INPUTS);
          }
          return schema;
        });
  }

  private static FieldSpec spec(String name, Datum value) {
    try {
      JsonFields fields =
          new JsonFields(value, new LinkedHashSet<>(List.of("type", "min", "max", "allowed")));
      String type = fields.text("type");
      if (!type.isEmpty() && !FieldSpec.TYPES.contains(type)) {
        throw new RowException("type: must be one of " + String.join(", ", FieldSpec.TYPES));
      }
      Datum allowed = fields.value("allowed");
      return new FieldSpec(
          type,
          fields.number("min", -Double.MAX_VALUE, Double.MAX_VALUE, "a number"),
          fields.number("max", -Double.MAX_VALUE, Double.MAX_VALUE, "a number"),
          allowed == null ? List.of() : texts(allowed, "allowed"));
    } catch (RowException bad) {
      throw new RowException(name + ": " + bad.text());
    } catch (IllegalArgumentException bad) {
      throw new RowException(name + ": " + bad.getMessage());
    }
  }

  /// @return without its number
  /// @throws ApiException 400
  ModelEvent event(Call call) {
    return read(
        call,
        List.of("kind", "version", "text", "time"),
        fields -> {
          String kind = fields.text("kind");
          String text = text(fields, "text", MAX_TEXT);
          String version = text(fields, "version", MAX_NAME);
          if (kind.isEmpty() && (text == null || text.isEmpty())) {
            throw new RowException("kind: is missing, and so is text");
          }
          if (!kind.isEmpty() && !KIND.matcher(kind).matches()) {
            throw new RowException(
                "kind: must be deployed, retrained, rolled_back or another word of small letters");
          }
          return new ModelEvent(
              0,
              version == null ? "" : version,
              kind.isEmpty() ? "note" : kind,
              text == null ? "" : text,
              fields.timeMs("time", clock.nowMs()),
              call.caller().name());
        });
  }

  private static @Nullable String text(JsonFields fields, String name, int longest) {
    if (fields.value(name) == null) {
      return null;
    }
    String text = fields.text(name);
    if (text.length() > longest) {
      throw new RowException(name + ": is longer than " + longest + " characters");
    }
    return text;
  }

  private static List<String> texts(@Nullable Datum value, String name) {
    List<String> texts = new ArrayList<>();
    if (value instanceof Datum.Items(List<Datum> items)) {
      for (Datum item : items) {
        if (item instanceof Datum.Text(String text) && text.length() <= MAX_NAME) {
          texts.add(text);
        }
      }
      if (texts.size() == items.size() && texts.size() <= MAX_LIST) {
        return texts;
      }
    }
    throw new RowException(
        name
            + ": must be a list of at most "
            + MAX_LIST
            + " texts of at most "
            + MAX_NAME
            + " characters");
  }

  private static <T> T read(Call call, List<String> names, Function<JsonFields, T> reader) {
    Set<String> known = new LinkedHashSet<>(names);
    try {
      return reader.apply(new JsonFields(JsonDatum.read(call.body()), known));
    } catch (PayloadException bad) {
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    } catch (RowException bad) {
      throw new ApiException(ApiError.badData(bad.text()));
    }
  }
}
