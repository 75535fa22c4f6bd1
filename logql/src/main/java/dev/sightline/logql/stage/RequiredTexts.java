package dev.sightline.logql.stage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a line must contain for a regular expression to be found in it: one of a few texts.
///
/// @param texts at least one of them must be there; empty if nothing is known
/// @param folded whether the case of ASCII letters does not count
/// @param exact whether a line that has one of them matches for sure
record RequiredTexts(List<String> texts, boolean folded, boolean exact) {
  private static final RequiredTexts UNKNOWN = new RequiredTexts(List.of(), false, false);
  private static final int MAX_TEXTS = 16;

  RequiredTexts {
    texts = List.copyOf(texts);
  }

  /// @param regex that RE2/J has accepted
  static RequiredTexts of(String regex) {
    boolean folded = regex.startsWith("(?i)");
    Reader reader = new Reader(folded ? regex.substring(4) : regex, folded);
    Alternatives found = reader.alternatives(0);
    if (found == null || reader.at < reader.regex.length()) {
      return UNKNOWN;
    }
    return new RequiredTexts(found.texts, folded, found.exact);
  }

  /// @param texts of which one must occur
  private record Alternatives(List<String> texts, boolean exact) {
    int shortest() {
      return texts.stream().mapToInt(String::length).min().orElse(0);
    }
  }

  /// Walks over an expression; whatever it does not know ends the search without a result.
  private static final class Reader {
    private static final int MAX_DEPTH = 50;

    private final String regex;
    private final boolean folded;
    private int at;

    Reader(String regex, boolean folded) {
      this.regex = regex;
      this.folded = folded;
    }

    /// @return null if one of the branches needs no text
    @Nullable Alternatives alternatives(int depth) {
      List<String> texts = new ArrayList<>();
      boolean exact = true;
      boolean known = depth < MAX_DEPTH;
      do {
        Alternatives branch = branch(depth);
        if (branch == null) {
          known = false;
        } else {
          texts.addAll(branch.texts);
          exact &= branch.exact;
        }
      } while (accept('|'));
      return known && texts.size() <= MAX_TEXTS ? new Alternatives(texts, exact) : null;
    }

    /// The longest text that a sequence needs.
    private @Nullable Alternatives branch(int depth) {
      Branch branch = new Branch();
      while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
        atom(branch, depth);
      }
      return branch.result();
    }

    private void atom(Branch branch, int depth) {
      char c = regex.charAt(at);
      switch (c) {
        case '(' -> group(branch, depth);
        case '[' -> {
          skipClass();
          branch.something();
          quantifier();
        }
        case '.', '^', '$' -> {
          at++;
          branch.something();
          quantifier();
        }
        case '\\' -> escape(branch);
        default -> {
          int codePoint = regex.codePointAt(at);
          at += Character.charCount(codePoint);
          letter(branch, Character.toString(codePoint));
        }
      }
    }

    private void group(Branch branch, int depth) {
      at++;
      if (accept('?')) {
        boolean named = regex.startsWith("P<", at) || regex.startsWith("<", at);
        int open = named ? regex.indexOf('>', at) : at;
        if (open < 0 || (!named && regex.charAt(at) != ':')) {
          // Flags in the middle change what letters mean.
          at = regex.length() + 1;
          branch.giveUp();
          return;
        }
        at = open + 1;
      }
      Alternatives inner = alternatives(depth + 1);
      at++;
      Repetition repetition = quantifier();
      branch.inner(repetition == Repetition.OPTIONAL ? null : inner);
    }

    private void escape(Branch branch) {
      char c = at + 1 < regex.length() ? regex.charAt(at + 1) : '\0';
      if (c == 'Q' || c == 'p' || c == 'P' || c == 'x' || (c >= '0' && c <= '9')) {
        at = regex.length() + 1;
        branch.giveUp();
        return;
      }
      at += 2;
      if (Character.isLetter(c)) {
        String plain =
            switch (c) {
              case 't' -> "\t";
              case 'n' -> "\n";
              case 'r' -> "\r";
              default -> "";
            };
        if (plain.isEmpty()) {
          branch.something();
          quantifier();
        } else {
          letter(branch, plain);
        }
      } else {
        letter(branch, String.valueOf(c));
      }
    }

    private void letter(Branch branch, String letter) {
      // These two have more forms than a small and a large one.
      boolean ambiguous = folded && ("kKsS".contains(letter) || letter.charAt(0) >= 0x80);
      Repetition repetition = quantifier();
      if (ambiguous || repetition == Repetition.OPTIONAL) {
        branch.something();
      } else {
        branch.run.append(letter);
        if (repetition == Repetition.REPEATED) {
          branch.something();
        }
      }
    }

    private enum Repetition {
      ONCE,
      REPEATED,
      OPTIONAL
    }

    private Repetition quantifier() {
      Repetition repetition = Repetition.ONCE;
      while (at < regex.length()) {
        char c = regex.charAt(at);
        if (c == '?' || c == '*') {
          repetition = Repetition.OPTIONAL;
        } else if (c == '+') {
          repetition = repetition == Repetition.ONCE ? Repetition.REPEATED : repetition;
        } else if (c == '{' && regex.indexOf('}', at) > 0) {
          // The least count is not looked at: a text that may be missing is the safe answer.
          repetition = Repetition.OPTIONAL;
          at = regex.indexOf('}', at);
        } else {
          return repetition;
        }
        at++;
      }
      return repetition;
    }

    private void skipClass() {
      int i = at + 1;
      i += i < regex.length() && regex.charAt(i) == '^' ? 1 : 0;
      i += i < regex.length() && regex.charAt(i) == ']' ? 1 : 0;
      while (i < regex.length() && regex.charAt(i) != ']') {
        if (regex.startsWith("[:", i) && regex.indexOf(":]", i) > 0) {
          i = regex.indexOf(":]", i) + 2;
        } else {
          i += regex.charAt(i) == '\\' ? 2 : 1;
        }
      }
      at = i + 1;
    }

    private boolean accept(char c) {
      boolean accepted = at < regex.length() && regex.charAt(at) == c;
      at += accepted ? 1 : 0;
      return accepted;
    }
  }

  /// What is known of one sequence.
  private static final class Branch {
    private final StringBuilder run = new StringBuilder();
    private @Nullable Alternatives best;
    private boolean exact = true;
    private boolean hopeless;

    /// Anything but plain letters.
    void something() {
      exact = false;
      endRun();
    }

    void inner(@Nullable Alternatives inner) {
      something();
      if (inner != null) {
        offer(inner);
      }
    }

    void giveUp() {
      hopeless = true;
    }

    private void endRun() {
      if (!run.isEmpty()) {
        offer(new Alternatives(List.of(run.toString()), false));
        run.setLength(0);
      }
    }

    private void offer(Alternatives offered) {
      if (best == null || offered.shortest() > best.shortest()) {
        best = offered;
      }
    }

    @Nullable Alternatives result() {
      endRun();
      if (hopeless || best == null || best.shortest() == 0) {
        return null;
      }
      return new Alternatives(best.texts, exact);
    }
  }
}
