package dev.sightline.wire.serving;

/// What one scoring call is, and so how its two bodies are read.
public enum Operation {
  /// MLflow's `/invocations`, which MLServer answers too.
  INVOCATIONS,
  /// `/v2/models/{model}/infer`.
  INFER,
  /// TensorFlow Serving's `:predict`.
  PREDICT,
  /// TensorFlow Serving's `:classify`.
  CLASSIFY,
  /// TensorFlow Serving's `:regress`.
  REGRESS,
  /// JSON whose shape only the configuration knows.
  ANY_JSON,
  /// OpenAI's `/chat/completions`.
  CHAT,
  /// OpenAI's `/completions`.
  COMPLETION,
  /// OpenAI's `/embeddings`.
  EMBEDDING
}
