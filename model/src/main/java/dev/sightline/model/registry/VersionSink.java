package dev.sightline.model.registry;

import java.util.Map;

/// Takes what another registry knows of models. Safe for any number of threads.
public interface VersionSink {
  /// Takes the place of all that the registry said before; returns when it would survive a power
  /// cut.
  ///
  /// @param models all that it has, by name: their versions by name
  /// @throws dev.sightline.model.store.StoreUnavailableException if nothing can be kept now
  void polled(Map<String, Map<String, VersionFacts>> models);
}
