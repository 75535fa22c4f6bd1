package dev.sightline.wire.yaml;

import dev.sightline.wire.yaml.ConfigException.Place;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// One YAML document, whose every value knows its line and column. Tags name no classes, and
/// aliases cannot explode.
///
/// @param name of the file in messages
/// @param directory that relative paths in the file start from
/// @param environment looks up an environment variable; null where it is not set
public record YamlFile(String name, Path directory, UnaryOperator<@Nullable String> environment) {
  public static final int MAX_CODE_POINTS = 3_000_000;
  public static final int MAX_DEPTH = 50;

  /// How many values a document may hold once its aliases are followed.
  public static final int MAX_EXPANDED_NODES = 1_000_000;

  /// Reads a file from disk, with this process's environment.
  ///
  /// @throws ConfigException if it cannot be read or is not YAML
  public static YamlNode read(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    YamlFile origin =
        new YamlFile(file.toString(), parent == null ? Path.of("/") : parent, System::getenv);
    try {
      return origin.parse(Files.readString(file));
    } catch (MalformedInputException _) {
      throw new ConfigException(new Place(file.toString(), 1, 1), "is not UTF-8 text");
    } catch (IOException failure) {
      throw new ConfigException(
          new Place(file.toString(), 1, 1), "cannot be read: " + reason(failure));
    }
  }

  /// The system repeats the path where a sentence is expected; this says what is wrong instead.
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(failure.getMessage());
    };
  }

  /// @throws ConfigException if `text` is not one YAML document within the limits
  public YamlNode parse(String text) {
    if (text.length() > MAX_CODE_POINTS) {
      throw new ConfigException(
          new Place(name, 1, 1), "is larger than the limit of " + MAX_CODE_POINTS + " characters");
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setUseMarks(true)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(50)
            // One read: the reader copies all it holds at each, so many would cost the square.
            .setBufferSize(text.length() + 1)
            .build();
    try {
      checkDepth(settings, text);
      Optional<Node> root = new Composer(settings, parser(settings, text)).getSingleNode();
      root.ifPresent(node -> expandedSize(node, new IdentityHashMap<>()));
      return new YamlNode(this, "", root.orElse(null));
    } catch (MarkedYamlEngineException bad) {
      throw new ConfigException(
          bad.getProblemMark().map(this::place).orElse(new Place(name, 1, 1)),
          bad.getContext() == null || bad.getContext().isEmpty()
              ? bad.getProblem()
              : bad.getProblem() + " (" + bad.getContext() + ")");
    } catch (YamlEngineException bad) {
      throw new ConfigException(new Place(name, 1, 1), String.valueOf(bad.getMessage()));
    }
  }

  Place place(Mark mark) {
    return new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /// The composer works by recursion, so depth is checked on the flat stream of events before.
  private void checkDepth(LoadSettings settings, String text) {
    int depth = 0;
    Parser events = parser(settings, text);
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
      }
      if (depth > MAX_DEPTH) {
        throw new ConfigException(
            event.getStartMark().map(this::place).orElse(new Place(name, 1, 1)),
            "nested deeper than " + MAX_DEPTH + " levels");
      }
    }
  }

  private static Parser parser(LoadSettings settings, String text) {
    return new ParserImpl(settings, new StreamReader(settings, text));
  }

  /// Each node is measured once, however often aliases point at it.
  private long expandedSize(Node node, Map<Node, Long> known) {
    Long size = known.get(node);
    if (size != null) {
      if (size < 0) {
        throw tooLarge(node, "contains itself through an alias");
      }
      return size;
    }
    known.put(node, -1L);
    long sum = 1;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        sum += expandedSize(tuple.getKeyNode(), known) + expandedSize(tuple.getValueNode(), known);
      }
    } else if (node instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        sum += expandedSize(element, known);
      }
    }
    if (node instanceof CollectionNode<?> && sum > MAX_EXPANDED_NODES) {
      throw tooLarge(node, "grows to more than " + MAX_EXPANDED_NODES + " values by its aliases");
    }
    known.put(node, sum);
    return sum;
  }

  private ConfigException tooLarge(Node node, String message) {
    return new ConfigException(
        node.getStartMark().map(this::place).orElse(new Place(name, 1, 1)), message);
  }
}
