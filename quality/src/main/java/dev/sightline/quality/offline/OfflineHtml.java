package dev.sightline.quality.offline;

import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import java.util.List;
import java.util.Locale;

/// Draws drift of files as one HTML page that needs nothing else: no scripts, pictures as SVG
/// within. Its size grows with features, never with rows.
public final class OfflineHtml {
  /// Beyond these, features have their row in the table and no picture.
  private static final int MOST_PICTURES = 500;

  private static final int WIDTH = 240;
  private static final int HEIGHT = 64;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#8884;--reference:#6b7a90;--current:#e0762f;--bad:#c62828;--watch:#a86500}
      @media (prefers-color-scheme:dark){:root{--reference:#93a4bd;--bad:#ff7a70;--watch:#f0b54a}}
      body{font:15px/1.45 system-ui,sans-serif;max-width:1200px;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
      td.number{text-align:right;font-variant-numeric:tabular-nums}.drifted{color:var(--bad);font-weight:600}.watch{color:var(--watch);font-weight:600}
      .small{font-size:13px;opacity:.75}.key{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 1em}
      .reference{fill:var(--reference);background:var(--reference)}.current{fill:var(--current);background:var(--current)}
      """;

  private final StringBuilder page = new StringBuilder();

  private OfflineHtml() {}

  public static String of(DriftReport report) {
    OfflineHtml html = new OfflineHtml();
    html.page(report);
    return html.page.toString();
  }

  private void page(DriftReport report) {
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Drift: ")
        .append(escaped(report.current()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(report.dataset().hasDrifted() ? "The data has drifted" : "No drift of the whole")
        .append("</h1>");
    facts(report);
    page.append(
        "<table><thead><tr><th>Feature</th><th>Verdict</th><th>Score</th><th>Threshold</th>"
            + "<th>Method</th><th>Rows with a value</th><th>Distribution</th></tr></thead><tbody>");
    int row = 0;
    for (FeatureDrift feature : report.features()) {
      feature(feature, row++ < MOST_PICTURES);
    }
    page.append("</tbody></table></body></html>\n");
  }

  private void facts(DriftReport report) {
    page.append("<p>")
        .append(report.dataset().drifted())
        .append(" of ")
        .append(report.dataset().judged())
        .append(" judged features have drifted; the whole has from a share of ")
        .append(number(report.dataset().limit()))
        .append(".</p><p><span class=\"key reference\" style=\"margin-left:0\"></span>reference ")
        .append(escaped(report.reference()))
        .append(", ")
        .append(whole(report.rowsReference()))
        .append(" rows<span class=\"key current\"></span>current ")
        .append(escaped(report.current()))
        .append(", ")
        .append(whole(report.rowsCurrent()))
        .append(" rows</p>");
    list("Only in the reference: ", report.onlyReference());
    list("Only in the current file: ", report.onlyCurrent());
    list(
        "Left out: ",
        report.skipped().entrySet().stream()
            .map(each -> each.getKey() + " (" + each.getValue() + ")")
            .toList());
  }

  private void list(String title, List<String> names) {
    if (!names.isEmpty()) {
      page.append("<p>").append(title).append(escaped(String.join(", ", names))).append("</p>");
    }
  }

  private void feature(FeatureDrift feature, boolean picture) {
    page.append("<tr><td>")
        .append(escaped(feature.feature()))
        .append("<div class=\"small\">")
        .append(escaped(feature.type()))
        .append("</div></td>");
    switch (feature.outcome()) {
      case DriftScore score -> score(score);
      case DriftOutcome.NotEnough few ->
          page.append("<td colspan=\"4\">not enough data: at least ")
              .append(few.needed())
              .append(" rows a side are needed</td>");
      case DriftOutcome.NotApplicable not ->
          page.append("<td colspan=\"4\">not compared: ")
              .append(escaped(not.why()))
              .append("</td>");
    }
    page.append("<td class=\"number\">")
        .append(whole(feature.nReference()))
        .append(" / ")
        .append(whole(feature.nCurrent()));
    if (feature.missingReference() + feature.missingCurrent() > 0) {
      page.append("<div class=\"small\">missing ")
          .append(whole(feature.missingReference()))
          .append(" / ")
          .append(whole(feature.missingCurrent()))
          .append("</div>");
    }
    page.append("</td><td>");
    if (picture) {
      histogram(feature.histogram());
    }
    page.append("</td></tr>\n");
  }

  private void score(DriftScore score) {
    String verdict = score.verdict().name().toLowerCase(Locale.ROOT);
    page.append("<td class=\"")
        .append(verdict)
        .append("\">")
        .append(verdict)
        .append("</td><td class=\"number\">")
        .append(number(score.score()))
        .append("<div class=\"small\">")
        .append(escaped(score.effectName()))
        .append(' ')
        .append(number(score.effect()))
        .append("</div></td><td class=\"number\">")
        .append(number(score.limit().drift()))
        .append("</td><td>")
        .append(score.method().id())
        .append("<div class=\"small\">")
        .append(escaped(score.variant()))
        .append(score.bins() > 0 ? ", " + score.bins() + " bins" : "")
        .append(", ")
        .append(score.source().name().toLowerCase(Locale.ROOT))
        .append("</div></td>");
  }

  /// Shares, not counts: the sides may have different numbers of rows.
  private void histogram(FeatureHistogram shape) {
    long[] current = shape.current();
    if (current == null || shape.reference().length == 0) {
      return;
    }
    double[] first = shares(shape.reference());
    double[] second = shares(current);
    double most = 0;
    for (int bin = 0; bin < first.length; bin++) {
      most = Math.max(most, Math.max(first[bin], second[bin]));
    }
    page.append("<svg width=\"")
        .append(WIDTH)
        .append("\" height=\"")
        .append(HEIGHT)
        .append("\" role=\"img\">");
    double width = (double) WIDTH / first.length;
    for (int bin = 0; bin < first.length; bin++) {
      String title = title(shape, bin, first[bin], second[bin]);
      bar(bin * width, width * 0.45, first[bin] / most, "reference", title);
      bar(bin * width + width * 0.45, width * 0.45, second[bin] / most, "current", title);
    }
    page.append("</svg>");
  }

  private void bar(double x, double width, double height, String kind, String title) {
    double tall = height * HEIGHT;
    page.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>",
            kind,
            x,
            HEIGHT - tall,
            width,
            tall,
            title));
  }

  private static String title(FeatureHistogram shape, int bin, double first, double second) {
    String name =
        shape.edges().length > 0
            ? number(shape.edges()[bin]) + " to " + number(shape.edges()[bin + 1])
            : shape.categories().get(bin);
    return escaped(name)
        + String.format(
            Locale.ROOT, ": reference %.2f %%, current %.2f %%", 100 * first, 100 * second);
  }

  private static double[] shares(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    double[] shares = new double[counts.length];
    for (int bin = 0; bin < counts.length; bin++) {
      shares[bin] = sum == 0 ? 0 : counts[bin] / sum;
    }
    return shares;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int place = 0; place < text.length(); place++) {
      char each = text.charAt(place);
      switch (each) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(each);
      }
    }
    return escaped.toString();
  }
}
