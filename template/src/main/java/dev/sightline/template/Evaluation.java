package dev.sightline.template;

import dev.sightline.model.query.Position;
import dev.sightline.template.Node.Command;
import dev.sightline.template.Node.Operand;
import dev.sightline.template.Node.Pipeline;
import dev.sightline.template.Template.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One expansion of a template: walks the tree and writes.
///
/// Owned by one thread.
final class Evaluation {
  /// These look at an argument only if those before it leave the answer open.
  static final Set<String> SHORT_CIRCUITS = Set.of("and", "or");

  private final Map<String, TemplateFunction> functions;
  private final Map<String, Template.Source> named;
  private final Limits limits;
  private final Escaping escaping;
  private final StringBuilder out = new StringBuilder();
  private List<Variable> variables = new ArrayList<>();
  private String source = "";
  private int steps;
  private int depth;

  private static final class Variable {
    private final String name;
    private Value value;

    Variable(String name, Value value) {
      this.name = name;
      this.value = value;
    }
  }

  /// How a list of nodes ended.
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  Evaluation(
      Map<String, TemplateFunction> functions,
      Map<String, Template.Source> named,
      Limits limits,
      Escaping escaping) {
    this.functions = functions;
    this.named = named;
    this.limits = limits;
    this.escaping = escaping;
  }

  String run(String whole, Value data, Map<String, Value> given) {
    source = whole;
    invoke("", data, given, new Position(0, 0));
    return out.toString();
  }

  private void invoke(String name, Value data, Map<String, Value> given, Position position) {
    Template.Source called = named.get(name);
    if (called == null) {
      throw failure(position, "template \"" + name + "\" not defined");
    }
    depth++;
    if (depth > limits.depth()) {
      throw failure(position, "templates invoke each other more than " + limits.depth() + " deep");
    }
    List<Variable> outside = variables;
    String outsideSource = source;
    source = called.text();
    variables = new ArrayList<>();
    given.forEach((variable, value) -> set(variable, value, true, position));
    set("$", data, true, position);
    walk(called.nodes(), data);
    variables = outside;
    source = outsideSource;
    depth--;
  }

