package dev.sightline.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.template.Template.Limits;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.function.PrometheusFunctions;
import dev.sightline.template.function.TemplateQueries.Element;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The language and Prometheus's functions. What is expected is what Go's `text/template` and
/// Prometheus write.
class TemplateTest {
  private static final Map<String, TemplateFunction> FUNCTIONS =
      PrometheusFunctions.of(
          TemplateTest::answer, URI.create("https://watch.example/x"), new FakeClock(1_500));

  private static final Value DATA =
      new Value.Structure(
          "data",
          Map.of(
              "Labels", Value.Mapping.ofTexts(Map.of("instance", "a:80", "job", "api")),
              "Value", new Value.Real(1_234_567.5),
              "Count", new Value.Whole(3),
              "Empty", new Value.Text(""),
              "List",
                  new Value.Sequence(
                      List.of(new Value.Text("x"), new Value.Text("y"), new Value.Text("z")))));

  private static List<Element> answer(String expression) {
    return switch (expression) {
      case "up" ->
          List.of(
              new Element(Labels.of("__name__", "up", "job", "b"), 1),
              new Element(Labels.of("__name__", "up", "job", "a"), 0));
      case "none" -> List.of();
      default -> throw new Refusal("no answer");
    };
  }

  private static void check(String template, String expected) {
    assertThat(Template.parse(template, FUNCTIONS).expand(DATA)).as(template).isEqualTo(expected);
  }

