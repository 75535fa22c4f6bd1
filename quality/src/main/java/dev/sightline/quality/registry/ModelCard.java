package dev.sightline.quality.registry;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that is said of one model.
///
/// @param owner who answers for it; empty where nobody is named
/// @param training rows of each class that it was trained with; empty where it is not known
/// @param schema what inputs may hold, as people said
/// @param versions by name
/// @param events oldest first
/// @param nextEvent number of the next
public record ModelCard(
    String model,
    String owner,
    String description,
    SortedMap<String, Long> training,
    SortedMap<String, FieldSpec> schema,
    SortedMap<String, VersionCard> versions,
    List<ModelEvent> events,
    long nextEvent) {
  public ModelCard {
    training = Collections.unmodifiableSortedMap(new TreeMap<>(training));
    schema = Collections.unmodifiableSortedMap(new TreeMap<>(schema));
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    events = List.copyOf(events);
  }

  static ModelCard of(String model) {
    return new ModelCard(
        model, "", "", new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of(), 1);
  }

  public ModelCard withOwner(String owner) {
    return new ModelCard(model, owner, description, training, schema, versions, events, nextEvent);
  }

  public ModelCard withDescription(String description) {
    return new ModelCard(model, owner, description, training, schema, versions, events, nextEvent);
  }

  public ModelCard withTraining(SortedMap<String, Long> training) {
    return new ModelCard(model, owner, description, training, schema, versions, events, nextEvent);
  }

  public ModelCard withSchema(SortedMap<String, FieldSpec> schema) {
    return new ModelCard(model, owner, description, training, schema, versions, events, nextEvent);
  }

  ModelCard withVersions(SortedMap<String, VersionCard> versions) {
    return new ModelCard(model, owner, description, training, schema, versions, events, nextEvent);
  }

  ModelCard withVersion(VersionCard version) {
    SortedMap<String, VersionCard> all = new TreeMap<>(versions);
    all.put(version.version(), version);
    return withVersions(all);
  }

  ModelCard withEvents(List<ModelEvent> events, long nextEvent) {
    return new ModelCard(model, owner, description, training, schema, versions, events, nextEvent);
  }
}
