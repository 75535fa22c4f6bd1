package dev.sightline.template;

import dev.sightline.model.query.Position;
import dev.sightline.template.Node.Command;
import dev.sightline.template.Node.Operand;
import dev.sightline.template.Node.Pipeline;
import dev.sightline.template.Token.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Reads what stands within an action: declarations, commands and their operands.
final class PipelineParser {
  private final TokenStream tokens;
  private final Set<String> functions;

  /// Variables in reach, the innermost last.
  private List<String> variables;

  private int depth;

  /// @param given variables that there are from the beginning
  PipelineParser(TokenStream tokens, Set<String> functions, Collection<String> given) {
    this.tokens = tokens;
    this.functions = functions;
    this.variables = new ArrayList<>(given);
    variables.add("$");
  }

  int mark() {
    return variables.size();
  }

  /// Forgets variables that were declared after [#mark].
  void reset(int mark) {
    variables.subList(mark, variables.size()).clear();
  }

  /// Begins a text that sees no variable of its surroundings.
  ///
  /// @return what [#restore] takes
  List<String> fresh() {
    List<String> outside = variables;
    variables = new ArrayList<>(List.of("$"));
    return outside;
  }

  void restore(List<String> outside) {
    variables = outside;
  }

  /// @param range whether two variables may be declared
  Pipeline pipeline(boolean range) {
    Position start = tokens.peek().position();
    List<String> declared = new ArrayList<>();
    boolean declares = false;
    if (isDeclaration()) {
      declares = declaration(declared, range);
    }
    List<Command> commands = new ArrayList<>();
    commands.add(command());
    while (tokens.peek().kind() == Kind.PIPE) {
      tokens.next();
      commands.add(command());
    }
    for (Command command : commands.subList(1, commands.size())) {
      if (command.operands().getFirst() instanceof Operand.Constant) {
        throw tokens.failureAt(
            command.position(), "a constant cannot stand behind | in a pipeline");
      }
    }
    if (declares) {
      variables.addAll(declared);
    }
    return new Pipeline(
        List.copyOf(declared), declares, List.copyOf(commands), span(start, tokens.peek()));
  }

  private boolean isDeclaration() {
    if (tokens.peek().kind() != Kind.VARIABLE) {
      return false;
    }
    return switch (tokens.peek(1).kind()) {
      case DECLARE, ASSIGN, COMMA -> true;
      default -> false;
    };
  }

  /// @return whether the variables are new
  private boolean declaration(List<String> into, boolean range) {
    into.add(tokens.next().text());
    if (tokens.peek().kind() == Kind.COMMA) {
      if (!range) {
        throw tokens.failure("too many declarations: only a range declares two variables");
      }
      tokens.next();
      into.add(tokens.expect(Kind.VARIABLE, "a variable").text());
    }
    Token sign = tokens.next();
    if (sign.kind() != Kind.DECLARE && sign.kind() != Kind.ASSIGN) {
      throw tokens.failureAt(sign.position(), "expected := or =");
    }
    if (sign.kind() == Kind.ASSIGN) {
      into.forEach(name -> known(name, sign.position()));
    }
    return sign.kind() == Kind.DECLARE;
  }

  private void known(String name, Position position) {
    if (!variables.contains(name)) {
      throw tokens.failureAt(position, "undefined variable \"" + name + '"');
    }
  }

  private Command command() {
    Position start = tokens.peek().position();
    List<Operand> operands = new ArrayList<>();
    while (true) {
      Token token = tokens.peek();
      boolean ends =
          token.kind() == Kind.CLOSE || token.kind() == Kind.PIPE || token.kind() == Kind.RIGHT;
      if (ends) {
        break;
      }
      if (!operands.isEmpty() && !token.spaced()) {
        throw tokens.failure("unexpected " + TokenStream.describe(token) + ", expected a space");
      }
      operands.add(withMembers(operand()));
    }
    if (operands.isEmpty()) {
      throw tokens.failure("missing value for command");
    }
    if (operands.size() > 1 && operands.getFirst() instanceof Operand.Constant constant) {
      throw tokens.failureAt(constant.position(), "can't give argument to non-function");
    }
    return new Command(List.copyOf(operands), span(start, tokens.peek()));
  }

  private Operand operand() {
    Token token = tokens.next();
    Position position = token.position();
    return switch (token.kind()) {
      case DOT -> new Operand.Dot(position);
      case FIELD -> new Operand.Member(new Operand.Dot(position), token.text(), position);
      case VARIABLE -> {
        known(token.text(), position);
        yield new Operand.Variable(token.text(), position);
      }
      case STRING -> new Operand.Constant(new Value.Text(token.text()), position);
      case CHARACTER ->
          new Operand.Constant(new Value.Whole(token.text().codePointAt(0)), position);
      case NUMBER -> number(token);
      case WORD -> word(token);
      case LEFT -> group(position);
      default ->
          throw tokens.failureAt(
              position, "unexpected " + TokenStream.describe(token) + " in operand");
    };
  }

  private Operand number(Token token) {
    try {
      return new Operand.Constant(Numerals.parse(token.text()), token.position());
    } catch (NumberFormatException _) {
      throw tokens.failureAt(token.position(), "bad number syntax: \"" + token.text() + '"');
    }
  }

  private Operand word(Token token) {
    return switch (token.text()) {
      case "true" -> new Operand.Constant(Value.of(true), token.position());
      case "false" -> new Operand.Constant(Value.of(false), token.position());
      case "nil" -> new Operand.Constant(Value.nil(), token.position());
      default -> {
        if (!functions.contains(token.text())) {
          throw tokens.failureAt(token.position(), "function \"" + token.text() + "\" not defined");
        }
        yield new Operand.Function(token.text(), token.position());
      }
    };
  }

  private Operand group(Position start) {
    depth++;
    if (depth > Parser.MAX_DEPTH) {
      throw tokens.failureAt(start, "nested deeper than " + Parser.MAX_DEPTH + " levels");
    }
    Pipeline pipeline = pipeline(false);
    Token right = tokens.expect(Kind.RIGHT, "a closing parenthesis");
    depth--;
    return new Operand.Group(pipeline, new Position(start.start(), right.position().end()));
  }

  /// Reads the `.name`s that stick to an operand.
  private Operand withMembers(Operand operand) {
    Operand whole = operand;
    int members = 0;
    while (tokens.peek().kind() == Kind.FIELD && !tokens.peek().spaced()) {
      Token field = tokens.next();
      members++;
      if (operand instanceof Operand.Constant || members > Parser.MAX_DEPTH) {
        throw tokens.failureAt(field.position(), "unexpected <." + field.text() + ">");
      }
      whole =
          new Operand.Member(
              whole,
              field.text(),
              new Position(operand.position().start(), field.position().end()));
    }
    return whole;
  }

  private static Position span(Position start, Token behind) {
    return new Position(start.start(), Math.max(start.start(), behind.position().start()));
  }
}
