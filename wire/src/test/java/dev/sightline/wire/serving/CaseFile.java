package dev.sightline.wire.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file of named inputs: `=== name`, for some cases a line `--- setting`, then the input itself.
final class CaseFile {
  record Case(String name, String setting, String input) {}

  private CaseFile() {}

  static List<Case> read(String file) {
    String text;
    try {
      text = Files.readString(Path.of("src/test/resources/serving", file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    List<Case> cases = new ArrayList<>();
    for (String block : text.split("(?m)^=== ")) {
      if (!block.isBlank()) {
        cases.add(parse(block));
      }
    }
    return cases;
  }

  private static Case parse(String block) {
    int nameEnd = block.indexOf('\n');
    String rest = block.substring(nameEnd + 1);
    String setting = "";
    if (rest.startsWith("--- ")) {
      int settingEnd = rest.indexOf('\n');
      setting = rest.substring(4, settingEnd);
      rest = rest.substring(settingEnd + 1);
    }
    return new Case(block.substring(0, nameEnd), setting, rest.strip());
  }
}
