package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A generated text, put together from the whole answer or from the chunks of a stream.
///
/// The confidence is the geometric mean of the tokens' probabilities, where the server says them
/// (`logprobs`). Of several choices all count, and the first says why it ended.
final class GeneratedText {
  private final StringBuilder text = new StringBuilder();
  private final Set<String> toolCalls = new HashSet<>();
  private String model = "";
  private String finishReason = "";
  private @Nullable Long promptTokens;
  private @Nullable Long completionTokens;
  private long pieces;
  private double logProbabilities;
  private long logProbabilityCount;
  private int firstTokenEnd = -1;

  /// @param key where a choice has its message: `message`, or `delta` in a stream
  /// @return whether it brought text, or part of a call of a tool
  boolean add(Map<String, Datum> chunk, String key) {
    if (chunk.get("model") instanceof Datum.Text(String name)) {
      model = name;
    }
    if (chunk.get("usage") instanceof Datum.Fields(Map<String, Datum> usage)) {
      promptTokens = count(usage.get("prompt_tokens"), promptTokens);
      completionTokens = count(usage.get("completion_tokens"), completionTokens);
    }
    if (chunk.containsKey("error")) {
      finishReason = "error";
    }
    boolean brought = false;
    if (chunk.get("choices") instanceof Datum.Items(List<Datum> choices)) {
      for (Datum choice : choices) {
        brought |=
            choice instanceof Datum.Fields(Map<String, Datum> fields) && addChoice(fields, key);
      }
    }
    return brought;
  }

  private boolean addChoice(Map<String, Datum> choice, String key) {
    if (finishReason.isEmpty()
        && choice.get("finish_reason") instanceof Datum.Text(String reason)) {
      finishReason = reason;
    }
    if (choice.get("logprobs") instanceof Datum.Fields(Map<String, Datum> logprobs)) {
      addLogProbabilities(logprobs);
    }
    boolean brought = addText(choice.get("text"));
    if (choice.get(key) instanceof Datum.Fields(Map<String, Datum> message)) {
      brought |= addText(message.get("content"));
      brought |= addToolCalls(message.get("tool_calls"));
    }
    return brought;
  }

  private boolean addText(@Nullable Datum piece) {
    if (!(piece instanceof Datum.Text(String content)) || content.isEmpty()) {
      return false;
    }
    text.append(content);
    pieces++;
    return true;
  }

  private boolean addToolCalls(@Nullable Datum calls) {
    if (!(calls instanceof Datum.Items(List<Datum> items)) || items.isEmpty()) {
      return false;
    }
    for (int i = 0; i < items.size(); i++) {
      Datum index =
          items.get(i) instanceof Datum.Fields(Map<String, Datum> call) ? call.get("index") : null;
      String name = index == null ? null : ModelOutput.className(index);
      toolCalls.add(name == null ? Integer.toString(i) : name);
    }
    return true;
  }

  /// Of a chat they are objects, of a completion a list of numbers.
  private void addLogProbabilities(Map<String, Datum> logprobs) {
    Datum tokens = logprobs.getOrDefault("content", logprobs.get("token_logprobs"));
    if (!(tokens instanceof Datum.Items(List<Datum> items))) {
      return;
    }
    for (Datum item : items) {
      Datum value =
          item instanceof Datum.Fields(Map<String, Datum> token) ? token.get("logprob") : item;
      if (value instanceof Datum.Amount(double logarithm) && logarithm <= 0) {
        logProbabilities += logarithm;
        logProbabilityCount++;
      }
    }
  }

  private static @Nullable Long count(@Nullable Datum value, @Nullable Long otherwise) {
    return value instanceof Datum.Amount(double count) && count >= 0 && count < 1e15
        ? (Long) (long) count
        : otherwise;
  }

  /// Where the first piece of text was complete.
  void firstEndsAt(int end) {
    if (firstTokenEnd < 0) {
      firstTokenEnd = end;
    }
  }

  /// @param cut whether parts of the stream are not known; then its length is not, either
  ScoringAnswer answer(boolean keepText, boolean cut) {
    Map<String, Datum> output = new LinkedHashMap<>();
    if (!cut) {
      output.put("characters", new Datum.Amount(text.length()));
      output.put("pieces", new Datum.Amount(pieces));
    }
    if (!toolCalls.isEmpty()) {
      output.put("tool_calls", new Datum.Amount(toolCalls.size()));
    }
    if (keepText) {
      output.put(cut ? "text_with_gap" : "text", new Datum.Text(text.toString()));
    }
    return answer(output);
  }

  ScoringAnswer answer(Map<String, Datum> facts) {
    Map<String, Datum> output = new LinkedHashMap<>();
    if (!finishReason.isEmpty()) {
      output.put("finish_reason", new Datum.Text(finishReason));
    }
    put(output, "prompt_tokens", promptTokens);
    put(output, "completion_tokens", completionTokens);
    output.putAll(facts);
    Double confidence =
        logProbabilityCount == 0 ? null : (Double) Math.exp(logProbabilities / logProbabilityCount);
    return new ScoringAnswer(
        List.of(new ModelOutput(new Datum.Fields(output), confidence, Map.of())),
        model,
        model,
        new Generation(finishReason, promptTokens, completionTokens, firstTokenEnd));
  }

  private static void put(Map<String, Datum> output, String name, @Nullable Long count) {
    if (count != null) {
      output.put(name, new Datum.Amount(count));
    }
  }
}
