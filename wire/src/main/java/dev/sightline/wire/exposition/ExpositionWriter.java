package dev.sightline.wire.exposition;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterSample;
import dev.sightline.model.series.ValueText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Writes meters as exposition text 0.0.4, which every scraper reads.
public final class ExpositionWriter {
  private ExpositionWriter() {}

  /// The text of `families`, in their order.
  public static String write(List<MeterFamily> families) {
    StringBuilder text = new StringBuilder(4096);
    for (MeterFamily family : families) {
      String name = isPlain(family.name(), true) ? family.name() : quoted(family.name());
      text.append("# HELP ").append(name).append(' ');
      text.append(Escapes.encode(family.help(), false)).append('\n');
      text.append("# TYPE ").append(name).append(' ');
      text.append(family.type().name().toLowerCase(Locale.ROOT)).append('\n');
      family.samples().forEach(sample -> append(text, sample));
    }
    return text.toString();
  }

  /// As the other [#write], in UTF-8.
  public static void write(List<MeterFamily> families, OutputStream out) throws IOException {
    out.write(write(families).getBytes(StandardCharsets.UTF_8));
  }

  private static void append(StringBuilder text, MeterSample sample) {
    boolean plain = isPlain(sample.name(), true);
    Labels labels = sample.labels();
    text.append(plain ? sample.name() : "");
    if (!plain || !labels.isEmpty()) {
      text.append('{').append(plain ? "" : quoted(sample.name()));
      for (int i = 0; i < labels.size(); i++) {
        text.append(plain && i == 0 ? "" : ",");
        text.append(isPlain(labels.name(i), false) ? labels.name(i) : quoted(labels.name(i)));
        text.append('=').append(quoted(labels.value(i)));
      }
      text.append('}');
    }
    text.append(' ').append(ValueText.of(sample.value())).append('\n');
  }

  private static String quoted(String text) {
    return '"' + Escapes.encode(text, true) + '"';
  }

  /// Whether a name may stand without quotes.
  private static boolean isPlain(String name, boolean colons) {
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      return false;
    }
    return name.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || (colons && c == ':'));
  }
}
