package dev.sightline.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

  @TempDir Path proc;

  private Backlog backlog(String... lines) throws IOException {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(proc.resolve("net/tcp"), HEADER + String.join("\n", lines) + "\n");
    Files.createDirectories(proc.resolve("fd"));
    return new Backlog(proc, 0x1D83);
  }

  private static String line(String address, String state, String queues, int inode) {
    return "   0: %s 00000000:0000 %s %s 00:00000000 00000000     0        0 %d 1 0 100 0 0 10 0"
        .formatted(address, state, queues, inode);
  }

  @Test
  void readsWhatTheKernelShows() throws IOException {
    String empty = line("0100007F:1D83", "0A", "00000000:00000000", 7);
    assertThat(backlog(empty).state()).isEqualTo(Backlog.State.EMPTY);
    assertThat(backlog(line("0100007F:1D83", "0A", "00000000:00000002", 7)).state())
        .isEqualTo(Backlog.State.FILLED);
    assertThat(backlog(empty, line("0100007F:1D83", "03", "00000000:00000000", 0)).state())
        .isEqualTo(Backlog.State.FILLED);
    assertThat(backlog(empty, line("0100007F:9999", "03", "00000000:00000000", 0)).state())
        .isEqualTo(Backlog.State.EMPTY);
    assertThat(backlog(line("0100007F:1D83", "01", "00000000:00000009", 7)).state())
        .isEqualTo(Backlog.State.UNKNOWN);
    assertThat(new Backlog(proc.resolve("nowhere"), 80).state()).isEqualTo(Backlog.State.UNKNOWN);
  }

  @Test
  void aDescriptorIsKnownOnlyIfItIsTheOnlyOne() throws IOException {
    Backlog one = backlog(line("0100007F:1D83", "0A", "00000000:00000000", 7));
    assertThat(one.descriptor()).isEqualTo(-1);
    Files.createSymbolicLink(proc.resolve("fd/5"), Path.of("socket:[7]"));
    Files.createSymbolicLink(proc.resolve("fd/6"), Path.of("socket:[8]"));
    assertThat(one.descriptor()).isEqualTo(5);
    Files.createSymbolicLink(proc.resolve("fd/9"), Path.of("socket:[7]"));
    assertThat(one.descriptor()).isEqualTo(-1);
  }

  @Test
  void newcomersArePassedOverAndThoseInsideAreNot() throws IOException {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket port = new ServerSocket(0, 10, here);
        Socket inside = new Socket(here, port.getLocalPort());
        Socket newcomer = new Socket()) {
      Backlog backlog = new Backlog(Path.of("/proc/self"), port.getLocalPort());
      assertThat(backlog.state()).isEqualTo(Backlog.State.FILLED);
      assertThat(NoNewcomers.at(backlog.descriptor())).isTrue();
      InetSocketAddress address = new InetSocketAddress(here, port.getLocalPort());
      assertThatThrownBy(() -> newcomer.connect(address, 100))
          .isInstanceOf(SocketTimeoutException.class);
      inside.getOutputStream().write('x');
      try (Socket taken = port.accept()) {
        assertThat(taken.getInputStream().read()).isEqualTo('x');
        taken.getOutputStream().write('y');
        assertThat(inside.getInputStream().read()).isEqualTo('y');
      }
      assertThat(backlog.state()).isEqualTo(Backlog.State.EMPTY);
    }
  }
}
