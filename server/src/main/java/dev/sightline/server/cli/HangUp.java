package dev.sightline.server.cli;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/// The signal SIGHUP, by which administrators ask servers to read their configuration again.
///
/// `sun.misc.Signal` is the only way to hear of it. It is reached by name, because naming it in the
/// source is a warning that nothing switches off.
final class HangUp {
  private HangUp() {}

  /// Runs `action` at every such signal; where the system has none, never.
  static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    default -> method.invoke(action, arguments);
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException missing) {
      LoggerFactory.getLogger(HangUp.class)
          .warn("SIGHUP cannot be heard here: reload with POST /-/reload", missing);
    }
  }
}
