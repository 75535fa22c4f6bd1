package dev.sightline.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.promql.ast.Expr;
import org.junit.jupiter.api.Test;

class PromqlParserTest {
  private static void refuses(String query, String message) {
    BadQuery failure = catchThrowableOfType(BadQuery.class, () -> PromqlParser.parse(query));
    assertThat(failure).as(query).isNotNull();
    assertThat(failure).as(query).hasMessage(message);
  }

  private static void number(String text, double want) {
    assertThat(PromqlParser.parse(text))
        .as(text)
        .isInstanceOfSatisfying(
            Expr.NumberLiteral.class,
            number -> assertThat((Double) number.value()).isEqualTo((Double) want));
  }

  private static void prints(String query, String want) {
    assertThat(Printer.print(PromqlParser.parse(query))).as(query).isEqualTo(want);
  }

  @Test
  void readsNumbers() {
    number("1", 1);
    number("-.5e-3", -0.0005);
    number("5.", 5);
    number("0x1F", 31);
    number("017", 15);
    number("019", 19);
    number("1_000_000", 1e6);
    number("+Inf", Double.POSITIVE_INFINITY);
    number("-iNf", Double.NEGATIVE_INFINITY);
    number("NaN", Double.NaN);
    number("1h30m", 5400);
    number("100ms", 0.1);
  }

  @Test
  void readsStrings() {
    for (String text :
        new String[] {"\"a\\tb\\\"\\x41\\101\\u00b5\"", "'a\\tb\"AA\u00b5'", "`a\tb\"AA\u00b5`"}) {
      assertThat(PromqlParser.parse(text))
          .isInstanceOfSatisfying(
              Expr.StringLiteral.class,
              string -> assertThat(string.value()).isEqualTo("a\tb\"AA\u00b5"));
    }
    assertThat(Quoting.quote(((Expr.StringLiteral) PromqlParser.parse("'a\\xc5z'")).value()))
        .isEqualTo("\"a\\xc5z\"");
  }

  @Test
  void knowsWhereEverythingStands() {
    Expr.Binary sum = (Expr.Binary) PromqlParser.parse("1 +\n  rate(x[5m] offset 1m)");
    assertThat(sum.position()).isEqualTo(new Position(0, 27));
    Expr.Call rate = (Expr.Call) sum.right();
    assertThat(rate.position()).isEqualTo(new Position(6, 27));
    assertThat(rate.position().in("1 +\n  rate(x[5m] offset 1m)")).isEqualTo("2:3");
    assertThat(rate.arguments().getFirst().position()).isEqualTo(new Position(11, 26));
  }

