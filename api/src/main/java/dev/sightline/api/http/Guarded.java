package dev.sightline.api.http;

import dev.sightline.listener.PatientEndPoint;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Tells the guard of the connections, and the client's socket, when a request is complete and when
/// it is answered.
final class Guarded extends Handler.Wrapper {
  private final ConnectionGuard guard;

  Guarded(ConnectionGuard guard, Handler handler) {
    super(handler);
    this.guard = guard;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    PatientEndPoint socket = PatientEndPoint.below(endPoint);
    guard.begins(request);
    if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
      socket.carriesFrames();
    }
    socket.callBegins();
    Request.addCompletionListener(
        request,
        _ -> {
          guard.ends(request);
          socket.callEnds();
        });
    return super.handle(request, response, callback);
  }
}
