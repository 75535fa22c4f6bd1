package dev.sightline.template;

import dev.sightline.model.query.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a template. Wherever nodes are listed, they stand in the order of this file.
sealed interface Node {
  Position position();

  /// What is written as it stands.
  record Literal(String text, Position position) implements Node {}

  /// `{{ pipeline }}`
  record Action(Pipeline pipeline, Position position) implements Node {}

  /// `{{ if pipeline }} … {{ else }} … {{ end }}`
  record If(Pipeline condition, List<Node> then, List<Node> otherwise, Position position)
      implements Node {}

  /// `{{ with pipeline }} … {{ else }} … {{ end }}`: an `if` that also sets the dot.
  record With(Pipeline subject, List<Node> then, List<Node> otherwise, Position position)
      implements Node {}

  /// `{{ range $i, $e := pipeline }} … {{ else }} … {{ end }}`
  record Range(Pipeline subject, List<Node> body, List<Node> otherwise, Position position)
      implements Node {}

  record Break(Position position) implements Node {}

  record Continue(Position position) implements Node {}

  /// `{{ template "name" pipeline }}`
  record Invocation(String name, @Nullable Pipeline argument, Position position) implements Node {}

  /// `$a, $b := command | command`
  ///
  /// @param variables with their dollar signs; at most two, and two only in a range
  /// @param declares whether they are new, `:=`, and not `=`
  record Pipeline(
      List<String> variables, boolean declares, List<Command> commands, Position position) {}

  /// What is called, or a value alone, with its arguments.
  record Command(List<Operand> operands, Position position) {}

  /// One word of a command.
  sealed interface Operand {
    Position position();

    /// A number, text, truth value or `nil`.
    record Constant(Value value, Position position) implements Operand {}

    record Dot(Position position) implements Operand {}

    /// `$name`; the dollar sign alone is the data that the template was given.
    record Variable(String name, Position position) implements Operand {}

    record Function(String name, Position position) implements Operand {}

    /// `of.name`
    record Member(Operand of, String name, Position position) implements Operand {}

    /// `(pipeline)`
    record Group(Pipeline pipeline, Position position) implements Operand {}
  }
}