  @Test
  void bindsAsPrometheusDoes() {
    prints("1 + 2 * 3 ^ -1", "1 + 2 * 3 ^ -1");
    prints("SUM(x)BY(a,)", "sum by (a) (x)");
    prints("sum by(\"b c\", d)(x)", "sum by (\"b c\", d) (x)");
    prints("x{a='b',}[5m:]offset-1m@end()", "x{a=\"b\"}[5m:] @ end() offset -1m");
    prints("{'x y',a!~`b.*`}", "{\"x y\",a!~\"b.*\"}");
    prints("a and on() b", "a and on () b");
    prints("a / on(x) group_left(y) fill_right(0) b", "a / on (x) group_left (y) fill_right (0) b");
    prints("rate(x[1h30m + step() * 2] @ 1.5)", "rate(x[1h30m + (step() * 2s)] @ 1.5)");
    prints(
        "sum{a='b'} + by + offset offset 5m",
        "{\"sum\",a=\"b\"} + {\"by\"} + {\"offset\"} offset 5m");
    prints("topk(3, x) # the best three", "topk(3, x)");
    prints("a:b:c > bool 1", "a:b:c > bool 1");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    refuses("", "1:1: parse error: no expression found in input");
    refuses("1 +", "1:4: parse error: unexpected end of input");
    refuses("foo bar", "1:5: parse error: unexpected identifier \"bar\"");
    refuses("foo\n  )", "2:3: parse error: unexpected right parenthesis ')'");
    refuses("(foo", "1:5: parse error: unclosed left parenthesis");
    refuses(
        "foo{a=1}", "1:7: parse error: unexpected number \"1\" in label matching, expected string");
    refuses("foo{", "1:5: parse error: unexpected end of input inside braces");
    refuses("foo{a=\"b\"", "1:10: parse error: unexpected end of input inside braces");
    refuses(
        "foo{a ^ 'b'}",
        "1:7: parse error: unexpected <op:^> in label matching, expected label matching operator");
    refuses("foo[5m", "1:7: parse error: unexpected end of input in duration expression");
    refuses(
        "foo[]",
        "1:5: parse error: unexpected \"]\" in duration expression, expected number, duration, step(), or range()");
    refuses("'foo", "1:1: parse error: unterminated quoted string");
    refuses("1.5h", "1:1: parse error: bad number or duration syntax: \"1.5h\"");
    refuses(
        "sum(1)",
        "1:5: parse error: expected type instant vector in aggregation expression, got scalar");
    refuses("sum by (foo) ()", "1:1: parse error: no arguments for aggregate expression provided");
    refuses(
        "rate(foo)",
        "1:6: parse error: expected type range vector in call to function \"rate\", got instant vector");
    refuses("nope(foo)", "1:1: parse error: unknown function with name \"nope\"");
    refuses("abs()", "1:1: parse error: expected 1 argument(s) in call to \"abs\", got 0");
    refuses(
        "round(a, 1, 2)",
        "1:1: parse error: expected at most 2 argument(s) in call to \"round\", got 3");
    refuses(
        "label_join(a)",
        "1:1: parse error: expected at least 3 argument(s) in call to \"label_join\", got 1");
    refuses(
        "a or 1", "1:1: parse error: set operator \"or\" not allowed in binary scalar expression");
    refuses(
        "a + bool b", "1:1: parse error: bool modifier can only be used on comparison operators");
    refuses(
        "1 + on(x) a", "1:1: parse error: vector matching only allowed between instant vectors");
    refuses(
        "a + on(x) group_left(x) b",
        "1:1: parse error: label \"x\" must not occur in ON and GROUP clause at once");
    refuses(
        "a and on(x) group_left b", "1:1: parse error: no grouping allowed for \"and\" operation");
    refuses("{}", "1:1: parse error: vector selector must contain at least one non-empty matcher");
    refuses(
        "{x=~\".*\"}",
        "1:1: parse error: vector selector must contain at least one non-empty matcher");
    refuses(
        "a{__name__=\"b\"}", "1:3: parse error: metric name must not be set twice: \"a\" or \"b\"");
    refuses("a[5m][5m]", "1:1: parse error: ranges only allowed for vector selectors");
    refuses("a offset 5m [5m]", "1:1: parse error: no offset modifiers allowed before range");
    refuses(
        "a[5m] + 1",
        "1:1: parse error: binary expression must contain only scalar and instant vector types");
    refuses(
        "-'a'",
        "1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got \"string\"");
    refuses("a $ b", "1:3: parse error: unexpected character: '$'");
  }

  @Test
  void refusesWhatWouldExhaustIt() {
    assertThatThrownBy(() -> PromqlParser.parse("(".repeat(2_000) + "1" + ")".repeat(2_000)))
        .isInstanceOf(BadQuery.class)
        .hasMessageContaining("nested deeper than 128 levels");
    assertThatThrownBy(() -> PromqlParser.parse("-".repeat(10_000) + "1"))
        .hasMessageContaining("nested deeper than 128 levels");
    assertThatThrownBy(() -> PromqlParser.parse("a" + "[1m:]".repeat(3_000)))
        .hasMessageContaining("more than 128 modifiers in a row");
    assertThatThrownBy(() -> PromqlParser.parse("1" + "+1".repeat(8_000)))
        .hasMessageContaining("more than 512 operators in a row");
    assertThatThrownBy(() -> PromqlParser.parse("a[" + "(".repeat(500) + "1"))
        .hasMessageContaining("nested deeper than 128 levels");
    assertThatThrownBy(() -> PromqlParser.parse("1".repeat(16_385)))
        .hasMessageContaining("query of 16385 characters, the limit is 16384");
    assertThat(PromqlParser.parse("1" + " + 1".repeat(512)).type().text()).isEqualTo("scalar");
    assertThat(PromqlParser.parse("(".repeat(127) + "1" + ")".repeat(127))).isNotNull();
  }

  @Test
  void readsASelectorAlone() {
    assertThat(PromqlParser.parseSelector("up{job=\"node\"}"))
        .containsExactly(Matcher.equal("__name__", "up"), Matcher.equal("job", "node"));
    assertThatThrownBy(() -> PromqlParser.parseSelector("up offset 1m"))
        .isInstanceOf(BadQuery.class);
    assertThatThrownBy(() -> PromqlParser.parseSelector("1")).isInstanceOf(BadQuery.class);
  }
}
