package dev.sightline.template;

import dev.sightline.model.query.Position;
import dev.sightline.template.Node.Pipeline;
import dev.sightline.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads words as a tree: the lists of nodes, and what opens and ends them.
final class Parser {
  /// How deep blocks and groups may be nested.
  static final int MAX_DEPTH = 100;

  private final TokenStream tokens;
  private final PipelineParser pipelines;
  private final Map<String, List<Node>> named = new LinkedHashMap<>();
  private int depth;
  private int rangeDepth;

  /// How a list of nodes ended.
  private enum Ending {
    TEXT,
    END,
    ELSE
  }

  private record Block(List<Node> nodes, Ending ending) {}

  /// @param functions names that may be called
  /// @param variables that there are from the beginning, with their dollar signs
  Parser(String source, Set<String> functions, Set<String> variables) {
    this.tokens = new TokenStream(source, Lexer.tokens(source));
    this.pipelines = new PipelineParser(tokens, functions, variables);
  }

  /// @return every template that the text defines; what stands outside of definitions has the empty
  ///   name
  Map<String, List<Node>> parse() {
    Block whole = block();
    if (whole.ending != Ending.TEXT) {
      throw tokens.failure("unexpected {{end}} or {{else}}");
    }
    named.put("", whole.nodes);
    return named;
  }

  private Block block() {
    List<Node> nodes = new ArrayList<>();
    while (true) {
      Token token = tokens.next();
      if (token.kind() == Kind.END) {
        return new Block(nodes, Ending.TEXT);
      }
      if (token.kind() == Kind.LITERAL) {
        nodes.add(new Node.Literal(token.text(), token.position()));
        continue;
      }
      Ending ending = action(nodes, token.position());
      if (ending != null) {
        return new Block(nodes, ending);
      }
    }
  }

  /// Reads what follows `{{`.
  ///
  /// @return null unless it ends the list
  private @Nullable Ending action(List<Node> nodes, Position open) {
    Token first = tokens.peek();
    if (first.kind() != Kind.WORD) {
      nodes.add(new Node.Action(closed(pipelines.pipeline(false)), open));
      return null;
    }
    switch (first.text()) {
      case "if" -> nodes.add(branch(open, Kinds.IF));
      case "with" -> nodes.add(branch(open, Kinds.WITH));
      case "range" -> nodes.add(branch(open, Kinds.RANGE));
      case "template" -> nodes.add(invocation(open));
      case "define" -> define(open);
      case "block" -> nodes.add(blockAction(open));
      case "break" -> nodes.add(leaving(new Node.Break(open)));
      case "continue" -> nodes.add(leaving(new Node.Continue(open)));
      case "end" -> {
        tokens.next();
        tokens.expect(Kind.CLOSE, "}}");
        return Ending.END;
      }
      case "else" -> {
        tokens.next();
        return Ending.ELSE;
      }
      default -> nodes.add(new Node.Action(closed(pipelines.pipeline(false)), open));
    }
    return null;
  }

  private enum Kinds {
    IF,
    WITH,
    RANGE
  }

  private Node branch(Position open, Kinds kind) {
    tokens.next();
    enter();
    int outside = pipelines.mark();
    Pipeline subject = closed(pipelines.pipeline(kind == Kinds.RANGE));
    rangeDepth += kind == Kinds.RANGE ? 1 : 0;
    Block body = block();
    rangeDepth -= kind == Kinds.RANGE ? 1 : 0;
    List<Node> otherwise = body.ending == Ending.ELSE ? otherwise(kind) : List.of();
    if (body.ending == Ending.TEXT) {
      throw tokens.failure("unexpected end of text, {{end}} is missing");
    }
    pipelines.reset(outside);
    depth--;
    return switch (kind) {
      case IF -> new Node.If(subject, body.nodes, otherwise, open);
      case WITH -> new Node.With(subject, body.nodes, otherwise, open);
      case RANGE -> new Node.Range(subject, body.nodes, otherwise, open);
    };
  }

  /// Reads what follows `{{ else`: a list up to `{{ end }}`, or another branch that shares it.
  private List<Node> otherwise(Kinds kind) {
    Token next = tokens.peek();
    boolean chained =
        next.kind() == Kind.WORD
            && ((kind == Kinds.IF && next.text().equals("if"))
                || (kind == Kinds.WITH && next.text().equals("with")));
    if (chained) {
      return List.of(branch(next.position(), kind));
    }
    tokens.expect(Kind.CLOSE, "}}");
    Block otherwise = block();
    if (otherwise.ending != Ending.END) {
      throw tokens.failure("expected {{end}} after {{else}}");
    }
    return otherwise.nodes;
  }

  private Node invocation(Position open) {
    tokens.next();
    String name = tokens.expect(Kind.STRING, "the name of a template in quotes").text();
    Pipeline argument = tokens.peek().kind() == Kind.CLOSE ? null : pipelines.pipeline(false);
    tokens.expect(Kind.CLOSE, "}}");
    return new Node.Invocation(name, argument, open);
  }

  private void define(Position open) {
    if (depth > 0) {
      throw tokens.failure("unexpected {{define}} within another action");
    }
    tokens.next();
    String name = tokens.expect(Kind.STRING, "the name of a template in quotes").text();
    tokens.expect(Kind.CLOSE, "}}");
    definition(name, open);
  }

  private Node blockAction(Position open) {
    tokens.next();
    String name = tokens.expect(Kind.STRING, "the name of a template in quotes").text();
    Pipeline argument = closed(pipelines.pipeline(false));
    definition(name, open);
    return new Node.Invocation(name, argument, open);
  }

  private void definition(String name, Position open) {
    enter();
    int ranges = rangeDepth;
    rangeDepth = 0;
    List<String> outside = pipelines.fresh();
    Block body = block();
    pipelines.restore(outside);
    rangeDepth = ranges;
    depth--;
    if (body.ending != Ending.END) {
      throw tokens.failureAt(open, "expected {{end}} after the definition of \"" + name + '"');
    }
    named.put(name, body.nodes);
  }

  private Node leaving(Node node) {
    Token word = tokens.next();
    if (rangeDepth == 0) {
      throw tokens.failureAt(word.position(), "{{" + word.text() + "}} outside {{range}}");
    }
    tokens.expect(Kind.CLOSE, "}}");
    return node;
  }

  private Pipeline closed(Pipeline pipeline) {
    tokens.expect(Kind.CLOSE, "}}");
    return pipeline;
  }

  private void enter() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw tokens.failure("nested deeper than " + MAX_DEPTH + " levels");
    }
  }
}