  private Flow walk(List<Node> nodes, Value dot) {
    for (Node node : nodes) {
      Flow flow = walk(node, dot);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow walk(Node node, Value dot) {
    step(node.position());
    return switch (node) {
      case Node.Literal literal -> write(literal.text(), literal.position());
      case Node.Action action -> {
        Value value = evaluate(action.pipeline(), dot);
        yield action.pipeline().variables().isEmpty()
            ? write(escaped(action.pipeline(), value), action.position())
            : Flow.ON;
      }
      case Node.If branch ->
          branch(branch.condition(), branch.then(), branch.otherwise(), dot, false);
      case Node.With branch ->
          branch(branch.subject(), branch.then(), branch.otherwise(), dot, true);
      case Node.Range range -> range(range, dot);
      case Node.Break _ -> Flow.BREAK;
      case Node.Continue _ -> Flow.CONTINUE;
      case Node.Invocation invocation -> {
        Pipeline argument = invocation.argument();
        Value data = argument == null ? Value.nil() : evaluate(argument, dot);
        invoke(invocation.name(), data, Map.of(), invocation.position());
        yield Flow.ON;
      }
    };
  }

  private String escaped(Pipeline pipeline, Value value) {
    String text = Printing.print(value, limits.characters());
    Operand last = pipeline.commands().getLast().operands().getFirst();
    boolean trusted = last instanceof Operand.Function function && escaping.trusts(function.name());
    return trusted ? text : escaping.escape(out, text);
  }

  private Flow branch(
      Pipeline subject, List<Node> then, List<Node> otherwise, Value dot, boolean setsDot) {
    int mark = variables.size();
    Value value = evaluate(subject, dot);
    Flow flow = value.isTrue() ? walk(then, setsDot ? value : dot) : walk(otherwise, dot);
    forget(mark);
    return flow;
  }

  private Flow range(Node.Range range, Value dot) {
    int mark = variables.size();
    Value subject = commands(range.subject(), dot);
    List<Value> keys = new ArrayList<>();
    List<Value> elements = new ArrayList<>();
    switch (subject) {
      case Value.Sequence sequence -> {
        for (Value element : sequence.elements()) {
          keys.add(new Value.Whole(keys.size()));
          elements.add(element);
        }
      }
      case Value.Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  (key, element) -> {
                    keys.add(new Value.Text(key));
                    elements.add(element);
                  });
      case Value.Whole(long count) -> {
        if (count > limits.steps()) {
          throw failure(range.position(), "range over more than " + limits.steps() + " elements");
        }
        for (long i = 0; i < count; i++) {
          keys.add(new Value.Whole(i));
          elements.add(new Value.Whole(i));
        }
      }
      case Value.Nil _ -> {}
      default ->
          throw failure(
              range.position(), "range can't iterate over a value of type " + subject.type());
    }
    Flow flow = elements.isEmpty() ? walk(range.otherwise(), dot) : Flow.ON;
    for (int i = 0; i < elements.size(); i++) {
      int inner = variables.size();
      step(range.position());
      bind(range.subject(), keys.get(i), elements.get(i));
      Flow ended = walk(range.body(), elements.get(i));
      forget(inner);
      if (ended == Flow.BREAK) {
        break;
      }
    }
    forget(mark);
    return flow;
  }

  /// Sets the variables of a range: one is the element, two are key and element.
  private void bind(Pipeline subject, Value key, Value element) {
    List<String> names = subject.variables();
    for (int i = 0; i < names.size(); i++) {
      Value value = i == 0 && names.size() == 2 ? key : element;
      set(names.get(i), value, subject.declares(), subject.position());
    }
  }

  private Value evaluate(Pipeline pipeline, Value dot) {
    Value value = commands(pipeline, dot);
    if (pipeline.variables().size() == 1) {
      set(pipeline.variables().getFirst(), value, pipeline.declares(), pipeline.position());
    }
    return value;
  }

  private Value commands(Pipeline pipeline, Value dot) {
    Value value = null;
    for (Command command : pipeline.commands()) {
      value = evaluate(command, dot, value);
    }
    if (value == null) {
      throw new IllegalStateException("BUG: a pipeline without a command");
    }
    return value;
  }

  /// @param piped the value of the command before; null for the first
  private Value evaluate(Command command, Value dot, @Nullable Value piped) {
    step(command.position());
    Operand first = command.operands().getFirst();
    List<Operand> rest = command.operands().subList(1, command.operands().size());
    return switch (first) {
      case Operand.Function function -> call(function, rest, dot, piped);
      case Operand.Member member -> {
        Value of = value(member.of(), dot);
        yield member(of, member.name(), arguments(rest, dot, piped), member.position());
      }
      case Operand.Constant _, Operand.Dot _, Operand.Variable _, Operand.Group _ -> {
        if (!rest.isEmpty() || piped != null) {
          throw failure(first.position(), "can't give argument to non-function");
        }
        yield value(first, dot);
      }
    };
  }

  private List<Value> arguments(List<Operand> operands, Value dot, @Nullable Value piped) {
    List<Value> arguments = new ArrayList<>(operands.size() + 1);
    for (Operand operand : operands) {
      arguments.add(value(operand, dot));
    }
    if (piped != null) {
      arguments.add(piped);
    }
    return arguments;
  }

  private Value value(Operand operand, Value dot) {
    return switch (operand) {
      case Operand.Constant(Value value, _) -> value;
      case Operand.Dot _ -> dot;
      case Operand.Variable(String name, Position position) -> find(name, position).value;
      case Operand.Function function -> call(function, List.of(), dot, null);
      case Operand.Member member ->
          member(value(member.of(), dot), member.name(), List.of(), member.position());
      case Operand.Group(Pipeline pipeline, _) -> {
        int mark = variables.size();
        Value value = evaluate(pipeline, dot);
        forget(mark);
        yield value;
      }
    };
  }

  private Value call(
      Operand.Function function, List<Operand> rest, Value dot, @Nullable Value piped) {
    String name = function.name();
    if (SHORT_CIRCUITS.contains(name) && !functions.containsKey(name)) {
      return shortCircuit(function, rest, dot, piped);
    }
    TemplateFunction known = functions.get(name);
    if (known == null) {
      known = Builtins.FUNCTIONS.get(name);
    }
    if (known == null) {
      throw failure(function.position(), "function \"" + name + "\" not defined");
    }
    return apply(name, known, arguments(rest, dot, piped), function.position());
  }

  private Value shortCircuit(
      Operand.Function function, List<Operand> rest, Value dot, @Nullable Value piped) {
    boolean stopsAt = function.name().equals("or");
    Value last = null;
    for (Operand operand : rest) {
      last = value(operand, dot);
      if (last.isTrue() == stopsAt) {
        return last;
      }
    }
    Value end = piped == null ? last : piped;
    if (end == null) {
      throw failure(
          function.position(), "wrong number of args for " + function.name() + ": want at least 1");
    }
    return end;
  }

  private Value apply(
      String name, TemplateFunction function, List<Value> arguments, Position position) {
    step(position);
    int given = arguments.size();
    if (given < function.least() || given > function.most()) {
      String want =
          function.least() == function.most()
              ? String.valueOf(function.least())
              : "at least " + function.least();
      throw failure(
          position, "wrong number of args for " + name + ": want " + want + " got " + given);
    }
    Value result;
    try {
      result =
          Builtins.isPrinting(name) && !functions.containsKey(name)
              ? new Value.Text(Builtins.print(name, arguments, limits.characters()))
              : function.body().call(arguments);
    } catch (TemplateFunction.Refusal refusal) {
      throw failure(position, "error calling " + name + ": " + refusal.getMessage());
    }
    if (result instanceof Value.Text(String text)) {
      checkLength(text.length(), position);
    }
    return result;
  }

  private Value member(Value of, String name, List<Value> arguments, Position position) {
    Map<String, TemplateFunction> methods =
        switch (of) {
          case Value.Structure structure -> structure.methods();
          case Value.Mapping mapping -> mapping.methods();
          case Value.Sequence sequence -> sequence.methods();
          case Value.Moment moment -> Moments.methods(moment);
          case Value.Span span -> Moments.methods(span);
          default -> Map.of();
        };
    TemplateFunction method = methods.get(name);
    if (method != null) {
      return apply(name, method, arguments, position);
    }
    if (!arguments.isEmpty()) {
      throw failure(position, name + " has arguments but cannot be invoked as function");
    }
    return switch (of) {
      case Value.Mapping mapping -> mapping.entries().getOrDefault(name, mapping.absent());
      case Value.Structure structure when structure.fields().containsKey(name) ->
          structure.fields().getOrDefault(name, Value.nil());
      case Value.Nil _ -> throw failure(position, "nil pointer evaluating interface {}." + name);
      default -> throw failure(position, "can't evaluate field " + name + " in type " + of.type());
    };
  }

  private Variable find(String name, Position position) {
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name.equals(name)) {
        return variables.get(i);
      }
    }
    throw failure(position, "undefined variable \"" + name + '"');
  }

  private void set(String name, Value value, boolean declares, Position position) {
    if (declares) {
      variables.add(new Variable(name, value));
    } else {
      find(name, position).value = value;
    }
  }

  private void forget(int mark) {
    variables.subList(mark, variables.size()).clear();
  }

  private Flow write(String text, Position position) {
    checkLength(out.length() + text.length(), position);
    out.append(text);
    return Flow.ON;
  }

  private void checkLength(int length, Position position) {
    if (length > limits.characters()) {
      throw failure(position, "more than " + limits.characters() + " characters");
    }
  }

  private void step(Position position) {
    steps++;
    if (steps > limits.steps()) {
      throw failure(position, "more than " + limits.steps() + " steps");
    }
  }

  private TemplateException failure(Position position, String message) {
    return new TemplateException(source, position, message);
  }
}
