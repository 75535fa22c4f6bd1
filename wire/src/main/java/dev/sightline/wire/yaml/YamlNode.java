package dev.sightline.wire.yaml;

import dev.sightline.wire.yaml.ConfigException.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A value of a YAML document, asked for as the type that the reader expects.
///
/// Every `as…` method throws [ConfigException] with this value's place and path if it is something
/// else.
public final class YamlNode {
  private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL", "");
  private static final int MAX_NUMBER_LENGTH = 100;

  private final YamlFile file;
  private final String path;
  private final @Nullable Node node;

  /// @param node null for an empty document
  YamlNode(YamlFile file, String path, @Nullable Node node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  /// Whether it is empty, `~` or `null`, without quotes.
  public boolean isNull() {
    return node == null || (node instanceof ScalarNode scalar && isNull(scalar));
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /// An empty value is an empty map.
  public YamlMap asMap() {
    if (isNull()) {
      return new YamlMap(this, List.of());
    }
    if (node instanceof MappingNode mapping) {
      return new YamlMap(this, mapping.getValue());
    }
    throw expected("a map");
  }

  /// An empty value is an empty list.
  public List<YamlNode> asList() {
    if (isNull()) {
      return List.of();
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> elements = new ArrayList<>();
      for (Node element : sequence.getValue()) {
        elements.add(new YamlNode(file, path + "[" + elements.size() + "]", element));
      }
      return List.copyOf(elements);
    }
    throw expected("a list");
  }

  /// Any scalar as it is written; an empty value is the empty text.
  public String asText() {
    if (isNull()) {
      return "";
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw expected("a text");
  }

  public List<String> asTexts() {
    return asList().stream().map(YamlNode::asText).toList();
  }

  /// `true` and `false`, and the words of YAML 1.1 that Prometheus's users may have written.
  public boolean asBoolean() {
    return switch (asText().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw expected("true or false");
    };
  }

  public long asLong() {
    try {
      return Long.parseLong(asText());
    } catch (NumberFormatException _) {
      throw expected("a whole number");
    }
  }

  public double asDouble() {
    String text = asText();
    try {
      if (text.length() <= MAX_NUMBER_LENGTH) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw expected("a number");
  }

  /// As Prometheus writes them: `15s`, `1h30m`, `15d`, `0`.
  public Duration asDuration() {
    try {
      return DurationText.parse(asText());
    } catch (IllegalArgumentException bad) {
      throw error(bad.getMessage());
    }
  }

  /// A path; a relative one starts from the directory of the file that holds it.
  public Path asPath() {
    String text = asText();
    if (text.isEmpty()) {
      throw expected("a path");
    }
    return file.directory().resolve(text).normalize();
  }

  /// A fault of this value, in the user's words.
  public ConfigException error(@Nullable String message) {
    return new ConfigException(place(), (path.isEmpty() ? "" : path + " ") + message);
  }

  /// A fault that is told by a sentence of its own: `path: sentence`.
  public ConfigException fault(@Nullable String sentence) {
    return new ConfigException(place(), (path.isEmpty() ? "" : path + ": ") + sentence);
  }

  public Place place() {
    return node == null
        ? new Place(file.name(), 1, 1)
        : node.getStartMark().map(file::place).orElse(new Place(file.name(), 1, 1));
  }

  /// Where it stands in the document, such as `models[0].upstream`; empty for the whole.
  public String path() {
    return path;
  }

  YamlFile file() {
    return file;
  }

  private ConfigException expected(String what) {
    String found =
        switch (node) {
          case ScalarNode scalar -> "\"" + shortened(scalar.getValue()) + "\"";
          case MappingNode _ -> "a map";
          case SequenceNode _ -> "a list";
          case null, default -> "nothing";
        };
    return error("must be " + what + ", not " + found);
  }

  /// The parser's JSON schema knows only `null` and nothing at all; people write YAML's other
  /// forms.
  private static boolean isNull(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.NULL)
        || (scalar.getScalarStyle() == ScalarStyle.PLAIN && NULLS.contains(scalar.getValue()));
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
