package dev.sightline.predictions.engine;

import dev.sightline.predictions.engine.Frames.Frame;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// The process in which DuckDB runs, so that a crash of native code costs an answer and never the
/// server. Reads requests from its input, answers on its output, ends when the input does.
///
/// Usage: `EngineMain DIRECTORY MEMORY_MB THREADS`; files lie nowhere but below the directory.
public final class EngineMain {
  private EngineMain() {}

  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(java.io.FileDescriptor.out)));
    System.setOut(System.err); // whatever is printed must not stand between answers
    Duck duck =
        new Duck(
            Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    while (true) {
      Frame request = Frames.read(in);
      try {
        long rows = answer(duck, request, out);
        Frames.write(out, Frames.DONE, List.of(Long.toString(rows)));
      } catch (SQLException | RuntimeException failure) {
        Frames.write(out, Frames.FAILED, List.of(String.valueOf(failure.getMessage())));
      }
      out.flush();
    }
  }

  private static long answer(Duck duck, Frame request, DataOutputStream out)
      throws SQLException, IOException {
    List<String> texts = request.texts();
    return switch (request.kind()) {
      case Frames.WRITE ->
          new ParquetWriter(duck).write(Path.of(texts.getFirst()), Path.of(texts.get(1)));
      case Frames.QUERY ->
          duck.query(
              Integer.parseInt(texts.getFirst()),
              texts.get(1),
              texts.get(2),
              texts.subList(3, texts.size()),
              row -> Frames.write(out, Frames.ROW, row));
      case Frames.READ ->
          new ParquetReader(duck)
              .read(Path.of(texts.getFirst()), row -> Frames.write(out, Frames.ROW, row));
      default -> throw new IllegalArgumentException("a request of kind " + request.kind());
    };
  }
}
