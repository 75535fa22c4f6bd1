package dev.sightline.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.template.Template.Limits;
import dev.sightline.template.function.NotificationFunctions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlEscapingTest {
  private static void check(String template, String value, String expected) {
    Value data = new Value.Structure("data", Map.of("X", new Value.Text(value)));
    assertThat(
            Template.parse(template, NotificationFunctions.of(Instant.EPOCH))
                .expand(data, Limits.DEFAULT, new HtmlEscaping()))
        .as(template)
        .isEqualTo(expected);
  }

  @Test
  void valuesAreText() {
    check("<b>{{ .X }}</b>", "<i>&\"'", "<b>&lt;i&gt;&amp;&#34;&#39;</b>");
    check("{{ .X | toUpper }}", "<a>", "&lt;A&gt;");
    check("{{ $x := .X }}{{ $x }}", "<", "&lt;");
    check("{{ define \"d\" }}{{ . }}{{ end }}{{ template \"d\" .X }}", "<", "&lt;");
  }

  @Test
  void whatTheTemplateTrustsStandsAsItIs() {
    check("{{ .X | safeHtml }}", "<i>", "<i>");
    check("{{ .X | html }}", "<i>", "&lt;i&gt;");
    check("{{ safeHtml .X | toUpper }}", "<i>", "&lt;I&gt;");
  }

  @Test
  void addressesAreNoScripts() {
    check("<a href=\"{{ .X }}\">", "https://h/?a=1&b=2", "<a href=\"https://h/?a=1&amp;b=2\">");
    check("<a HREF = '{{ .X }}'>", "page#part", "<a HREF = 'page#part'>");
    check("<a href=\"{{ .X }}\">", "javascript:alert(1)", "<a href=\"#\">");
    check("<a href=\"{{ .X }}\">", " java\nscript:alert(1)", "<a href=\"#\">");
    check("<img src=\"{{ .X }}\">", "DATA:text/html,x", "<img src=\"#\">");
    check("<a href=\"/x?{{ .X }}\">", "javascript:1", "<a href=\"/x?javascript:1\">");
  }
}
