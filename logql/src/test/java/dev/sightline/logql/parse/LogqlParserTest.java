package dev.sightline.logql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.query.QueryException.BadQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogqlParserTest {
  private static void read(String query, String printed) {
    assertThat(Printer.print(LogqlParser.parse(query))).isEqualTo(printed);
  }

  @Test
  void readsLogQueries() {
    read("{ a = `b` , c!=\"\" }", "{a=\"b\", c!=\"\"}");
    read("{a=\"b\"}|=`x\"` or \"y\"!~\"z\" # why", "{a=\"b\"} |= \"x\\\"\" or \"y\" !~ \"z\"");
    read("({a=\"b\"} |= \"x\") | json", "{a=\"b\"} |= \"x\" | json");
    read("{a=\"b\"} | x>5 y=\"z\", u<1s or v>1KB", "{a=\"b\"} | x>5 and y=\"z\" and u<1s or v>1KB");
    read("{a=\"b\"} | x=1 and (y=2 or z=3)", "{a=\"b\"} | x==1 and (y==2 or z==3)");
    read("{a=\"b\"} | addr = ip(\"::1\")", "{a=\"b\"} | addr=ip(\"::1\")");
    read("{a=\"b\"} | logfmt --strict m, n=\"o\"", "{a=\"b\"} | logfmt --strict m=\"m\", n=\"o\"");
  }

  @Test
  void readsMetricQueries() {
    read("sum(rate({a=\"b\"}[5m])) by (x)", "sum by (x) (rate({a=\"b\"} [5m]))");
    read(
        "quantile_over_time(0.99, {a=\"b\"}[90s] offset 1d | json | unwrap duration(t)) by (x)",
        "quantile_over_time(0.99, {a=\"b\"} | json | unwrap duration(t) [1m30s] offset 1d) by (x)");
    read("1 + 2 * -3 ^ 4", "1 + 2 * -3 ^ 4");
    read(
        "topk(2, vector(1)) > bool on(a) group_left vector(2)",
        "topk(2, vector(1)) > bool on (a) group_left () vector(2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '\0',
      value = {
        "'' @ parse error at line 1, col 1: syntax error: unexpected $end",
        "{ @ parse error at line 1, col 2: syntax error: unexpected $end, expecting IDENTIFIER",
        "{a @ parse error at line 1, col 3: syntax error: unexpected $end, expecting =, !=, =~ or !~",
        "{a=b} @ parse error at line 1, col 4: syntax error: unexpected IDENTIFIER, expecting STRING",
        "{a=\"b\" c=\"d\"} @ parse error at line 1, col 8: syntax error: unexpected IDENTIFIER, expecting } or ,",
        "{a=\"b} @ parse error at line 1, col 4: literal not terminated",
        "{a=\"b\"} |= @ parse error at line 1, col 11: syntax error: unexpected $end, expecting STRING",
        "{a=\"b\"} | @ parse error at line 1, col 10: syntax error: unexpected $end, expecting IDENTIFIER",
        "{a=\"b\"} json @ parse error at line 1, col 9: syntax error: unexpected json",
        "{} @ parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but app=~\".+\" will",
        "{a=~\".*\"} @ parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but app=~\".+\" will",
        "{a=\"b\"} | regexp \"x\" @ parse error at line 1, col 18: at least one named capture must be supplied",
        "{a=\"b\"} | pattern \"<a><b>\" @ parse error at line 1, col 19: found consecutive capture: a literal must stand between two captures",
        "{a=\"b\"} | logfmt --loose @ parse error at line 1, col 18: unknown flag --loose, expecting --strict or --keep-empty",
        "{a=\"b\"} | label_format a=b, a=c @ parse error at line 1, col 29: multiple label name 'a' not allowed in a single format operation",
        "rate({a=\"b\"}) @ parse error at line 1, col 13: syntax error: unexpected ), expecting RANGE",
        "rate({a=\"b\"}[5]) @ parse error at line 1, col 14: not a valid duration string: \"5\"",
        "rate({a=\"b\"}[5x]) @ parse error at line 1, col 14: not a valid number, duration or size: \"5x\"",
        "sum_over_time({a=\"b\"}[5m]) @ parse error : invalid aggregation sum_over_time without unwrap",
        "count_over_time({a=\"b\"} | unwrap x [5m]) @ parse error : invalid aggregation count_over_time with unwrap",
        "rate({a=\"b\"}[5m]) by (x) @ parse error : grouping not allowed for rate aggregation",
        "topk(rate({a=\"b\"}[5m])) @ parse error : parameter required for operation topk",
        "topk(0, rate({a=\"b\"}[5m])) @ parse error : invalid parameter topk(0,",
        "sum(1, rate({a=\"b\"}[5m])) @ parse error : unsupported parameter for operation sum(1,",
        "quantile_over_time({a=\"b\"} | unwrap x [5m]) @ parse error : parameter required for operation quantile_over_time",
        "1 or vector(1) @ parse error : unexpected literal for left leg of logical/set binary operation (or)",
        "sum({a=\"b\"}) @ parse error at line 1, col 5: syntax error: unexpected {: lines become numbers within a function such as count_over_time({…}[5m])",
        "{a=~\"(\"} @ parse error at line 1, col 5: regular expression \"(\": error parsing regexp: missing closing ): `(`",
        "{a=\"b\"} |= ip(\"x\") @ parse error at line 1, col 15: ip: invalid pattern: \"x\"",
        "{a=\"b\"} & @ parse error at line 1, col 9: syntax error: unexpected character '&'",
      })
  void saysWhatIsWrong(String query, String message) {
    String text = query.equals("''") ? "" : query;
    assertThatThrownBy(() -> LogqlParser.parse(text))
        .as(query)
        .isInstanceOf(BadQuery.class)
        .hasMessage(message);
  }

  @Test
  void refusesDepthsAndLengthsThatWouldExhaustIt() {
    refused("(".repeat(10_000) + "1");
    refused("{a=\"b\"} | " + "(".repeat(10_000) + "x=1");
    refused("(".repeat(5_000) + "{a=\"b\"}");
    refused("1" + " + 1".repeat(5_000));
    refused("{a=\"b\"}" + " |= \"x\"".repeat(5_000));
    refused("{a=\"b\"} | x=1" + " and x=1".repeat(5_000));
    refused("{a=\"" + "x".repeat(200_000) + "\"}");
  }

  private static void refused(String query) {
    assertThatThrownBy(() -> LogqlParser.parse(query)).isInstanceOf(BadQuery.class);
  }

  @Test
  void readsSelectorsAlone() {
    assertThat(LogqlParser.parseSelector("{}")).isEmpty();
    assertThat(LogqlParser.parseSelector("{a=~\".*\"}")).hasSize(1);
    assertThatThrownBy(() -> LogqlParser.parseSelector("{a=\"b\"} |= \"x\""))
        .isInstanceOf(BadQuery.class);
  }
}
