package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is said over the Open Inference Protocol, version 2: tensors to score, and tensors that the
/// model answers.
///
/// The first dimension counts the rows where all tensors agree on it; otherwise the call is one
/// row. A tensor with one value a row is a feature of its name. Of the others, a lone tensor with a
/// list of values a row has a feature for each position (`0`, `1` …), and anything else is one
/// feature, a list.
///
/// The answer of one tensor is read as a list of rows, that of several as rows with a field for
/// each. A tensor of texts `score:index[:label]`, which Triton answers to `classification`, is read
/// as classes with scores.
final class OpenInferenceProtocol {
  private OpenInferenceProtocol() {}

  static ScoringRequest decodeRequest(Payload payload) {
    Tensors.Message message = Tensors.read(payload, "inputs");
    List<Tensor> inputs = message.tensors();
    List<Map<String, Datum>> rows = new ArrayList<>();
    int rowCount = rowCount(inputs);
    if (rowCount > ScoringRequest.MAX_ROWS) {
      throw new PayloadException(
          rowCount + " rows in one call; at most " + ScoringRequest.MAX_ROWS + " are read");
    }
    for (int i = 0; i < rowCount; i++) {
      rows.add(features(inputs, i));
    }
    if (rowCount < 0) {
      Map<String, Datum> only = new LinkedHashMap<>();
      inputs.forEach(input -> only.put(input.name(), input.whole()));
      rows.add(only);
    }
    Map<String, Datum> params =
        message.json().get("parameters") instanceof Datum.Fields(Map<String, Datum> given)
            ? given
            : Map.of();
    return new ScoringRequest(rows, params);
  }

  private static Map<String, Datum> features(List<Tensor> inputs, int row) {
    if (inputs.size() == 1 && inputs.getFirst().shape().size() == 2) {
      Datum only = inputs.getFirst().row(row);
      if (only instanceof Datum.Items(List<Datum> values)) {
        return RequestRows.byPosition(values);
      }
    }
    Map<String, Datum> features = new LinkedHashMap<>();
    inputs.forEach(input -> features.put(input.name(), input.row(row)));
    return features;
  }

  /// @param sent how many rows were sent; negative where that is not known
  static ScoringAnswer decodeResponse(Payload payload, OutputMapping mapping, int sent) {
    Tensors.Message message = Tensors.read(payload, "outputs");
    List<Tensor> outputs = message.tensors();
    if (outputs.isEmpty()) {
      throw new PayloadException("the answer has no outputs");
    }
    int rowCount = rowCount(outputs);
    if (rowCount > ScoringRequest.MAX_ROWS) {
      throw new PayloadException("an answer of " + rowCount + " rows is not read");
    }
    boolean single = rowCount < 0 || (sent == 1 && rowCount != 1);
    List<Map<String, Datum>> rows = new ArrayList<>();
    for (int i = 0; i < (single ? 1 : rowCount); i++) {
      rows.add(new LinkedHashMap<>());
    }
    for (Tensor output : outputs) {
      boolean classification = Classification.isIn(output);
      for (int i = 0; i < rows.size(); i++) {
        Datum value = single ? output.whole() : output.row(i);
        rows.get(i)
            .put(
                output.name(),
                classification ? Classification.of(value, mapping.classes()) : value);
      }
    }
    boolean bare = outputs.size() == 1 && !mapping.selects();
    List<Datum> answers =
        rows.stream().map(row -> bare ? row.values().iterator().next() : fields(row)).toList();
    return ScoringAnswer.of(
        AnswerRows.outputs(answers, mapping, sent),
        text(message.json(), "model_name"),
        text(message.json(), "model_version"));
  }

  private static Datum fields(Map<String, Datum> row) {
    return new Datum.Fields(row);
  }

  /// @return negative where the tensors do not agree on the number of rows
  private static int rowCount(List<Tensor> tensors) {
    long rowCount = tensors.isEmpty() ? -1 : tensors.getFirst().rowCount();
    for (Tensor tensor : tensors) {
      if (tensor.rowCount() != rowCount) {
        return -1;
      }
    }
    return (int) rowCount;
  }

  private static String text(Map<String, Datum> json, String key) {
    return json.get(key) instanceof Datum.Text(String text) ? text : "";
  }
}
