package dev.sightline.template;

import dev.sightline.model.query.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A text in the language of Go's `text/template`, read and ready to be expanded.
///
/// Safe for any number of threads, if its functions are.
public final class Template {
  public static final int MAX_LENGTH = 256 * 1024;

  private final String source;
  private final Map<String, TemplateFunction> functions;
  private final Map<String, Source> named;

  /// The nodes of one definition, and the text that their positions count in.
  record Source(String text, List<Node> nodes) {}

  private Template(
      String source, Map<String, TemplateFunction> functions, Map<String, Source> named) {
    this.source = source;
    this.functions = functions;
    this.named = named;
  }

  /// @param functions by name, besides those that the language has itself
  /// @throws TemplateException if the text is no template
  public static Template parse(String source, Map<String, TemplateFunction> functions) {
    return parse(source, functions, Set.of());
  }

  /// @param variables that there are from the beginning, with their dollar signs; what stands
  ///   outside of definitions sees them
  public static Template parse(
      String source, Map<String, TemplateFunction> functions, Set<String> variables) {
    return new Template(source, Map.copyOf(functions), read(source, functions, variables));
  }

  /// The same with the definitions of another text, which replace those of the same name.
  ///
  /// @throws TemplateException if the text is no template
  public Template with(String definitions) {
    Map<String, Source> more = new LinkedHashMap<>(named);
    Map<String, Source> read = read(definitions, functions, Set.of());
    read.remove("");
    more.putAll(read);
    return new Template(source, functions, more);
  }

  private static Map<String, Source> read(
      String source, Map<String, TemplateFunction> functions, Set<String> variables) {
    if (source.length() > MAX_LENGTH) {
      throw new TemplateException(
          source,
          new Position(0, 0),
          "template of " + source.length() + " characters, the limit is " + MAX_LENGTH);
    }
    Set<String> names = new TreeSet<>(functions.keySet());
    names.addAll(Builtins.FUNCTIONS.keySet());
    names.addAll(Evaluation.SHORT_CIRCUITS);
    Map<String, Source> sources = new LinkedHashMap<>();
    new Parser(source, names, variables)
        .parse()
        .forEach((name, nodes) -> sources.put(name, new Source(source, List.copyOf(nodes))));
    return sources;
  }

  /// @param data the dot
  /// @throws TemplateException if it cannot be expanded or passes a limit
  public String expand(Value data, Limits limits) {
    return expand(data, Map.of(), limits);
  }

  /// @param variables by their names with the dollar sign; all that [#parse] was told of
  public String expand(Value data, Map<String, Value> variables, Limits limits) {
    return new Evaluation(functions, named, limits, Escaping.NONE).run(source, data, variables);
  }

  /// @param escaping what becomes of each value before it is written
  public String expand(Value data, Limits limits, Escaping escaping) {
    return new Evaluation(functions, named, limits, escaping).run(source, data, Map.of());
  }

  /// The text as it was written.
  public String source() {
    return source;
  }

  public String expand(Value data) {
    return expand(data, Limits.DEFAULT);
  }

  /// How much one expansion may do.
  ///
  /// @param characters of what it writes, and of every text on the way
  /// @param steps nodes and calls that are evaluated
  /// @param depth of templates that invoke each other
  public record Limits(int characters, int steps, int depth) {
    public static final Limits DEFAULT = new Limits(1_000_000, 200_000, 100);
  }
}
