package dev.sightline.server.cli;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/// The signals by which a system asks a process for something: to read its configuration again, to
/// end.
///
/// `sun.misc.Signal` is the only way to hear of it. It is reached by name, because naming it in the
/// source is a warning that nothing switches off.
final class Signals {
  private Signals() {}

  /// Runs `action` at every signal of this name; where the system has none, never.
  ///
  /// @param name without `SIG`, such as `HUP`
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
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
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException missing) {
      LoggerFactory.getLogger(Signals.class).warn("SIG{} cannot be heard here", name, missing);
    }
  }
}
