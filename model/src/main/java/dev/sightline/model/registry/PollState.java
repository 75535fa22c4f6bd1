package dev.sightline.model.registry;

import org.jspecify.annotations.Nullable;

/// How the other registry was reached last.
///
/// @param place its address, without a secret
/// @param lastSuccessMs when it answered last, Unix milliseconds; null where it never did
/// @param failure why it did not answer now; empty where it did
public record PollState(String place, @Nullable Long lastSuccessMs, String failure) {}
