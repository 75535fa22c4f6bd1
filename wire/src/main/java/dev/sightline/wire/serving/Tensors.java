package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the tensors of a body of the Open Inference Protocol, from its JSON or from the bytes
/// behind it.
final class Tensors {
  private static final Datum MISSING = new Datum.Missing();

  /// The binary tensors, in the order of those in the JSON.
  private final ByteBuffer binary;

  private Tensors(ByteBuffer binary) {
    this.binary = binary;
  }

  /// A body, its JSON and the tensors in it.
  record Message(Map<String, Datum> json, List<Tensor> tensors) {}

  /// @param key where the tensors are: `inputs` or `outputs`
  static Message read(Payload payload, String key) {
    ByteBuffer body = ByteBuffer.wrap(payload.body());
    int jsonLength = payload.jsonLength() < 0 ? body.remaining() : payload.jsonLength();
    if (jsonLength == 0) {
      throw new PayloadException("a body that is one raw tensor says neither its type nor shape");
    }
    if (jsonLength > body.remaining()) {
      throw new PayloadException(
          "Inference-Header-Content-Length is %d, the body has only %d bytes"
              .formatted(jsonLength, body.remaining()));
    }
    if (!(JsonDatum.read(payload.json()) instanceof Datum.Fields(Map<String, Datum> json))
        || !(json.get(key) instanceof Datum.Items(List<Datum> items))) {
      throw new PayloadException("the body must be an object with " + key + ", a list of tensors");
    }
    Tensors reader = new Tensors(body.position(jsonLength).slice());
    List<Tensor> tensors = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      tensors.add(reader.tensor(items.get(i), key + "[" + i + "]"));
    }
    if (reader.binary.hasRemaining()) {
      throw new PayloadException(
          reader.binary.remaining() + " bytes behind the JSON belong to no tensor");
    }
    return new Message(json, tensors);
  }

  private Tensor tensor(Datum tensor, String place) {
    if (!(tensor instanceof Datum.Fields(Map<String, Datum> fields))
        || !(fields.get("name") instanceof Datum.Text(String name))) {
      throw new PayloadException(place + " must be an object with a name");
    }
    List<Long> shape = shape(fields.getOrDefault("shape", MISSING), place);
    if (fields.get("data") instanceof Datum.Items data) {
      return new Tensor(name, shape, flat(data));
    }
    Map<String, Datum> parameters =
        fields.get("parameters") instanceof Datum.Fields(Map<String, Datum> given)
            ? given
            : Map.of();
    if (!(parameters.get("binary_data_size") instanceof Datum.Amount(double size))) {
      throw new PayloadException(
          place + " has neither data nor binary_data_size (data in shared memory is not seen)");
    }
    String datatype = fields.get("datatype") instanceof Datum.Text(String type) ? type : "";
    return new Tensor(name, shape, TensorBytes.read(datatype, next(size, place)));
  }

  private ByteBuffer next(double size, String place) {
    if (!(size >= 0 && size <= binary.remaining())) {
      throw new PayloadException(
          place + " claims more bytes than the " + binary.remaining() + " behind the JSON");
    }
    ByteBuffer bytes = binary.slice(binary.position(), (int) size);
    binary.position(binary.position() + (int) size);
    return bytes;
  }

  private static List<Long> shape(Datum shape, String place) {
    if (!(shape instanceof Datum.Items(List<Datum> dimensions))) {
      throw new PayloadException(place + " must have a shape");
    }
    List<Long> sizes = new ArrayList<>(dimensions.size());
    for (Datum dimension : dimensions) {
      if (!(dimension instanceof Datum.Amount(double size))
          || size != Math.rint(size)
          || size < 0
          || size > Integer.MAX_VALUE) {
        throw new PayloadException(place + ".shape must be whole numbers, 0 or more");
      }
      sizes.add((long) size);
    }
    return sizes;
  }

  /// Data may be nested as the shape is, or flat.
  private static List<Datum> flat(Datum.Items data) {
    List<Datum> values = new ArrayList<>();
    flatten(data, values);
    return values;
  }

  private static void flatten(Datum value, List<Datum> into) {
    if (value instanceof Datum.Items(List<Datum> items)) {
      items.forEach(item -> flatten(item, into));
    } else {
      into.add(value);
    }
  }
}
