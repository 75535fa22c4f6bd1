package dev.sightline.wire.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenInferenceProtocolTest {
  private static final ProtocolCases CASES = new ProtocolCases("v2.txt", Operation.INFER);
  private static final ServingReader READER = ServingReader.of(Protocol.OPEN_INFERENCE);

  @Test
  void readsRequestsAndAnswers() {
    CASES.check();
  }

  @Test
  void damagedBodiesAreReadOrRefused() {
    CASES.damage(3_000);
  }

  /// The example of Triton's binary tensor data extension: bytes behind the JSON, in order.
  @Test
  void readsBinaryTensors() {
    String json =
        "{\"inputs\": [{\"name\": \"a\", \"shape\": [2, 2], \"datatype\": \"UINT32\","
            + " \"parameters\": {\"binary_data_size\": 16}},"
            + " {\"name\": \"b\", \"shape\": [2], \"datatype\": \"BOOL\", \"parameters\":"
            + " {\"binary_data_size\": 2}},"
            + " {\"name\": \"c\", \"shape\": [2], \"datatype\": \"INT8\", \"data\": [3, 4]}]}";
    ByteBuffer tensors = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    tensors.putInt(1).putInt(2).putInt(-1).putInt(4).put((byte) 1).put((byte) 0);
    assertThat(request(json, tensors.array()).rows())
        .containsExactly(
            Map.of("a", numbers(1, 2), "b", new Datum.Flag(true), "c", new Datum.Amount(3)),
            Map.of(
                "a",
                numbers(4_294_967_295.0, 4),
                "b",
                new Datum.Flag(false),
                "c",
                new Datum.Amount(4)));
  }

  @Test
  void readsValuesOfEveryDatatype() {
    checkValue("BOOL", new byte[] {1}, new Datum.Flag(true));
    checkValue("INT8", new byte[] {-2}, new Datum.Amount(-2));
    checkValue("UINT8", new byte[] {-2}, new Datum.Amount(254));
    checkValue("INT16", little(2).putShort((short) -300), new Datum.Amount(-300));
    checkValue("UINT16", little(2).putShort((short) -300), new Datum.Amount(65_236));
    checkValue("INT32", little(4).putInt(-70_000), new Datum.Amount(-70_000));
    checkValue("INT64", little(8).putLong(-5_000_000_000L), new Datum.Amount(-5e9));
    checkValue("UINT64", little(8).putLong(-1), new Datum.Amount(18_446_744_073_709_551_615.0));
    checkValue("FP16", little(2).putShort(Float.floatToFloat16(0.5f)), new Datum.Amount(0.5));
    checkValue("BF16", little(2).putShort((short) 0xC040), new Datum.Amount(-3));
    checkValue("FP32", little(4).putFloat(0.1f), new Datum.Amount(0.1f));
    checkValue("FP64", little(8).putDouble(0.1), new Datum.Amount(0.1));
    checkValue(
        "BYTES", little(7).putInt(3).put("a\u00e9".getBytes(UTF_8)), new Datum.Text("a\u00e9"));
  }

  private static void checkValue(String datatype, ByteBuffer bytes, Datum want) {
    checkValue(datatype, bytes.array(), want);
  }

  private static void checkValue(String datatype, byte[] bytes, Datum want) {
    assertThat(request(tensor(datatype, 1, bytes.length), bytes).rows())
        .containsExactly(Map.of("x", want));
  }

  @Test
  void refusesBytesThatFitNoTensor() {
    checkRefused(tensor("INT32", 1, 3), new byte[3], "no whole number of values of INT32");
    checkRefused(tensor("INT32", 1, 8), new byte[8], "2 values for the shape [1]");
    checkRefused(tensor("INT32", 1, 4), new byte[5], "1 bytes behind the JSON belong to no tensor");
    checkRefused(tensor("INT32", 1, 9), new byte[4], "claims more bytes than the 4");
    checkRefused(
        tensor("BYTES", 1, 6), new byte[] {3, 0, 0, 0, 'a', 'b'}, "longer than the tensor");
    checkRefused(tensor("BYTES", 1, 3), new byte[3], "longer than the tensor");
    checkRefused(tensor("COMPLEX", 1, 4), new byte[4], "datatype");
    assertThatThrownBy(
            () -> READER.request(Operation.INFER, new Payload(new byte[9], null, 10, false)))
        .hasMessage("Inference-Header-Content-Length is 10, the body has only 9 bytes");
    assertThatThrownBy(
            () -> READER.request(Operation.INFER, new Payload(new byte[9], null, 0, false)))
        .hasMessageContaining("raw tensor");
  }

  private static void checkRefused(String json, byte[] tensors, String message) {
    assertThatThrownBy(() -> request(json, tensors))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(message);
  }

  @Test
  void damagedTensorsAreReadOrRefused() {
    Seeds.check(
        2_000,
        seed -> {
          Random random = new Random(seed);
          byte[] tensors = new byte[random.nextInt(40)];
          random.nextBytes(tensors);
          String type = List.of("BYTES", "FP16", "UINT64", "BOOL").get(random.nextInt(4));
          try {
            request(tensor(type, random.nextInt(8), random.nextInt(40)), tensors);
          } catch (PayloadException _) {
            // the one failure that is declared
          }
        });
  }

  private static String tensor(String datatype, int rows, int sizeBytes) {
    return "{\"inputs\": [{\"name\": \"x\", \"shape\": [%d], \"datatype\": \"%s\", \"parameters\": {\"binary_data_size\": %d}}]}"
        .formatted(rows, datatype, sizeBytes);
  }

  private static ScoringRequest request(String json, byte[] tensors) {
    byte[] head = json.getBytes(UTF_8);
    byte[] body = new byte[head.length + tensors.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(tensors, 0, body, head.length, tensors.length);
    return READER.request(
        Operation.INFER, new Payload(body, "application/octet-stream", head.length, false));
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Datum numbers(double first, double second) {
    return new Datum.Items(List.of(new Datum.Amount(first), new Datum.Amount(second)));
  }
}
