package dev.sightline.gateway.upstream;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpResponseException;

/// Why a model's server gave no answer, and what the client is told instead.
public enum UpstreamFailure {
  UNREACHABLE(502, "the model's server takes no connection"),
  NOT_HTTP(502, "the model's server answered something that is not HTTP"),
  CLOSED(502, "the model's server closed the connection without an answer"),
  OVERLOADED(503, "too many calls wait for a connection to the model's server"),
  CONNECT_TIMEOUT(504, "the model's server took too long to take a connection"),
  SILENT(504, "the model's server was silent for too long");

  private final int status;
  private final String message;

  UpstreamFailure(int status, String message) {
    this.status = status;
    this.message = message;
  }

  public int status() {
    return status;
  }

  public String message() {
    return message;
  }

  /// Whether nothing of the request can have been sent.
  public boolean isOfConnecting() {
    return this == UNREACHABLE || this == CONNECT_TIMEOUT;
  }

  public static UpstreamFailure of(Throwable failure) {
    return switch (failure) {
      case SocketTimeoutException _ -> CONNECT_TIMEOUT;
      case TimeoutException _ -> SILENT;
      case ConnectException _ -> UNREACHABLE;
      case NoRouteToHostException _ -> UNREACHABLE;
      case UnknownHostException _ -> UNREACHABLE;
      case UnresolvedAddressException _ -> UNREACHABLE;
      case RejectedExecutionException _ -> OVERLOADED;
      case HttpResponseException _ -> NOT_HTTP;
      default -> CLOSED;
    };
  }
}
