package dev.sightline.wire.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/// The keys and values of a YAML map. Remembers which keys were asked for: what is left over is a
/// typing error.
///
/// Read all keys, then call [#close].
public final class YamlMap implements AutoCloseable {
  private final YamlNode self;
  private final Map<String, YamlNode> values = new LinkedHashMap<>();
  private final Map<String, YamlNode> keys = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  YamlMap(YamlNode self, List<NodeTuple> tuples) {
    this.self = self;
    String prefix = self.path().isEmpty() ? "" : self.path() + ".";
    for (NodeTuple tuple : tuples) {
      YamlNode key = new YamlNode(self.file(), self.path(), tuple.getKeyNode());
      String name = key.asText();
      if (keys.put(name, key) != null) {
        throw key.error("has the key \"" + name + "\" twice");
      }
      values.put(name, new YamlNode(self.file(), prefix + name, tuple.getValueNode()));
    }
  }

  /// In the order of the file.
  public Set<String> keys() {
    return keys.keySet();
  }

  public boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  /// @return null where the key is absent
  public @Nullable YamlNode find(String key) {
    asked.add(key);
    return values.get(key);
  }

  /// @throws ConfigException if the key is absent
  public YamlNode need(String key) {
    YamlNode value = find(key);
    if (value == null) {
      throw self.error("needs a value for \"" + key + "\"");
    }
    return value;
  }

  /// The list at `key`, empty where it is absent.
  public List<YamlNode> list(String key) {
    YamlNode value = find(key);
    return value == null ? List.of() : value.asList();
  }

  /// The map at `key`, empty where it is absent.
  public YamlMap map(String key) {
    YamlNode value = find(key);
    return value == null ? new YamlMap(self, List.of()) : value.asMap();
  }

  public String text(String key, String otherwise) {
    YamlNode value = given(key);
    return value == null ? otherwise : value.asText();
  }

  public Duration duration(String key, Duration otherwise) {
    YamlNode value = given(key);
    return value == null ? otherwise : value.asDuration();
  }

  public boolean bool(String key, boolean otherwise) {
    YamlNode value = given(key);
    return value == null ? otherwise : value.asBoolean();
  }

  public long number(String key, long otherwise) {
    YamlNode value = given(key);
    return value == null ? otherwise : value.asLong();
  }

  /// A secret at `key`, in the file that `key_file` names, or in the environment variable of
  /// `${NAME}`.
  ///
  /// @return null where neither key is present
  /// @throws ConfigException if both are, or the file or variable cannot be read
  public @Nullable Secret secret(String key) {
    YamlNode plain = find(key);
    YamlNode inFile = find(key + "_file");
    if (plain != null && inFile != null) {
      throw inFile.error("must not stand beside " + key);
    }
    if (inFile != null) {
      return new Secret(content(inFile));
    }
    return plain == null ? null : new Secret(expanded(plain));
  }

  /// Says that keys are known although this reader has no use for them.
  public void accept(String... known) {
    asked.addAll(List.of(known));
  }

  /// @throws ConfigException for the first key that nobody asked for, with the one that was
  ///   probably meant
  @Override
  public void close() {
    for (Map.Entry<String, YamlNode> key : keys.entrySet()) {
      if (!asked.contains(key.getKey())) {
        throw unknown(key.getKey(), key.getValue());
      }
    }
  }

  /// The map itself, for its place in messages.
  public YamlNode node() {
    return self;
  }

  /// Unlike [#find], an empty value is as good as none.
  private @Nullable YamlNode given(String key) {
    YamlNode value = find(key);
    return value == null || value.isNull() ? null : value;
  }

  private ConfigException unknown(String key, YamlNode at) {
    String nearest = NearestWord.to(key, asked);
    String advice =
        nearest != null
            ? "did you mean \"" + nearest + "\"?"
            : "known keys: " + String.join(", ", new TreeSet<>(asked));
    return at.error("has an unknown key \"" + key + "\"; " + advice);
  }

  private String expanded(YamlNode value) {
    String text = value.asText();
    if (!text.startsWith("${") || !text.endsWith("}")) {
      return text;
    }
    String name = text.substring(2, text.length() - 1);
    String found = self.file().environment().apply(name);
    if (found == null) {
      throw value.error("names the environment variable " + name + ", which is not set");
    }
    return found;
  }

  private static String content(YamlNode inFile) {
    Path path = inFile.asPath();
    try {
      return Files.readString(path).strip();
    } catch (IOException failure) {
      throw inFile.error("names " + path + ", which cannot be read: " + YamlFile.reason(failure));
    }
  }
}
