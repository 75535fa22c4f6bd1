package dev.sightline.api.json;

/// Something that can be written as one JSON value.
@FunctionalInterface
public interface JsonBody {
  void writeTo(JsonWriter json);
}
