package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is said to servers of chats, completions and embeddings, as OpenAI's API has it.
///
/// A call is one row. Its features are the numbers and flags of the request, the model asked for,
/// and how long the texts are; the texts themselves only where they are to be kept. The output says
/// why the text ended and how many tokens it took, as far as the server says so.
final class OpenAiProtocol {
  private static final Set<String> KEPT_WORDS =
      Set.of("model", "reasoning_effort", "service_tier", "encoding_format");
  private static final List<String> TEXT_KEYS = List.of("messages", "prompt", "input");
  private static final String END = "[DONE]";

  private OpenAiProtocol() {}

  static ScoringRequest decodeRequest(Payload payload, boolean keepText) {
    if (!payload.mayBeJson()
        || !(JsonDatum.read(payload.body()) instanceof Datum.Fields(Map<String, Datum> request))) {
      throw new PayloadException("a request must be a JSON object");
    }
    Map<String, Datum> features = new LinkedHashMap<>();
    request.forEach(
        (name, value) -> {
          boolean plain = value instanceof Datum.Amount || value instanceof Datum.Flag;
          boolean text = TEXT_KEYS.contains(name);
          if (plain || KEPT_WORDS.contains(name) || (text && keepText)) {
            features.put(name, value);
          }
          if (text) {
            features.put(name + "_count", amount(value instanceof Datum.Items i ? size(i) : 1));
            features.put(name + "_characters", amount((double) characters(value)));
          }
          if (name.equals("tools") && value instanceof Datum.Items tools) {
            features.put("tools_count", amount(size(tools)));
          }
        });
    return new ScoringRequest(List.of(features), Map.of());
  }

  private static int size(Datum.Items items) {
    return items.values().size();
  }

  private static Datum amount(double value) {
    return new Datum.Amount(value);
  }

  /// Of all that is text in it, but for the words that say what it is: roles and types.
  private static long characters(Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text.length();
      case Datum.Items(List<Datum> items) -> {
        long sum = 0;
        for (Datum item : items) {
          sum += characters(item);
        }
        yield sum;
      }
      case Datum.Fields(Map<String, Datum> fields) -> {
        Datum content = fields.getOrDefault("content", fields.get("text"));
        yield content == null ? 0 : characters(content);
      }
      case Datum.Missing _, Datum.Amount _, Datum.Flag _ -> 0;
    };
  }

  static ScoringAnswer decodeResponse(Operation operation, Payload payload, boolean keepText) {
    if (payload.mediaType().equals("text/event-stream")) {
      return streamed(payload, keepText);
    }
    if (!payload.mayBeJson()
        || !(JsonDatum.read(payload.body()) instanceof Datum.Fields(Map<String, Datum> answer))) {
      throw new PayloadException("an answer must be a JSON object or a stream of events");
    }
    if (operation == Operation.EMBEDDING) {
      return embedding(answer);
    }
    GeneratedText text = new GeneratedText();
    text.add(answer, "message");
    return text.answer(keepText, false);
  }

  private static ScoringAnswer streamed(Payload payload, boolean keepText) {
    GeneratedText text = new GeneratedText();
    boolean cut = payload.isCut();
    for (EventStream.Event event : EventStream.read(payload.body())) {
      if (event.data().equals(END)) {
        continue;
      }
      Map<String, Datum> chunk = chunk(event, cut);
      if (chunk != null && text.add(chunk, "delta")) {
        text.firstEndsAt(event.end());
      }
    }
    return text.answer(keepText, cut);
  }

  /// @param cut whether the stream has a gap; the event beside it is no JSON
  private static @Nullable Map<String, Datum> chunk(EventStream.Event event, boolean cut) {
    try {
      Datum chunk = JsonDatum.read(event.data().getBytes(StandardCharsets.UTF_8));
      if (chunk instanceof Datum.Fields(Map<String, Datum> fields)) {
        return fields;
      }
    } catch (PayloadException unreadable) {
      if (!cut) {
        throw unreadable;
      }
      return null;
    }
    throw new PayloadException("an event of the stream is no JSON object");
  }

  private static ScoringAnswer embedding(Map<String, Datum> answer) {
    Map<String, Datum> output = new LinkedHashMap<>();
    if (answer.get("data") instanceof Datum.Items(List<Datum> embeddings)) {
      output.put("embeddings", amount(embeddings.size()));
      if (!embeddings.isEmpty()
          && embeddings.getFirst() instanceof Datum.Fields(Map<String, Datum> first)
          && first.get("embedding") instanceof Datum.Items numbers) {
        output.put("dimensions", amount(size(numbers)));
      }
    }
    GeneratedText usage = new GeneratedText();
    usage.add(answer, "message");
    return usage.answer(output);
  }
}
