package dev.sightline.wire.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sightline.testkit.Golden;
import dev.sightline.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Reads a file of cases of one protocol, and writes what was read of each to a golden file.
///
/// The name of a case begins with `request` or `answer`. Settings: those of [Settings]; `operation`
/// where it is not the usual one, `type` for the content type, `in` and `id` for selectors of the
/// request, `text` to keep texts.
record ProtocolCases(String file, Operation usual) {
  void check() {
    StringBuilder read = new StringBuilder();
    for (CaseFile.Case test : CaseFile.read(file)) {
      read.append("=== ").append(test.name()).append('\n');
      try {
        read.append(read(test, test.input().getBytes(UTF_8)));
      } catch (PayloadException failure) {
        read.append("fails: ").append(failure.getMessage()).append('\n');
      }
    }
    Golden.check("serving-" + file, read.toString());
  }

  /// Whatever is done to a body, it is read or refused.
  void damage(int seeds) {
    List<CaseFile.Case> cases = CaseFile.read(file);
    Seeds.check(
        seeds,
        seed -> {
          Random random = new Random(seed);
          CaseFile.Case test = cases.get(random.nextInt(cases.size()));
          byte[] body = test.input().getBytes(UTF_8);
          for (int i = random.nextInt(4); i > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
          }
          try {
            read(test, Arrays.copyOf(body, body.length - random.nextInt(3) * body.length / 8));
          } catch (PayloadException _) {
            // the one failure that is declared
          }
        });
  }

  private String read(CaseFile.Case test, byte[] body) {
    Map<String, String> settings = Settings.parse(test.setting());
    ServingReader reader =
        new ServingReader(
            Protocol.JSON, List.of(), Settings.input(settings), Settings.mapping(settings));
    Operation operation = Operation.valueOf(settings.getOrDefault("operation", usual.name()));
    Payload payload = new Payload(body, settings.get("type"), -1, settings.containsKey("cut"));
    return test.name().startsWith("request")
        ? text(reader.request(operation, payload))
        : text(reader.answer(operation, payload, Settings.rows(settings)));
  }

  static String text(ScoringRequest request) {
    StringBuilder text = new StringBuilder();
    request.rows().forEach(row -> text.append(DatumText.of(row)).append('\n'));
    if (!request.params().isEmpty()) {
      text.append("params ").append(DatumText.of(request.params())).append('\n');
    }
    if (!request.ids().isEmpty()) {
      text.append("ids ").append(request.ids()).append('\n');
    }
    return text.toString();
  }

  static String text(ScoringAnswer answer) {
    StringBuilder text = new StringBuilder();
    for (ModelOutput output : answer.outputs()) {
      text.append(DatumText.of(output.value()))
          .append(" confidence ")
          .append(output.confidence())
          .append(" probabilities ")
          .append(output.probabilities())
          .append('\n');
    }
    if (!answer.model().isEmpty()) {
      text.append("of ").append(answer.model()).append(' ').append(answer.version()).append('\n');
    }
    if (answer.generation() != null) {
      text.append(answer.generation()).append('\n');
    }
    return text.toString();
  }
}
