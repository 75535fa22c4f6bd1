package dev.sightline.api.http;

import org.jspecify.annotations.Nullable;

/// What a listener shows: routes, pages, and whether all of it is there yet.
///
/// @param pages null for none
public record Faces(Routes routes, @Nullable Pages pages, Readiness readiness) {}