  private static void fails(String template, String message) {
    assertThatThrownBy(() -> Template.parse(template, FUNCTIONS).expand(DATA))
        .as(template)
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void writesTextAndValues() {
    check("", "");
    check("plain } text", "plain } text");
    check("{{ .Labels.job }} on {{ .Labels.instance }}", "api on a:80");
    check("[{{ .Labels.missing }}]", "[]");
    check("{{ .Value }} {{ .Count }} {{ true }}", "1.2345675e+06 3 true");
    check("{{ .Labels }}", "map[instance:a:80 job:api]");
    check("{{ .List }}", "[x y z]");
    check("{{ \"a\\tb\\u00e9\" }}{{ `raw\\n` }}", "a\tbé" + "raw\\n");
    check("{{ 'a' }} {{ 0x10 }} {{ 1_000 }} {{ 1e3 }} {{ .5 }} {{ -7 }}", "97 16 1000 1000 0.5 -7");
  }

  @Test
  void trimsAndSkipsComments() {
    check("a  {{- \" b\" -}}  c", "a bc");
    check("a {{/* nothing */}} b", "a  b");
    check("a {{- /* nothing */ -}} b", "ab");
    check("{{ 3 -}}\n\t 4", "34");
    check("{{-3}}", "-3");
  }

  @Test
  void branches() {
    check("{{ if .Empty }}a{{ else if .Count }}b{{ else }}c{{ end }}", "b");
    check("{{ if not .Count }}a{{ else }}c{{ end }}", "c");
    check("{{ with .Labels.job }}<{{ . }}>{{ end }}", "<api>");
    check("{{ with .Empty }}a{{ else with .Labels.job }}{{ . }}{{ else }}b{{ end }}", "api");
    check("{{ with $x := .Count }}{{ $x }}{{ end }}", "3");
    check("{{ if and .Count (gt .Value 5.0) }}yes{{ end }}", "yes");
    check("{{ or .Empty \"none\" }}{{ and .Empty (first (query \"none\")) }}", "none");
  }

  @Test
  void ranges() {
    check("{{ range .List }}{{ . }},{{ end }}", "x,y,z,");
    check("{{ range $i, $e := .List }}{{ $i }}{{ $e }} {{ end }}", "0x 1y 2z ");
    check("{{ range $k, $v := .Labels }}{{ $k }}={{ $v }};{{ end }}", "instance=a:80;job=api;");
    check("{{ range query \"none\" }}a{{ else }}nothing{{ end }}", "nothing");
    check("{{ range .List }}{{ if eq . \"y\" }}{{ continue }}{{ end }}{{ . }}{{ end }}", "xz");
    check("{{ range .List }}{{ if eq . \"y\" }}{{ break }}{{ end }}{{ . }}{{ end }}", "x");
    check("{{ range .List }}{{ $.Count }}{{ end }}", "333");
    check("{{ range 3 }}{{ . }}{{ end }}", "012");
  }

  @Test
  void keepsVariablesInTheirBlock() {
    check("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}", "2");
    check("{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ end }}{{ $x }}", "1");
    check("{{ $l := .Labels }}{{ $l.job }}{{ ($l).job }}", "apiapi");
    fails("{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}", "1:39: undefined variable \"$x\"");
  }

  @Test
  void seesVariablesThatItIsGiven() {
    Template template = Template.parse("{{ $value }} {{ $.Count }}", FUNCTIONS, Set.of("$value"));
    assertThat(template.expand(DATA, Map.of("$value", new Value.Real(0.5)), Limits.DEFAULT))
        .isEqualTo("0.5 3");
  }

  @Test
  void definesAndInvokes() {
    check("{{ define \"a\" }}<{{ . }}>{{ end }}{{ template \"a\" .Count }}", "<3>");
    check("{{ block \"b\" .List }}{{ len . }}{{ end }}", "3");
    assertThat(
            Template.parse("{{ template \"x\" . }}", FUNCTIONS)
                .with("{{ define \"x\" }}{{ .Count }}{{ end }}")
                .expand(DATA))
        .isEqualTo("3");
    fails("{{ template \"none\" }}", "1:1: template \"none\" not defined");
  }

  @Test
  void compares() {
    check("{{ eq .Labels.job \"x\" \"api\" }} {{ ne 1 2 }}", "true true");
    check("{{ lt 1 2 }}{{ le 2 2 }}{{ gt 1.5 1.0 }}{{ ge \"b\" \"a\" }}", "truetruetruetrue");
    fails("{{ eq .Value 1 }}", "1:4: error calling eq: incompatible types for comparison");
    fails("{{ lt .Labels .Labels }}", "1:4: error calling lt: invalid type for comparison");
  }

  @Test
  void looksIntoValues() {
    check("{{ len .Labels }} {{ len \"héh\" }} {{ index .List 1 }}", "2 4 y");
    check("{{ index .Labels \"job\" }} {{ slice \"abcdef\" 1 3 }}", "api bc");
    check(
        "{{ html \"<a>'\" }} {{ js \"a'b\" }} {{ urlquery \"a b&\" }}",
        "&lt;a&gt;&#39; a\\'b a+b%26");
    check("{{ print 1 2 \"x\" 3 }}{{ println \"a\" 1 }}", "1 2x3a 1\n");
    fails("{{ index .List 7 }}", "1:4: error calling index: index out of range: 7");
    fails("{{ .Labels.job.x }}", "1:4: can't evaluate field x in type string");
    fails("{{ .Nothing }}", "1:4: can't evaluate field Nothing in type data");
  }

  @Test
  void formatsAsGo() {
    check(
        "{{ printf \"%.2f|%5.1f|%-6s|%06d|%+d\" 3.14159 2.5 \"ab\" 42 7 }}",
        "3.14|  2.5|ab    |000042|+7");
    check("{{ printf \"%v %v %v %v\" 1.0 1e21 .Count true }}", "1 1e+21 3 true");
    check(
        "{{ printf \"%g %g %.3g %e %E\" 1000000.0 0.00001 1234.5678 12345.678 0.5 }}",
        "1e+06 1e-05 1.23e+03 1.234568e+04 5.000000E-01");
    check("{{ printf \"%s %d\" 1.5 \"x\" }}", "%!s(float64=1.5) %!d(string=x)");
    check(
        "{{ printf \"%d\" }} {{ printf \"a\" 1 }} {{ printf \"%\" }}",
        "%!d(MISSING) a%!(EXTRA int=1) %!(NOVERB)");
    check(
        "{{ printf \"%q %x %X %t %% %c %U %T\" \"a\\\"b\" 255 \"hi\" true 65 65 1.5 }}",
        "\"a\\\"b\" ff 6869 true % A U+0041 float64");
    check("{{ printf \"%.0f %.0f %.0f\" 0.5 1.5 2.5 }}", "0 2 2");
    check("{{ printf \"%08.3f|%*d\" -3.14159 5 42 }}", "-003.142|   42");
    check("{{ .Value | printf \"%.1f%%\" }}", "1234567.5%");
  }

  @Test
  void humanizesAsPrometheus() {
    check("{{ humanize 0.0 }} {{ humanize 1.0 }} {{ humanize 1234567.0 }}", "0 1 1.235M");
    check(
        "{{ humanize 0.12 }} {{ humanize .Value }} {{ humanize \"-7654\" }}",
        "120m 1.235M -7.654k");
    check("{{ humanize 1e30 }} {{ humanize 999.99999 }}", "1e+06Y 1000");
    check(
        "{{ humanize1024 0.0 }} {{ humanize1024 1048576.0 }} {{ humanize1024 .12 }}", "0 1Mi 0.12");
    check("{{ range .List }}{{ end }}{{ humanizeDuration 0 }} {{ humanizeDuration 1 }}", "0s 1s");
    check(
        "{{ humanizeDuration 60 }} {{ humanizeDuration 3600 }} {{ humanizeDuration 86400 }}",
        "1m 0s 1h 0m 0s 1d 0h 0m 0s");
    check(
        "{{ humanizeDuration 190.123 }} {{ humanizeDuration -2 }} {{ humanizeDuration .12345 }}",
        "3m 10s -2s 123.5ms");
    check("{{ humanizeDuration 59.9999 }} {{ humanizeDuration 1e-7 }}", "60s 100ns");
    check("{{ humanizePercentage 0.1234567 }} {{ humanizePercentage 1 }}", "12.35% 100%");
    check("{{ humanizeTimestamp 1435065584.128 }}", "2015-06-23 13:19:44.128 +0000 UTC");
    check("{{ humanizeTimestamp \"Inf\" }} {{ humanize \"NaN\" }}", "+Inf NaN");
    check(
        "{{ (1435065584 | toTime).Format \"2006-01-02T15:04:05Z07:00\" }}", "2015-06-23T13:19:44Z");
    check("{{ toDuration 3725.5 }} {{ parseDuration \"1h30m\" }}", "1h2m5.5s 5400");
    fails(
        "{{ humanize .List }}",
        "1:4: error calling humanize: can't convert []interface {} to float");
  }

  @Test
  void rewritesTexts() {
    check(
        "{{ title \"high error rate\" }} {{ toUpper \"aé\" }} {{ toLower \"AÉ\" }}",
        "High Error Rate AÉ aé");
    check("{{ match \"a+\" \"baa\" }} {{ match \"^a\" \"ba\" }}", "true false");
    check("{{ reReplaceAll \"(a)(b)\" \"${2}$1\" \"abcab\" }}", "bacba");
    check("{{ reReplaceAll \"(a)(b)\" \"$2$1x$$\" \"ab\" }}", "b$");
    check(
        "{{ \"localhost:9090\" | stripPort }} {{ stripPort \"[::1]:9090\" }} {{ stripPort \"x\" }}",
        "localhost ::1 x");
    check(
        "{{ stripDomain \"web.example.org:80\" }} {{ stripDomain \"10.0.0.1:80\" }}",
        "web:80 10.0.0.1:80");
    check("{{ with args 1 \"b\" }}{{ .arg0 }}{{ .arg1 }}{{ end }}", "1b");
    check("{{ urlQueryEscape \"a b=c&d~*\" }}", "a+b%3Dc%26d~%2A");
    check(
        "{{ graphLink \"up{}\" }} {{ tableLink \"up\" }}",
        "/graph?g0.expr=up%7B%7D&g0.tab=0 /graph?g0.expr=up&g0.tab=1");
    check("{{ externalURL }} {{ pathPrefix }} {{ now }}", "https://watch.example/x /x 1");
    fails(
        "{{ match \"(\" \"a\" }}",
        "1:4: error calling match: regular expression \"(\": error parsing regexp: missing closing ): `(`");
  }

  @Test
  void asksQueries() {
    check(
        "{{ with query \"up\" }}{{ . | first | label \"job\" }}={{ . | first | value }}{{ end }}",
        "b=1");
    check(
        "{{ range query \"up\" | sortByLabel \"job\" }}{{ .Labels.job }}{{ .Value }} {{ end }}",
        "a0 b1 ");
    fails(
        "{{ query \"none\" | first }}",
        "1:19: error calling first: first() called on vector with no elements");
    fails("x\n {{ query \"bad\" }}", "2:5: error calling query: no answer");
  }

  @Test
  void refusesWhatIsNoTemplate() {
    fails("{{ nope }}", "1:4: function \"nope\" not defined");
    fails("a\nb {{ if .x }}", "2:14: unexpected end of text, {{end}} is missing");
    fails("{{ end }}", "1:10: unexpected {{end}} or {{else}}");
    fails("{{", "1:1: unclosed action");
    fails("{{ \"a }}", "1:4: unterminated quoted string");
    fails("{{ . | }}", "1:8: missing value for command");
    fails("{{ 1 2 }}", "1:4: can't give argument to non-function");
    fails("{{ (1 }}", "1:7: unexpected \"}}\", expected a closing parenthesis");
    fails("{{ break }}", "1:4: {{break}} outside {{range}}");
    fails("{{ .a.b! }}", "1:8: unexpected character '!' in an action");
    fails("{{ 08 }}", "1:4: bad number syntax: \"08\"");
    fails("{{ /* c }}", "1:4: unexpected character '/' in an action");
    fails("{{/* c }}", "1:1: unclosed comment");
    fails("{{ humanize }}", "1:4: wrong number of args for humanize: want 1 got 0");
  }

  @Test
  void isBounded() {
    Limits small = new Limits(100, 1_000, 10);
    bounded("{{ range 2000 }}{{ end }}", small, "1:1: range over more than 1000 elements");
    bounded(
        "{{ range 900 }}{{ 1 | print \"\" | len }}{{ end }}",
        new Limits(10_000, 1_000, 10),
        "1:23: more than 1000 steps");
    bounded("{{ range 200 }}a{{ end }}", small, "1:16: more than 100 characters");
    bounded(
        "{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}",
        small,
        "1:17: templates invoke each other more than 10 deep");
    bounded(
        "{{ $x := \"0123456789\" }}{{ range 99 }}{{ $x = print $x $x }}{{ end }}",
        small,
        "1:47: error calling print: more than 100 characters");
    bounded(
        "{{ printf \"%9999d\" 1 }}", small, "1:4: error calling printf: more than 100 characters");
    fails("{{ if 1 }}".repeat(200), "1:1007: nested deeper than 100 levels");
    fails("{{ " + "(".repeat(200), "1:1: unclosed action");
    fails("{{ " + "(".repeat(200) + " }}", "1:104: nested deeper than 100 levels");
  }

  private static void bounded(String template, Limits limits, String message) {
    assertThatThrownBy(() -> Template.parse(template, FUNCTIONS).expand(DATA, limits))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void anyTextExpandsOrFailsWithAPlace() {
    List<String> pieces =
        List.of(
            "{{",
            "}}",
            "-}}",
            "{{- ",
            " ",
            "if",
            "range",
            "end",
            "else",
            ".Labels",
            ".List",
            "$x",
            ":=",
            "=",
            "|",
            "(",
            ")",
            "\"a\"",
            "`b`",
            "1",
            "1.5",
            "printf",
            "\"%v%d\"",
            "index",
            "humanize",
            "eq",
            "with",
            "define",
            "template",
            "\"t\"",
            "break",
            ",",
            "'",
            "\\",
            "/*",
            "*/",
            "query",
            "first",
            "and",
            "nil",
            "\n",
            "é",
            ".",
            "\0");
    Seeds.check(
        3_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          StringBuilder text = new StringBuilder();
          for (int i = random.nextInt(30); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
          }
          try {
            Template.parse(text.toString(), FUNCTIONS).expand(DATA, new Limits(1_000, 1_000, 10));
          } catch (TemplateException declared) {
            assertThat(declared.getMessage()).matches("(?s)\\d+:\\d+: .*");
          }
        });
  }
}
