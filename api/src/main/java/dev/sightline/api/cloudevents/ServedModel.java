package dev.sightline.api.cloudevents;

import dev.sightline.wire.serving.ServingReader;

/// A model about which the configuration says how its calls are read.
///
/// @param version empty where the server's answers say it
public record ServedModel(String version, ServingReader reader) {}
