package dev.sightline.predictions.engine;

import dev.sightline.model.query.SqlQueries.Truncation;
import dev.sightline.predictions.engine.EngineException.Reason;
import dev.sightline.predictions.engine.Frames.Frame;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The process in which DuckDB runs, so that a crash of native code costs an answer and never the
/// server. Reads requests from its input, answers on its output, ends when the input does.
///
/// Usage: `EngineMain SPILL MEMORY_MB THREADS`; what does not fit into memory lies in the folder
/// SPILL, which is its own.
public final class EngineMain {
  private final Duck duck;
  private final DataOutputStream out;

  private EngineMain(Duck duck, DataOutputStream out) {
    this.duck = duck;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(java.io.FileDescriptor.out)));
    System.setOut(System.err); // whatever is printed must not stand between answers
    Duck duck =
        new Duck(
            Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    EngineMain engine = new EngineMain(duck, out);
    while (true) {
      engine.serve(Frames.read(in));
      out.flush();
    }
  }

  private void serve(Frame request) throws IOException {
    try {
      Frames.write(out, Frames.DONE, List.of(answer(request)));
    } catch (SqlRefused refused) {
      failed(Reason.REFUSED, refused);
    } catch (SQLException failure) {
      failed(SqlAnswer.reason(failure), failure);
    } catch (SqlTimeOut late) {
      failed(Reason.TIMED_OUT, late);
    } catch (OutOfMemoryError full) {
      failed(Reason.OUT_OF_MEMORY, full);
    } catch (RuntimeException bug) {
      failed(Reason.REFUSED, bug);
    }
  }

  private void failed(Reason reason, Throwable why) throws IOException {
    Frames.write(out, Frames.FAILED, List.of(reason.name(), String.valueOf(why.getMessage())));
  }

  private String answer(Frame request) throws SQLException, IOException, SqlTimeOut {
    return switch (request.kind()) {
      case Frames.WRITE ->
          Long.toString(
              new ParquetWriter(duck).write(Path.of(request.text(0)), Path.of(request.text(1))));
      case Frames.CHECK -> check(request.text(0));
      case Frames.SELECT -> {
        Truncation truncation =
            new SqlAnswer(duck).answer(SqlRequest.of(request.texts()), this::row);
        yield truncation.name();
      }
      case Frames.READ ->
          Long.toString(new ParquetReader(duck).read(Path.of(request.text(0)), this::row));
      default -> throw new IllegalArgumentException("a request of kind " + request.kind());
    };
  }

  private String check(String sql) throws SQLException, IOException {
    try (Connection connection = duck.open()) {
      List<String> tables = SqlCheck.tables(connection, sql);
      row(tables);
      return Integer.toString(tables.size());
    }
  }

  private void row(List<? extends @Nullable String> values) throws IOException {
    Frames.write(out, Frames.ROW, values);
  }
}
