package dev.sightline.wire.serving;

import java.util.Arrays;
import java.util.List;

/// What a model server and its clients speak.
public enum Protocol {
  /// `mlflow models serve`.
  MLFLOW("mlflow"),
  /// The Open Inference Protocol, version 2: KServe, Triton, MLServer.
  OPEN_INFERENCE("v2"),
  /// TensorFlow Serving; also KServe's first protocol, which is the same.
  TENSORFLOW("tensorflow"),
  /// TorchServe: a path for each model, any JSON.
  TORCHSERVE("torchserve"),
  /// Any server that takes and answers JSON, read by configured selectors.
  JSON("json"),
  /// Chat, completions and embeddings as OpenAI's API has them.
  OPENAI("openai");

  private final String word;

  Protocol(String word) {
    this.word = word;
  }

  /// As in the configuration.
  public String word() {
    return word;
  }

  /// All of them, as in the configuration.
  public static List<String> words() {
    return Arrays.stream(values()).map(Protocol::word).toList();
  }
}
