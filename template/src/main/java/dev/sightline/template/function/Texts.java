package dev.sightline.template.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.BoundedPattern;
import dev.sightline.template.TemplateFunction.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;

/// What templates do to texts: regular expressions, hosts, URLs.
public final class Texts {
  private static final int MAX_RESULT = 1_000_000;

  private Texts() {}

  /// The first letter of each word in upper case.
  public static String title(String text) {
    StringBuilder titled = new StringBuilder(text.length());
    boolean within = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      titled.append(within ? c : Character.toTitleCase(c));
      within = Character.isLetterOrDigit(c) || c == '_' || c == '\'';
    }
    return titled.toString();
  }

  /// Whether the expression matches anywhere.
  public static boolean matches(String regex, String text) {
    return compiled(regex).matcher(text).find();
  }

  /// Replaces every match; `$1`, `${1}` and `${name}` stand for groups, `$$` for a dollar sign.
  public static String replaceAll(String regex, String replacement, String text) {
    Matcher matcher = compiled(regex).matcher(text);
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      replaced.append(text, from, matcher.start());
      expand(replacement, matcher, replaced);
      from = matcher.end();
      if (replaced.length() > MAX_RESULT) {
        throw new Refusal("more than " + MAX_RESULT + " characters");
      }
    }
    return replaced.append(text, from, text.length()).toString();
  }

  private static Pattern compiled(String regex) {
    try {
      return BoundedPattern.compile(regex, 0);
    } catch (BadPatternException bad) {
      throw new Refusal(String.valueOf(bad.getMessage()));
    }
  }

  private static final java.util.regex.Pattern GROUP =
      java.util.regex.Pattern.compile("\\$(?:\\$|\\{(\\w+)\\}|(\\w+))");

  private static void expand(String replacement, Matcher found, StringBuilder into) {
    java.util.regex.Matcher groups = GROUP.matcher(replacement);
    int from = 0;
    while (groups.find()) {
      into.append(replacement, from, groups.start());
      from = groups.end();
      into.append(groups.group().equals("$$") ? "$" : group(found, groups));
    }
    into.append(replacement, from, replacement.length());
  }

  private static String group(Matcher found, MatchResult groups) {
    String name = groups.group(1) == null ? groups.group(2) : groups.group(1);
    try {
      boolean number = name.length() < 4 && name.chars().allMatch(c -> c >= '0' && c <= '9');
      int index = number ? Integer.parseInt(name) : -1;
      if (number && index > found.groupCount()) {
        return "";
      }
      String value = number ? found.group(index) : found.group(name);
      return value == null ? "" : value;
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /// The host of `host:port`; any other text as it is.
  public static String stripPort(String hostPort) {
    int colon = colonOfPort(hostPort);
    if (colon < 0) {
      return hostPort;
    }
    String host = hostPort.substring(0, colon);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// The first part of a host's name, with its port; an address stays as it is.
  public static String stripDomain(String hostPort) {
    String host = stripPort(hostPort);
    if (isAddress(host)) {
      return hostPort;
    }
    int colon = colonOfPort(hostPort);
    String port = colon < 0 ? "" : hostPort.substring(colon + 1);
    int dot = host.indexOf('.');
    String first = dot < 0 ? host : host.substring(0, dot);
    return port.isEmpty() ? first : first + ":" + port;
  }

  /// @return -1 where no port stands behind a host
  private static int colonOfPort(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return -1;
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    boolean plain = host.indexOf(':') < 0 && host.indexOf('[') < 0 && host.indexOf(']') < 0;
    return bracketed || plain ? colon : -1;
  }

  private static boolean isAddress(String host) {
    return host.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        || (host.indexOf(':') >= 0 && host.matches("[0-9a-fA-F:.]+"));
  }

  public static String queryEscape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
