package dev.sightline.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The connections that the kernel has made, or is making, for a listening port and that nobody has
/// taken yet.
///
/// Looked up where Linux shows it. Elsewhere, and where a port is not found there, nothing is
/// known.
final class Backlog {
  /*
   * A line of /proc/self/net/tcp, of which we read four fields:
   *
   *   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
   *    0: 0100007F:1D83 00000000:0000 0A 00000000:00000002 00:00000000 00000000   0       0  4711
   *
   * The port stands behind the colon of the local address, in hexadecimal. For a listening socket
   * the length of rx_queue is the number of connections that wait to be taken.
   */
  private static final String LISTENING = "0A";
  private static final String BEING_MADE = "03";

  private final Path proc;
  private final String portHex;

  Backlog(Path proc, int port) {
    this.proc = proc;
    this.portHex = ":%04X".formatted(port);
  }

  /// What is known of it now.
  enum State {
    EMPTY,
    FILLED,
    UNKNOWN
  }

  State state() {
    boolean found = false;
    for (String[] socket : sockets()) {
      if (socket[3].equals(BEING_MADE)) {
        return State.FILLED;
      }
      if (socket[3].equals(LISTENING)) {
        found = true;
        if (!socket[4].endsWith(":00000000")) {
          return State.FILLED;
        }
      }
    }
    return found ? State.EMPTY : State.UNKNOWN;
  }

  /// @return the number under which this process knows its listening socket, or -1 if that is not
  ///   known for sure
  int descriptor() {
    List<String> links = new ArrayList<>();
    for (String[] socket : sockets()) {
      if (socket[3].equals(LISTENING)) {
        links.add("socket:[" + socket[9] + "]");
      }
    }
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (links.contains(target(descriptor))) {
          found.add(Integer.valueOf(descriptor.getFileName().toString()));
        }
      }
    } catch (IOException _) {
      return -1;
    }
    return found.size() == 1 ? found.getFirst() : -1;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // closed meanwhile
    }
  }

  /// The fields of the sockets at this port, of both families of addresses.
  private List<String[]> sockets() {
    List<String[]> found = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      try {
        String text = Files.readString(proc.resolve(table), StandardCharsets.ISO_8859_1);
        text.lines()
            .filter(line -> line.contains(portHex + " "))
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > 9 && fields[1].endsWith(portHex))
            .forEach(found::add);
      } catch (IOException _) {
        // A system without this family, or without these files at all.
      }
    }
    return found;
  }
}
