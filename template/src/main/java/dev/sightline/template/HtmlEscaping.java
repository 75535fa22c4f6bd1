package dev.sightline.template;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes values into HTML as text, and at the beginning of `href` and `src` only what is no
/// script.
///
/// Unlike Go's `html/template`, it does not know where in a page it is: attributes must stand in
/// quotes, and values do not belong into scripts and styles.
public final class HtmlEscaping implements Escaping {
  private static final int LONGEST_ATTRIBUTE = 32;
  private static final Set<String> TRUSTED = Set.of("safeHtml", "safeUrl", "html");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:href|src|action|formaction)\\s*=\\s*[\"']\\s*$");
  private static final Pattern HARMLESS =
      Pattern.compile("(?:https?:|mailto:|[/?#]|[^:/?#]*(?:[/?#]|$)).*", Pattern.DOTALL);

  @Override
  public boolean trusts(String function) {
    return TRUSTED.contains(function);
  }

  @Override
  public String escape(CharSequence before, String text) {
    return isAddress(before) && !isHarmless(text) ? "#" : escaped(text);
  }

  private static boolean isAddress(CharSequence before) {
    int from = Math.max(0, before.length() - LONGEST_ATTRIBUTE);
    String end = before.subSequence(from, before.length()).toString().toLowerCase(Locale.ROOT);
    return ADDRESS.matcher(end).find();
  }

  private static boolean isHarmless(String url) {
    return HARMLESS.matcher(url.strip().toLowerCase(Locale.ROOT)).matches();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&#34;");
        case '\'' -> escaped.append("&#39;");
        case '\0' -> escaped.append('\uFFFD');
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
