package dev.sightline.api.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Tells the guard of the connections when a request is complete and when it is answered.
final class Guarded extends Handler.Wrapper {
  private final ConnectionGuard guard;

  Guarded(ConnectionGuard guard, Handler handler) {
    super(handler);
    this.guard = guard;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    guard.begins(request);
    Request.addCompletionListener(request, _ -> guard.ends(request));
    return super.handle(request, response, callback);
  }
}
