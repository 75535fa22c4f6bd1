package dev.sightline.wire.serving;

import org.jspecify.annotations.Nullable;

/// What is counted of a text that a model generated.
///
/// @param finishReason why it ended, as the server says; empty where it does not say
/// @param promptTokens as the server counts them; null where it does not say
/// @param completionTokens as the server counts them; null where it does not say
/// @param firstTokenEnd how many bytes of a streamed answer there were when its first piece of text
///   was complete; negative where the answer was not streamed or has no text
public record Generation(
    String finishReason,
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    int firstTokenEnd) {}
