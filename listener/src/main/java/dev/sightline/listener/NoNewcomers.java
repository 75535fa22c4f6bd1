package dev.sightline.listener;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the kernel pass over whoever knocks at a listening socket from now on, while those whose
/// connection is made or half made still get in.
///
/// A listening socket cannot be closed between two connections: one that is made in the moment
/// before is reset, with the request in it. So the door is shut first, then those inside are taken,
/// and then the socket is closed. Who knocks meanwhile knocks again a second later, and is refused.
final class NoNewcomers {
  private static final Logger LOG = LoggerFactory.getLogger(NoNewcomers.class);

  /// From Linux's headers, the same for all processors on which a JDK 25 runs.
  private static final int SOL_SOCKET = 1;

  private static final int SO_ATTACH_FILTER = 26;

  /// A program for the kernel's packet filter, of four instructions of 8 bytes: code, two jumps,
  /// operand. It sees a packet from the TCP header on.
  private static final int[][] PASS_OVER_SYN = {
    {0x30, 0, 0, 13}, // load the byte with the flags
    {0x45, 0, 1, 2}, // if SYN is set go on, else skip one
    {0x06, 0, 0, 0}, // take nothing
    {0x06, 0, 0, -1} // take all
  };

  private static final int INSTRUCTION_BYTES = 8;

  private NoNewcomers() {}

  /// @param descriptor of a listening socket that no other process shares
  /// @return whether the kernel does so; not every system can
  static boolean at(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      MemorySegment setsockopt = linker.defaultLookup().find("setsockopt").orElse(null);
      if (setsockopt == null || !System.getProperty("os.name").equals("Linux")) {
        return false;
      }
      ValueLayout.OfInt number = ValueLayout.JAVA_INT;
      MethodHandle call =
          linker.downcallHandle(
              setsockopt,
              FunctionDescriptor.of(number, number, number, number, ValueLayout.ADDRESS, number));
      MemorySegment program = program(arena);
      int failed =
          (int)
              call.invokeExact(
                  descriptor, SOL_SOCKET, SO_ATTACH_FILTER, program, (int) program.byteSize());
      return failed == 0;
    } catch (Throwable unable) {
      LOG.debug("the kernel's filter cannot be used", unable);
      return false;
    }
  }

  /// `struct sock_fprog`: the number of instructions, and where they are.
  private static MemorySegment program(Arena arena) {
    MemorySegment instructions =
        arena.allocate((long) PASS_OVER_SYN.length * INSTRUCTION_BYTES, INSTRUCTION_BYTES);
    for (int i = 0; i < PASS_OVER_SYN.length; i++) {
      long at = (long) i * INSTRUCTION_BYTES;
      int[] instruction = PASS_OVER_SYN[i];
      instructions.set(ValueLayout.JAVA_SHORT, at, (short) instruction[0]);
      instructions.set(ValueLayout.JAVA_BYTE, at + 2, (byte) instruction[1]);
      instructions.set(ValueLayout.JAVA_BYTE, at + 3, (byte) instruction[2]);
      instructions.set(ValueLayout.JAVA_INT, at + 4, instruction[3]);
    }
    MemorySegment program = arena.allocate(2 * ValueLayout.ADDRESS.byteSize(), 8);
    program.set(ValueLayout.JAVA_SHORT, 0, (short) PASS_OVER_SYN.length);
    program.set(ValueLayout.ADDRESS, ValueLayout.ADDRESS.byteSize(), instructions);
    return program;
  }
}
